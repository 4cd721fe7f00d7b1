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
    // Limits begin with a business date of New York, as breaks do.
    const [row] = await tx.query(
      `select case when pg_try_advisory_xact_lock(hashtext('breakwater.limits'))
        then evaluate_limits((now() at time zone 'America/New_York')::date) else 0 end as changed`,
    );
    return Number(row!.changed);
  });
}
