/**
 * Settlements that failed, as a booking's source says: a break from the version that says so until one that says
 * otherwise. Whatever day it is, silence opens nothing.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { closeBreaks, type Closes, type Holds, openBreaks } from "./breaks.ts";

/** Trades of this batch that fail now or did before it. Their rows are locked by now. */
const MOVED = `
  select t.trade_id, t.exec_id, t.counterparty, t.notional_usd, '#' || t.trade_id as pair_key,
    'settlement_fail' as type, 'settlement_status' as field, concat_ws(': ', 'failed', t.settlement_reason) as book,
    null as street, t.settlement_status = 'failed' and t.stage <> 'cancelled' as fails, x.id::text as id,
    x.version::text as version, case when t.stage = 'cancelled' then 'the booking was cancelled'
      else concat_ws(' ', 'the source says', coalesce(t.settlement_status, t.stage)) end as reason
  from (select distinct (after).trade_id from moved
      where (after).settlement_status = 'failed' or (before).settlement_status = 'failed') m
    join trades t using (trade_id)
    left join breaks x on x.pair_key = '#' || t.trade_id and x.type = 'settlement_fail' and x.closed_at is null
  order by t.trade_id`;

/** Opens and closes what the batch changed. */
export async function judgeSettlements(tx: Transaction): Promise<{ opened: number; closed: number }> {
  const rows = await tx.query<Holds & Closes & { fails: boolean | null }>(MOVED);
  const closed = await closeBreaks(tx, rows.filter(({ fails, id }) => !fails && id !== null));
  return { opened: await openBreaks(tx, rows.filter(({ fails }) => fails)), closed };
}
