/**
 * Loads what the e-mail about a break is written from: the break, its trade and its execution.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import type { ChaseFacts } from "../../shared/reconcile/chase.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { loadBreak } from "./breaks.ts";

const TERMS = (of: string) =>
  `'instrument', ${of}.instrument, 'side', ${of}.side, 'quantity', ${of}.quantity::text, 'price', ${of}.price::text,
  'currency', ${of}.currency, 'tradeDate', ${of}.trade_date, 'settlementDate', ${of}.settlement_date`;

/** A break without a pair of its own, such as one of an allocation, has its trade's. */
const SIDES = `
  select t.counterparty as booked_with, e.counterparty as executed_with,
    case when t.trade_id is not null then jsonb_build_object('tradeId', t.trade_id, ${
  TERMS("t")
}) end as trade,
    case when e.exec_id is not null then jsonb_build_object('execId', e.exec_id,
      'brokerOrderId', e.broker_order_id, ${TERMS("e")}) end as execution,
    case when p.exec_id is null then (
      select jsonb_build_object(
        'tradeIds', (select coalesce(jsonb_agg(x.trade_id order by x.trade_id), '[]') from trades x
          where x.pair_key = p.pair_key),
        'execIds', (select coalesce(jsonb_agg(x.exec_id order by x.exec_id), '[]') from pairs x
          where x.block_key = p.pair_key))) end as block
  from breaks b
    left join pairs own on own.pair_key = b.pair_key
    left join trades t on t.trade_id = coalesce(own.trade_id, b.trade_id)
    left join pairs p on p.pair_key = coalesce(own.pair_key, t.pair_key)
    left join executions e
      on e.exec_id = p.exec_id and e.broker = p.broker and e.trade_date = p.street_trade_date
  where b.id = $1`;

/** Null: there is no such break. Its counterparty is null where neither side names one. */
export async function loadChaseFacts(
  session: Session,
  id: string,
  calendar: Calendar,
): Promise<(Omit<ChaseFacts, "counterparty"> & { counterparty: string | null }) | null> {
  const [story, [sides]] = await Promise.all([loadBreak(session, id, calendar), session.query(SIDES, [id])]);
  if (story === null || sides === undefined) return null;
  return {
    id: story.id,
    type: story.type,
    field: story.field,
    book: story.book,
    street: story.street,
    counterparty: sides.executed_with ?? sides.booked_with ?? story.counterparty,
    notionalUsd: story.notional_usd,
    businessDate: story.business_date,
    ageBusinessDays: story.age_business_days,
    trade: sides.trade,
    execution: sides.execution,
    block: sides.block,
  };
}
