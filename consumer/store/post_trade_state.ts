/**
 * From what was said after a trade to how far the trade has come: the sweep takes what writers left in
 * `post_trade_due` and derives the state of each order it leads to from all its facts, so that the order in which they
 * came makes no difference, and nothing is lost when two writers bring related facts at once.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { closeBreaks } from "./breaks.ts";
import { FOUND } from "./post_trade_sql.ts";

/** Entries taken in one transaction: some hundred orders. */
const DUE_MAX = 2_000;

/** What an order must have for a state: the others are left alone. By lateral joins, which ask an index for each order. */
const TOLD = [
  ...["allocations", "confirmations"].flatMap((table) => [
    { table, where: "f.order_ids[1] = x.id" },
    { table, where: "cardinality(f.order_ids) > 1 and f.order_ids @> array[x.id]" },
  ]),
  { table: "post_trade_status", where: "f.order_id = x.root" },
];

/** The orders that what is due leads to, each with all ClOrdIDs of its chain. A root is the least of them. */
const MEMBERS = `
  set local client_min_messages to warning;
  set local enable_seqscan = off; -- A few orders of many: what is due has no statistics that would say so.
  create temp table if not exists due (kind text, id text) on commit delete rows;
  create temp table if not exists members (root text, id text) on commit delete rows;
  create temp table if not exists moved_status (before post_trade_status, after post_trade_status)
    on commit delete rows;
  with taken as (
    delete from post_trade_due where ctid = any (array(select ctid from post_trade_due limit ${DUE_MAX}))
    returning kind, id
  )
  insert into due select distinct kind, id from taken;

  with recursive named (id) as (
    select id from due where kind = 'order'
    union
    select e.order_id from due d join executions e on e.exec_id = d.id where d.kind = 'exec'
    union
    select t.order_id from due d join pairs p on p.exec_id = d.id join trades t on t.trade_id = p.trade_id
    where d.kind = 'exec'
    union
    select unnest(a.order_ids) from due d join allocations a on a.alloc_id = d.id where d.kind = 'alloc'
    union
    select unnest(c.order_ids) from due d join confirmations c on c.alloc_id = d.id where d.kind = 'alloc'
    union
    select unnest(c.order_ids || a.order_ids) from due d join confirmations c on c.confirm_id = d.id
      left join allocations a on a.alloc_id = c.alloc_id
    where d.kind = 'confirm'
  ), family (start, id) as (
    select id, id from named where id is not null
    union
    select f.start, n.id from family f, lateral (
      select m.orig_cl_ord_id as id from fix_messages m
        where m.cl_ord_id = f.id and m.orig_cl_ord_id is not null
      union all
      select m.cl_ord_id from fix_messages m where m.orig_cl_ord_id = f.id and m.cl_ord_id is not null
    ) n
  )
  insert into members select distinct min(id) over (partition by start), id from family;

  with told as (
    ${
  TOLD.map(({ table, where }) => `
    select x.root from members x, lateral (select from ${table} f where ${where} limit 1) f`).join(" union ")
}
  )
  delete from members m where not exists (select from told t where t.root = m.root);`;

const KEPT = `order_id, trade_date, asset_class, allocation_status, allocation_reason, confirmation_status,
  confirmation_reason, affirmation_status, affirmation_reason, affirmed_at, affirm_by, is_late, due_at, problem,
  problem_book, problem_street`.split(/,\s*/);
const of = (side: string) => KEPT.map((column) => `${side}.${column}`).join(", ");

const MERGE = `
  with ${FOUND}, merged as (
    merge into post_trade_status s using (select * from found order by trade_id) f on s.trade_id = f.trade_id
    when matched and f.is_nothing then delete
    when matched and ((${of("s")}) is distinct from (${
  of("f")
}) or f.problem is not null and s.problem_judged) then
      update set ${KEPT.map((column) => `${column} = f.${column}`).join(", ")}, problem_judged = false,
        unaffirmed_judged = s.unaffirmed_judged
          and (s.affirmation_status, s.affirm_by) is not distinct from (f.affirmation_status, f.affirm_by),
        updated_at = now()
    when not matched and not f.is_nothing then
      insert (trade_id, ${KEPT.join(", ")}) values (f.trade_id, ${of("f")})
    returning old as before, new as after
  )
  insert into moved_status select before, after from merged;

  with strays as (
    delete from post_trade_status s using trades t
    where s.order_id in (select root from members) and t.trade_id = s.trade_id
      and not exists (select from members x where x.root = s.order_id and x.id = t.order_id)
      and t.order_id is not null
    returning s as before
  )
  insert into moved_status (before) select before from strays;`;

/** Trades named by one row of the change feed. */
const CHANGED_MAX = 200;

const COUNT = `
  select count_post_trade(array_agg(before), array_agg(after)) from moved_status having count(*) > 0;
  insert into changes (trade_ids, break_ids) select array_agg(trade_id), '{}' from (
    select coalesce((after).trade_id, (before).trade_id) as trade_id from moved_status order by 1 desc
    limit ${CHANGED_MAX}) newest
  having count(*) > 0;`;

/** Open breaks of these trades that what is known now no longer bears out. */
const CURED = `
  select x.trade_id, x.id, x.version, case
      when s.trade_id is null then 'the booking was cancelled, or is of another order'
      when x.type = 'allocation' then 'a later message put it right'
      when s.affirmation_status is null then 'nothing is left to affirm'
      else 'affirmed at ' || to_char(s.affirmed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') end as reason
  from moved_status m
    join breaks x on x.trade_id = coalesce((m.after).trade_id, (m.before).trade_id) and x.closed_at is null
      and x.type in ('allocation', 'unaffirmed')
    left join post_trade_status s on s.trade_id = x.trade_id
  where s.trade_id is null or (x.type = 'allocation' and s.problem is null)
    or (x.type = 'unaffirmed' and coalesce(s.affirmation_status, 'affirmed') = 'affirmed')
  order by x.id`;

/** Before the first of several breaks is changed, since that locks the aggregates. */
export async function lockTrades(tx: Transaction, tradeIds: readonly string[]): Promise<void> {
  if (tradeIds.length === 0) return;
  await tx.query("select from trades where trade_id = any($1) order by trade_id for update", [tradeIds]);
}

/** Brings the states of what is due up to date, and closes the breaks they cure. What is due beyond a limit stays. */
export async function derivePostTrade(tx: Transaction): Promise<void> {
  await tx.script(MEMBERS);
  await tx.script(MERGE);
  const cured = await tx.query(CURED);
  await lockTrades(tx, cured.map(({ trade_id }) => trade_id));
  await closeBreaks(tx, cured.map(({ id, version, reason }) => ({ id, version, reason })));
  await tx.script(COUNT);
}
