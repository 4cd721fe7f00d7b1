/**
 * The only file that knows the PostgreSQL driver. Values that JavaScript would bend (numeric, int8, dates,
 * instants, intervals, and arrays of them) arrive as the server's text; the session's time zone is UTC.
 *
 * @module
 */

import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Log } from "./log.ts";
import { CommitUnknownError, isConnectionLoss, isTransient } from "./postgres_errors.ts";
import { backOffMs, delay, messageOf } from "./retry.ts";

export { CommitUnknownError, isDataFault, isTransient } from "./postgres_errors.ts";

// deno-lint-ignore no-explicit-any -- the driver's rows have the shape that the statement gives them
export type Row = Record<string, any>;

/** One connection: a transaction's, or whichever of the pool is free. */
export interface Session {
  /** Runs one statement. */
  query<R extends Row = Row>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /** Runs statements separated by semicolons in one round trip; the rows of each, in order. */
  script(sql: string): Promise<Row[][]>;
}

/** A session inside a transaction. */
export interface Transaction extends Session {
  /**
   * Feeds `COPY … FROM STDIN`. When the chunks or the server fail, the copy is aborted and the transaction with it.
   *
   * @returns The number of rows.
   */
  copy(sql: string, chunks: Iterable<Uint8Array | string>): Promise<number>;
}

export interface TransactionOptions {
  /** How often a transaction is run at most, when it fails for a reason that passes. */
  readonly attemptsMax?: number;
  readonly signal?: AbortSignal;
}

export interface Database extends Session {
  /**
   * Runs `work` between begin and commit. A deadlock, a serialization failure or a connection lost before the
   * commit runs it again from the start, so it must have no effect outside the transaction.
   *
   * @throws {CommitUnknownError} If the connection is lost while committing.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Hears notifications until the signal fires, over reconnects. After each (re)connect `onNotify` is called
   * with null: anything may have been missed.
   */
  listen(channel: string, onNotify: (payload: string | null) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connectionsMax: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly log: Log;
}

const CONNECT_MAX_MS = 5_000;
const ATTEMPTS_MAX = 6;
const RETRY_DELAY_MAX_MS = 1_000;
/** A program that froze while it held locks must not hold up the others for ever. */
const SESSION_SETUP = `set time zone 'UTC'; set datestyle to 'ISO'; set intervalstyle to 'iso_8601';
  set extra_float_digits to 1; set idle_in_transaction_session_timeout to '60s'`;

/** Opens a pool. Connects when first used, so it does not fail while the database is away. */
export function openDatabase(
  url: string,
  { connectionsMax, applicationName, log }: DatabaseOptions,
): Database {
  const config = { ...toConnection(url), application_name: applicationName };
  const pool = new pg.Pool({
    ...config,
    max: connectionsMax,
    onConnect: async (client) => {
      // A connection that dies while it is checked out fails its query; this event would only kill the program.
      client.on("error", (error) => log.debug(`lost a database connection: ${messageOf(error)}`));
      await client.query(SESSION_SETUP);
    },
  });
  pool.on("error", (error) => log.debug(`lost an idle database connection: ${messageOf(error)}`));

  return {
    query: async (sql, params = []) => (await pool.query(sql, [...params])).rows,
    script: async (sql) => toRows(await pool.query(sql)),
    transaction: (work, options = {}) => runTransaction(pool, work, options),
    listen: (channel, onNotify, signal) => runListener(config, channel, onNotify, signal, log),
    close: () => pool.end(),
  };
}

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  { attemptsMax = ATTEMPTS_MAX, signal }: TransactionOptions,
): Promise<T> {
  for (let failures = 0;; failures++) {
    try {
      return await runOnce(pool, work);
    } catch (error) {
      if (failures + 1 >= attemptsMax || signal?.aborted || !isTransient(error)) throw error;
      if (error instanceof CommitUnknownError) throw error;
    }
    await delay(backOffMs(failures, RETRY_DELAY_MAX_MS), signal);
  }
}

