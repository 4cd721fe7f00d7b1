/**
 * A world for one test on the real broker and database: its own database, its own topics and consumer group, and
 * the real programs pointed at them. All of it is gone when the test ends.
 *
 * @module
 */

import { join } from "node:path";
import { openLog } from "../shared/platform/log.ts";
import { type Database, openDatabase } from "../shared/platform/postgres.ts";
import { type Fault, readAnswerKey } from "./answer_key.ts";
import { type Broker, type Incoming, openBroker, type Outgoing, PARTITIONS } from "./broker.ts";
import { type Program, runProgram, type Settings, startProgram, until } from "./programs.ts";

export interface World {
  /** The settings of every program in this world. */
  readonly settings: Settings;
  readonly database: Database;
  readonly broker: Broker;
  readonly tradesTopic: string;
  readonly fixTopic: string;
  /** Runs the producer to its end. */
  produce(args: readonly string[], settings?: Settings): Promise<string>;
  /** Runs the producer to its end, and returns its answer key. */
  produceWithKey(args: readonly string[], settings?: Settings): Promise<Fault[]>;
  /** Runs the consumer to its end. */
  consume(args: readonly string[], settings?: Settings): Promise<string>;
  /** Runs the consumer until the group has caught up; returns what it printed. */
  catchUp(settings?: Settings): Promise<string>;
  /** Waits until no side is within the grace period any more, then lets the consumer sweep again. */
  catchUpAfterGrace(settings?: Settings): Promise<void>;
  /** Starts a program that is killed with the world. */
  start(task: "produce" | "consume" | "web", args?: readonly string[], settings?: Settings): Program;
  /** Starts the web program; returns its address once it listens. */
  openWeb(): Promise<string>;
  sendTrades(records: readonly Outgoing[]): Promise<void>;
  sendFix(records: readonly Outgoing[]): Promise<void>;
  /** What the producer makes with these arguments, as records that were not sent to this world's topics. */
  tape(args: readonly string[]): Promise<Tape>;
}

/** What one run of the producer put on both topics. */
export interface Tape {
  readonly trades: readonly Incoming[];
  readonly fix: readonly Incoming[];
  readonly key: readonly Fault[];
}

/** Where a world lives. */
export interface Servers {
  readonly brokers: string;
  readonly databaseUrl: string;
}

/** Short enough for a test to wait for, long enough for a consumer to read both sides of a pair. */
export const GRACE_SECONDS = 2;

const log = openLog("tests", "error");

/** A test in a world of its own. */
export function worldTest(name: string, body: (world: World) => Promise<void>): void {
  Deno.test(name, () => withWorld(readServers(), body));
}

export async function withWorld<T>(servers: Servers, body: (world: World) => Promise<T>): Promise<T> {
  const id = crypto.randomUUID().slice(0, 8);
  const name = `world_${id}`;
  const admin = openDatabase(servers.databaseUrl, { connectionsMax: 1, applicationName: "tests", log });
  const broker = await openBroker(servers.brokers);
  await admin.query(`create database ${name}`);
  const url = new URL(servers.databaseUrl);
  url.pathname = `/${name}`;
  const database = openDatabase(url.href, { connectionsMax: 2, applicationName: "tests", log });
  const folder = await Deno.makeTempDir({ prefix: "breakwater-world-" });
  const started: Program[] = [];
  const accident = Promise.withResolvers<never>();
  const watch = (program: Program) => {
    started.push(program);
    program.accident.then((problem) => problem !== null && accident.reject(new Error(problem)));
  };
  const end = async () => {
    for (const program of started) program.kill("SIGKILL");
    await Promise.all(started.map(({ status }) => status));
    await Deno.remove(folder, { recursive: true });
    await database.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.close();
    await broker.deleteTopics((topic) => topic.includes(id));
    await broker.close();
  };

  let value: T;
  try {
    const settings = toSettings(servers.brokers, url.href, id);
    // A program that dies by itself ends the test at once: what it was to do would be waited for in vain.
    value = await Promise.race([body(toWorld(settings, database, broker, folder, watch)), accident.promise]);
  } catch (error) {
    for (const { log, output } of started) console.log(`${output().slice(-500)}\n${log().slice(-3_000)}\n`);
    await end().catch((failure) => console.log(`could not clean up: ${failure.message}`));
    throw error;
  }
  await end();
  return value;
}

/** The servers that the whole run shares. */
export function readServers(): Servers {
  const [brokers, databaseUrl] = [Deno.env.get("KAFKA_BROKERS"), Deno.env.get("DATABASE_URL")];
  if (!brokers || !databaseUrl) {
    throw new Error("this test needs KAFKA_BROKERS and DATABASE_URL: deno task test");
  }
  return { brokers, databaseUrl };
}

