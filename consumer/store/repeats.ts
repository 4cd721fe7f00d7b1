/**
 * Executions of one order with one CumQty: finds those that repeat another one.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { repeatedFills, type ReportedFill } from "../../shared/reconcile/mod.ts";
import { normalAmount } from "../../shared/trade/decimal.ts";

/**
 * Each looked up by the index (`lateral`): a new table has no statistics, and a whole one would be read for a batch.
 * Fills whose CumQty another fill of the order has: this batch's; those of pairs that are known for it; and those of
 * orders of which an execution was taken back or corrected.
 */
const ALIKE = `
  select distinct f.broker, f.trade_date, f.order_id, f.cum_qty from (
    select broker, trade_date, exec_id, order_id, cum_qty from fresh_executions
    where kind = 'trade' and order_id is not null and cum_qty is not null
    union all
    select e.* from (select p.* from touched k join pairs p using (pair_key) where k.shared offset 0) p,
      lateral (select broker, trade_date, exec_id, order_id, cum_qty from executions e where e.broker = p.broker
        and e.trade_date = p.street_trade_date and e.exec_id = p.exec_id offset 0) e
    union all
    select e.* from fresh_executions c,
      lateral (select broker, trade_date, exec_id, order_id, cum_qty from executions e where e.order_id = c.order_id
        and e.broker = c.broker and e.trade_date = c.trade_date and e.kind = 'trade' offset 0) e
    where c.kind <> 'trade'
  ) f, lateral (
    select from executions d where d.order_id = f.order_id and d.cum_qty = f.cum_qty and d.broker = f.broker
      and d.trade_date = f.trade_date and d.exec_id <> f.exec_id and d.kind = 'trade' limit 1) d`;

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;

const FILLS = `
  with alike as (
    select * from jsonb_to_recordset($1::jsonb) as a(broker text, trade_date date, order_id text, cum_qty numeric)
  )
  select a.broker, a.trade_date, a.order_id, a.cum_qty, e.exec_id as "execId", e.cum_qty as "cumQty",
    p.street_live as live, p.trade_id is not null and p.book_live as booked, p.pair_key, p.shared, p.street_repeats,
    ${iso("e.transact_time")} as "transactTime",
    (select coalesce(jsonb_agg(${iso("c.transact_time")}), '[]') from executions c
     where c.order_id = a.order_id and c.broker = a.broker and c.trade_date = a.trade_date and c.kind <> 'trade')
      as "changedAt"
  from alike a join executions e on e.order_id = a.order_id and e.cum_qty = a.cum_qty and e.broker = a.broker
      and e.trade_date = a.trade_date and e.kind = 'trade'
    join pairs p on p.exec_id = e.exec_id and p.broker = e.broker and p.street_trade_date = e.trade_date
  order by p.pair_key for update of p`;

const MARK = `
  with marked as (
    update pairs p set shared = true, street_repeats = m.street_repeats,
      missing = case when m.street_repeats is null then p.missing end
    from jsonb_to_recordset($1::jsonb) as m(pair_key text, street_repeats text) where p.pair_key = m.pair_key
    returning p.pair_key
  )
  insert into touched select pair_key, true from marked`;

type Fill = ReportedFill & {
  readonly broker: string;
  readonly trade_date: string;
  readonly order_id: string;
  readonly cum_qty: string;
  readonly pair_key: string;
  readonly shared: boolean;
  readonly street_repeats: string | null;
  readonly changedAt: readonly string[];
};

/**
 * Marks the surplus fills of every order that this batch touched. The row of the order is locked by then, so that of two
 * writers the second sees the fills of the first.
 */
export async function markRepeatedFills(tx: Transaction): Promise<void> {
  const alike = await tx.query(ALIKE);
  if (alike.length === 0) return;
  const fills = await tx.query<Fill>(FILLS, [JSON.stringify(alike)]);
  const marks: { pair_key: string; street_repeats: string | null }[] = [];
  const keyOf = ({ broker, trade_date, order_id, cum_qty }: Fill) =>
    JSON.stringify([broker, trade_date, order_id, normalAmount(cum_qty)]);
  for (const group of Map.groupBy(fills, keyOf).values()) {
    const repeats = repeatedFills(group, group[0]!.changedAt);
    for (const { execId, pair_key, shared, street_repeats } of group) {
      const of = repeats.get(execId) ?? null;
      if (!shared || of !== street_repeats) marks.push({ pair_key, street_repeats: of });
    }
  }
  if (marks.length > 0) await tx.query(MARK, [JSON.stringify(marks)]);
}
