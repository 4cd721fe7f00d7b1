/**
 * Corrections and busts: what a broker says later of an execution it reported. FIX 4.4 ExecType (150) G and H,
 * each naming what it changes by ExecRefID (19); a correction may name another correction.
 *
 * One that comes before its execution waits. Two writers that bring a change and its execution at the same moment
 * may not see each other; the sweep applies what they left.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";

/** Changes looked at in one sweep, newest first; more than that never wait but for executions that never come. */
const WAITING_MAX = 1_000;
/** Corrections of corrections of one execution. */
const CHAIN_MAX = 100;

const WAITING = {
  batch: `select e.broker, e.trade_date, e.exec_ref_id from executions e
    where not e.applied and ((e.broker, e.trade_date, e.exec_id) in (
        select broker, trade_date, exec_id from fresh_executions where kind <> 'trade')
      or (e.broker, e.exec_ref_id) in (select broker, exec_id from fresh_executions))`,
  sweep: `select broker, trade_date, exec_ref_id from executions where not applied
    order by recorded_at desc limit ${WAITING_MAX}`,
};

/** What `exec_ref_id` names: the broker's execution of that id on that day, or on the last day before. */
const named = (by: string) =>
  `lateral (
  select e.trade_date, e.exec_id, e.kind, e.exec_ref_id from executions e
  where e.broker = ${by}.broker and e.exec_id = ${by}.exec_ref_id and e.trade_date <= ${by}.trade_date
  order by e.trade_date desc limit 1) r`;

/** A busted execution stays busted; else the newest correction holds, by TransactTime (60) and not by arrival. */
const apply = (waiting: string) => `
  with recursive climb as (
    select w.broker, r.trade_date, r.exec_id, r.kind, r.exec_ref_id, 1 as depth
    from (${waiting}) w, ${named("w")}
    union
    select c.broker, r.trade_date, r.exec_id, r.kind, r.exec_ref_id, depth + 1
    from climb c, ${named("c")} where c.kind <> 'trade' and depth < ${CHAIN_MAX}
  ), chain as (
    select broker, trade_date as root_date, exec_id as root, trade_date, exec_id, 0 as depth
    from climb where kind = 'trade'
    union
    select c.broker, c.root_date, c.root, e.trade_date, e.exec_id, depth + 1
    from chain c join executions e on e.broker = c.broker and e.exec_ref_id = c.exec_id
      and e.trade_date >= c.root_date
    where depth < ${CHAIN_MAX}
  ), folded as (
    select distinct on (broker, root_date, root) broker, root_date, root, trade_date, exec_id, quantity, price,
      not bool_or(kind = 'cancel') over (partition by broker, root_date, root) as live
    from chain join executions e using (broker, trade_date, exec_id)
    order by broker, root_date, root, kind = 'cancel', kind = 'trade', transact_time desc, exec_id desc
  ), marked as (
    update executions e set applied = true from chain c
    where e.broker = c.broker and e.trade_date = c.trade_date and e.exec_id = c.exec_id and not e.applied
  ), changed as (
    update pairs p set street_live = f.live, street_quantity = f.quantity, street_price = f.price, missing = null,
      effective_date = f.trade_date, effective_id = f.exec_id
    from folded f where p.broker = f.broker and p.street_trade_date = f.root_date and p.exec_id = f.root
    returning p.pair_key, p.shared
  )
  insert into touched select pair_key, shared from changed;`;

/** Brings the pairs up to date with the changes of this batch, or with all that wait. Fills `touched`. */
export async function applyChanges(tx: Transaction, of: keyof typeof WAITING): Promise<void> {
  await tx.script(apply(WAITING[of]));
}