// Every setting is named, so that those of the machine that runs the tests do not leak in.
function toSettings(brokers: string, databaseUrl: string, id: string): Settings {
  return {
    KAFKA_BROKERS: brokers,
    DATABASE_URL: databaseUrl,
    TRADES_TOPIC: `trades-${id}`,
    FIX_TOPIC: `fix-${id}`,
    TOPIC_PARTITIONS: String(PARTITIONS),
    CONSUMER_GROUP: `group-${id}`,
    FIX_VALIDATION: "strict",
    RECONCILE_GRACE_SECONDS: String(GRACE_SECONDS),
    RECONCILE_MISSING: "both",
    LOG_LEVEL: "info",
    WEB_HOST: "127.0.0.1",
    WEB_PORT: "0",
  };
}

function toWorld(
  settings: Settings,
  database: Database,
  broker: Broker,
  folder: string,
  watch: (program: Program) => void,
): World {
  const tradesTopic = settings.TRADES_TOPIC!;
  const fixTopic = settings.FIX_TOPIC!;
  const run = (task: string, args: readonly string[], changes: Settings = {}) =>
    runProgram(task, args, { ...settings, ...changes });
  const produceWithKey = async (args: readonly string[], changes?: Settings) => {
    const file = join(folder, `${crypto.randomUUID()}.jsonl`);
    await run("produce", [...args, "--truth", file], changes);
    return await readAnswerKey(file);
  };
  const start = (task: string, args: readonly string[] = [], changes: Settings = {}) => {
    const program = startProgram(task, args, { ...settings, ...changes });
    watch(program);
    return program;
  };
  const catchUp = (changes?: Settings) => run("consume", ["--until-caught-up"], changes);
  return {
    settings,
    database,
    broker,
    tradesTopic,
    fixTopic,
    produce: (args, changes) => run("produce", args, changes),
    produceWithKey,
    consume: (args, changes) => run("consume", args, changes),
    catchUp,
    catchUpAfterGrace: async (changes) => {
      await untilGraceIsOver(database);
      await catchUp(changes);
    },
    start,
    openWeb: async () => {
      const web = start("web");
      await until("the web program listens", () => /http:\/\/\S+/.test(web.output()));
      return web.output().match(/http:\/\/\S+/)![0];
    },
    sendTrades: (records) => broker.send(tradesTopic, records),
    sendFix: (records) => broker.send(fixTopic, records),
    tape: async (args) => {
      const elsewhere = { TRADES_TOPIC: `${tradesTopic}-tape`, FIX_TOPIC: `${fixTopic}-tape` };
      const key = await produceWithKey(args, elsewhere);
      const trades = await broker.readAll(elsewhere.TRADES_TOPIC);
      const fix = await broker.readAll(elsewhere.FIX_TOPIC);
      return { trades, fix, key };
    },
  };
}

/** Waits until the database has known every side for longer than the grace period. */
export async function untilGraceIsOver(database: Database): Promise<void> {
  await until("no side is within the grace period", async () => {
    const [row] = await database.query<{ waiting: boolean }>(
      `select exists (select from pairs where greatest(book_seen_at, street_seen_at)
        > now() - make_interval(secs => $1)) as waiting`,
      [GRACE_SECONDS],
    );
    return !row!.waiting;
  });
}

/** One row of counts and sums that a query names. */
export async function one<R extends Record<string, unknown>>(
  database: Database,
  sql: string,
  params: readonly unknown[] = [],
): Promise<R> {
  const [row] = await database.query<R>(sql, params);
  if (row === undefined) throw new Error(`no row: ${sql}`);
  return row;
}

/** Waits until a query counts exactly this much. */
export function untilCount(
  database: Database,
  count: number,
  rows: string,
  waitMaxMs?: number,
): Promise<void> {
  const sql = `select count(*) as n from ${rows}`;
  let seen = -1;
  return until(() => `there are ${count} of "${rows}", saw ${seen}`, async () => {
    seen = await countOnceMigrated(database, sql);
    return seen === count;
  }, waitMaxMs);
}

/** Waits until the group has written the effect of this many records. */
export function untilRead({ database, settings }: World, records: number): Promise<void> {
  const sql = "select coalesce(sum(next_offset), 0) as n from ingest_progress where consumer_group = $1";
  let read = -1;
  return until(() => `${records} records are read, saw ${read}`, async () => {
    read = await countOnceMigrated(database, sql, [settings.CONSUMER_GROUP]);
    return read === records;
  });
}

/** -1 while the consumer that was just started has not made its tables. */
async function countOnceMigrated(database: Database, sql: string, params: unknown[] = []): Promise<number> {
  const { ready } = await one(database, "select to_regclass('changes') is not null as ready");
  return ready ? Number((await one(database, sql, params)).n) : -1;
}
