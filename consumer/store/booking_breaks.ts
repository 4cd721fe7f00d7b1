/**
 * Breaks of a booking alone, whatever the street says of it: what its source reports, and fees that do not add up.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { judgeBooking, type Rules } from "../../shared/reconcile/mod.ts";
import type { Closes, Holds } from "./breaks.ts";

/** No pair has such a key: what a booking breaks by itself is apart from what its pair breaks by the same type. */
const OWN_KEY = `'#' || (after).trade_id`;

/** Trades that moved and may have such a break, or have one open: only a trade whose status says so has any. */
const MOVED = `
  select distinct on ((after).trade_id) (after).trade_id, (after).exec_id, (after).counterparty,
    (after).notional_usd, coalesce((after).pair_key, (after).trade_id) as pair_key, ${OWN_KEY} as own_key,
    (after).stage <> 'cancelled' as live, (after).asset_class as "assetClass", (after).trade_date as "tradeDate",
    (after).instrument, (after).reported_break as reported, (after).brokerage_fee as "brokerageFee",
    (after).clearing_fee as "clearingFee", (after).exchange_fee as "exchangeFee", (after).total_fees as "totalFees",
    case when (before).status = 'break' then
      (select jsonb_agg(jsonb_build_object('id', x.id::text, 'version', x.version::text, 'type', x.type,
         'pair_key', x.pair_key))
       from breaks x where x.trade_id = (after).trade_id and x.closed_at is null
         and (x.type = 'reported' or (x.type = 'fees' and x.pair_key = ${OWN_KEY}))) end as open
  from moved
  where (after).reported_break is not null or (before).status = 'break'
    or (after).brokerage_fee + (after).clearing_fee + (after).exchange_fee <> (after).total_fees
  order by (after).trade_id, (after).version desc`;

interface OwnBreak {
  readonly id: string;
  readonly version: string;
  readonly type: string;
  readonly pair_key: string;
}

const REASONS: Record<string, string> = {
  reported: "the source no longer reports it",
  fees: "the fees add up",
};

export async function judgeBookings(
  tx: Transaction,
  loadRules: () => Promise<Rules>,
): Promise<{ holds: Holds[]; closes: Closes[] }> {
  const holds: Holds[] = [];
  const closes: Closes[] = [];
  for (const row of await tx.query(MOVED)) {
    const open: readonly OwnBreak[] = row.open ?? [];
    const found = row.live ? judgeBooking(row as never, await loadRules()) : [];
    const { trade_id, exec_id, counterparty, notional_usd } = row;
    holds.push(...found.map(({ toleranceId, ...one }) => ({
      pair_key: open.find(({ type }) => type === one.type)?.pair_key ??
        (one.type === "fees" ? row.own_key : row.pair_key),
      trade_id,
      exec_id,
      counterparty,
      notional_usd,
      ...one,
      tolerance_id: toleranceId,
    })));
    closes.push(
      ...open.filter(({ type }) => found.every((one) => one.type !== type))
        .map(({ id, version, type }) => ({ id, version, reason: REASONS[type]! })),
    );
  }
  return { holds, closes };
}