async function runOnce<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const value = await work(toTransaction(client));
    await commit(client);
    return value;
  } catch (error) {
    if (isConnectionLoss(error)) broken = error as Error;
    else await client.query("rollback").catch((failure) => broken = failure);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (isTransient(error)) throw error;
    throw new Error(`Cannot connect to the database of DATABASE_URL: ${messageOf(error)}`, { cause: error });
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query("commit"));
  } catch (error) {
    throw isConnectionLoss(error) ? new CommitUnknownError(error) : error;
  }
  if (command !== "COMMIT") {
    throw new Error("Cannot commit: an earlier statement of the transaction had failed");
  }
}

function toTransaction(client: pg.PoolClient): Transaction {
  return {
    query: async (sql, params = []) => (await client.query(sql, [...params])).rows,
    script: async (sql) => toRows(await client.query(sql)),
    copy: (sql, chunks) => runCopy(client, sql, chunks),
  };
}

function toRows(result: pg.QueryResult | pg.QueryResult[]): Row[][] {
  return [result].flat().map(({ rows }) => rows);
}

async function runCopy(
  client: pg.PoolClient,
  sql: string,
  chunks: Iterable<Uint8Array | string>,
): Promise<number> {
  const stream = client.query(copyFrom(sql));
  const ended = new Promise<void>((resolve, reject) => stream.on("finish", resolve).on("error", reject));
  ended.catch(() => {}); // It is awaited below; a failure before that must not count as unhandled.
  try {
    for (const chunk of chunks) {
      if (stream.write(chunk)) continue;
      await Promise.race([ended, new Promise((resolve) => stream.once("drain", resolve))]);
    }
    stream.end();
  } catch (error) {
    if (!stream.destroyed) stream.destroy(error as Error); // Sends CopyFail; the server's answer ends the copy.
    await ended.catch(() => {});
    throw error;
  }
  await ended;
  return stream.rowCount;
}

async function runListener(
  config: pg.ClientConfig,
  channel: string,
  onNotify: (payload: string | null) => void,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const client = new pg.Client(config);
    const lost = Promise.withResolvers<void>();
    lost.promise.catch(() => {}); // It may end before it is awaited below; that must not count as unhandled.
    client.on("error", (error) => lost.reject(error));
    client.on("end", () => lost.reject(new Error("Connection terminated by the server")));
    client.on("notification", ({ payload }) => onNotify(payload ?? ""));
    const onAbort = () => lost.resolve();
    signal.addEventListener("abort", onAbort);
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      failures = 0;
      onNotify(null);
      await lost.promise;
    } catch (error) {
      if (!isTransient(error) && !(error instanceof Error && error.message.includes("connection"))) {
        throw error;
      }
      log.warn(`cannot hear "${channel}" notifications, connecting again: ${messageOf(error)}`);
      await delay(backOffMs(failures), signal).catch(() => {});
    } finally {
      signal.removeEventListener("abort", onAbort);
      await client.end().catch(() => {});
    }
  }
}

const TEXT_OID = 25;
const TEXT_ARRAY_OID = 1009;
/** int8, date, time, timestamp, timestamptz, interval, timetz, numeric. */
const TEXT_OIDS = new Set([20, 1082, 1083, 1114, 1184, 1186, 1266, 1700]);
/** Arrays of the same. */
const TEXT_ARRAY_OIDS = new Set([1016, 1182, 1183, 1115, 1185, 1187, 1270, 1231]);

function getTypeParser(oid: number, format?: "text" | "binary") {
  const known = TEXT_OIDS.has(oid) ? TEXT_OID : TEXT_ARRAY_OIDS.has(oid) ? TEXT_ARRAY_OID : oid;
  return pg.types.getTypeParser(known, format as "text");
}

function toConnection(url: string): pg.ClientConfig {
  const parsed = new URL(url);
  // libpq's meaning of sslmode (require: encrypted, unchecked; verify-full: checked), which users know.
  if (parsed.searchParams.has("sslmode")) parsed.searchParams.set("uselibpqcompat", "true");
  return {
    connectionString: parsed.href,
    types: { getTypeParser: getTypeParser as typeof pg.types.getTypeParser },
    connectionTimeoutMillis: CONNECT_MAX_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}
