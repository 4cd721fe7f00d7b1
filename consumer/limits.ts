/**
 * Holds what is open with each counterparty against its limit, and opens, raises, lowers and closes the alerts about it.
 * The sweep asks for it, after the trades it stands on are written: alerts follow by a second or two and cost a batch
 * nothing.
 *
 * @module
 */

import type { Database } from "../shared/platform/postgres.ts";

/** @returns How many alerts changed; 0 also when another process is at it. */
export async function evaluateLimits(db: Database): Promise<number> {
  return await db.transaction(async (tx) => {
    const [lock] = await tx.query("select pg_try_advisory_xact_lock(hashtext('breakwater.limits')) as mine");
    if (!lock!.mine) return 0;
    // Limits begin with a business date of New York, as breaks do.
    const [row] = await tx.query(
      "select evaluate_limits((now() at time zone 'America/New_York')::date) as changed",
    );
    return Number(row!.changed);
  });
}
