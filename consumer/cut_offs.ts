/**
 * What the sweep does after a trade: brings states up to date, and opens the breaks of allocations that do not agree
 * and of trades that were not affirmed by their cut-off. Nothing breaks by the clock alone: a side must have said
 * something, and the topics must be read past the moment and the grace period, so that catching up raises nothing.
 *
 * @module
 */

import type { Database, Transaction } from "../shared/platform/postgres.ts";
import { type Holds, openBreaks } from "./store/breaks.ts";
import { derivePostTrade, lockTrades } from "./store/post_trade_state.ts";

export interface CutOffSettings {
  readonly group: string;
  readonly tradesTopic: string;
  readonly fixTopic: string;
  readonly graceSeconds: number;
}

/** Breaks opened in one transaction. */
const BREAKS_MAX = 500;

/** What is due is read but not yet known to the states, so that nothing may be judged by them. */
const READ_UP_TO = `
  select exists (select from post_trade_due) as due,
    pg_try_advisory_xact_lock(hashtext('breakwater.sweep')) as mine,
    coalesce(min(coalesce(r.read_up_to, '-infinity')), '-infinity') as read_up_to
  from unnest($2::text[]) topic, lateral (
    select min(case when next_offset >= end_offset then updated_at else coalesce(record_time, '-infinity') end)
      as read_up_to
    from ingest_progress i where i.consumer_group = $1 and i.topic = topic) r`;

/** Blocks whose allocation does not agree, unless something else of the order is open: then that comes first. */
const PROBLEMS = `
  with due as (
    update post_trade_status s set problem_judged = true
    where s.trade_id in (
      select trade_id from post_trade_status where problem is not null and not problem_judged
        and due_at <= least(now(), $1::timestamptz) - make_interval(secs => $2)
      order by due_at limit ${BREAKS_MAX})
    returning s.*
  )
  select '#' || d.trade_id as pair_key, 'allocation' as type, d.trade_id, t.exec_id, d.problem as field,
    d.problem_book as book, d.problem_street as street, t.counterparty, t.notional_usd,
    d.problem not in ('quantity', 'price') or not exists (
      select from trades o join breaks x on x.trade_id = o.trade_id and x.closed_at is null
      where o.order_id = t.order_id and x.type <> 'unaffirmed' and x.pair_key <> '#' || d.trade_id) as holds
  from due d join trades t using (trade_id) order by d.trade_id`;

/** Trades that could have been affirmed, and were not by their cut-off. */
const UNAFFIRMED = `
  with due as (
    update post_trade_status s set unaffirmed_judged = true
    where s.trade_id in (
      select trade_id from post_trade_status
      where affirmation_status in ('unaffirmed', 'received', 'rejected') and affirm_by is not null
        and not unaffirmed_judged
        and greatest(affirm_by, due_at) <= least(now(), $1::timestamptz) - make_interval(secs => $2)
      order by greatest(affirm_by, due_at) limit ${BREAKS_MAX})
    returning s.*
  )
  select '#' || d.trade_id as pair_key, 'unaffirmed' as type, d.trade_id, t.exec_id, 'affirmation_status' as field,
    concat_ws(': ', d.affirmation_status, d.affirmation_reason) as book,
    coalesce(d.confirmation_status, d.allocation_status) as street, t.counterparty, t.notional_usd, true as holds
  from due d join trades t using (trade_id) order by d.trade_id`;

/** @returns How many breaks were opened; null while another process sweeps. */
export async function sweepPostTrade(db: Database, settings: CutOffSettings): Promise<number | null> {
  let step: Step;
  do {
    step = await db.transaction((tx) => derive(tx, settings));
    if (step === "busy elsewhere") return null;
  } while (step === "more");
  let opened = 0;
  for (const sql of [PROBLEMS, UNAFFIRMED]) {
    let found: number;
    do {
      const judged = await db.transaction((tx) => judge(tx, sql, settings));
      if (judged === null) return null;
      opened += judged.opened;
      found = judged.found;
    } while (found === BREAKS_MAX);
  }
  return opened;
}

type Step = "busy elsewhere" | "more" | "done";

/** While the group has more to read, which may well be about the same orders, the rest waits for the next sweep. */
async function derive(
  tx: Transaction,
  { group, fixTopic, tradesTopic }: CutOffSettings,
): Promise<Step> {
  const [state] = await tx.query(
    `select pg_try_advisory_xact_lock(hashtext('breakwater.sweep')) as mine, exists (select from post_trade_due) as due,
       exists (select from ingest_progress where consumer_group = $1 and topic = any($2)
         and next_offset < end_offset) as behind`,
    [group, [fixTopic, tradesTopic]],
  );
  if (!state!.mine) return "busy elsewhere";
  if (!state!.due) return "done";
  await derivePostTrade(tx);
  return state!.behind ? "done" : "more";
}

async function judge(
  tx: Transaction,
  sql: string,
  { group, fixTopic, tradesTopic, graceSeconds }: CutOffSettings,
) {
  const [state] = await tx.query(READ_UP_TO, [group, [fixTopic, tradesTopic]]);
  if (!state!.mine) return null;
  if (state!.due) return { opened: 0, found: 0 };
  const due = await tx.query<Holds & { holds: boolean }>(sql, [state!.read_up_to, graceSeconds]);
  const holds = due.filter((row) => row.holds);
  await lockTrades(tx, holds.map(({ trade_id }) => trade_id));
  return { opened: await openBreaks(tx, holds), found: due.length };
}
