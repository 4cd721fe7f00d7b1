/**
 * What PostgreSQL's errors mean for us: wait and try again, set the data aside, or give up.
 *
 * @module
 */

import { messageOf } from "./retry.ts";

/** The connection went away between commit and its answer: the work may or may not be durable. */
export class CommitUnknownError extends Error {
  override readonly name = "CommitUnknownError";

  constructor(cause: unknown) {
    super(`Cannot tell whether the transaction was committed: ${messageOf(cause)}`, { cause });
  }
}

/**
 * True when the same work may succeed later: a lost or refused connection, a server that starts or stops, a
 * deadlock, a serialization failure, resources that ran out.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof CommitUnknownError || isConnectionLoss(error)) return true;
  const state = sqlState(error);
  return state !== undefined && (TRANSIENT_STATES.has(state) || TRANSIENT_CLASSES.has(state.slice(0, 2)));
}

/** True when the database refused the data itself (classes 22 and 23, or larger than a limit, 54): the same rows fail the same way. */
export function isDataFault(error: unknown): boolean {
  return ["22", "23", "54"].includes(sqlState(error)?.slice(0, 2) ?? "");
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const TRANSIENT_CLASSES = new Set(["08", "53", "58"]);
const TRANSIENT_STATES = new Set([
  "25006", // read_only_sql_transaction: still on a standby after a failover
  "25P03", // idle_in_transaction_session_timeout
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "55P03", // lock_not_available
  "57014", // query_canceled
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "57P05", // idle_session_timeout
]);

const LOST_STATES = new Set(["25P03", "57P01", "57P02", "57P05"]);
const LOST_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]
  .concat("ENOTFOUND", "EAI_AGAIN", "ECONNABORTED", "ENOENT"));

/** True when the connection is gone, or never came to be. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  if (!(error instanceof Error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  if (typeof code === "string" && (LOST_CODES.has(code) || LOST_STATES.has(code))) return true;
  // What the driver says itself of a dead or unreachable server carries no code.
  return /^Connection terminated|timeout exceeded when trying to connect|not queryable|^Client was closed/i
    .test(error.message);
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("severity" in error)) return undefined; // Only the server's errors have one.
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" && code.length === 5 ? code : undefined;
}
