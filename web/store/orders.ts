/**
 * Loads an order: every message of its chain, its executions, and what was booked of them.
 *
 * @module
 */

import type { BreakRow } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import type { StoredBreak } from "./breaks.ts";
import { BREAK_COLUMNS, iso } from "./columns.ts";

/** More changes of one order than a person makes. */
const CHAIN_MAX = 200;
/** An order of more messages is shown with the first ones. */
export const ORDER_MESSAGES_MAX = 500;

/** A stored FIX message. */
export interface StoredMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly raw: Uint8Array;
  readonly sender_comp_id: string | null;
  readonly target_comp_id: string | null;
  readonly msg_seq_num: number | null;
  readonly sending_time: string | null;
  readonly recorded_at: string;
}

/** An order as its broker last reported it. */
export interface OrderRow {
  readonly order_id: string;
  readonly broker_order_id: string | null;
  readonly ord_status: string;
  readonly instrument: string;
  readonly side: string;
  readonly order_qty: string | null;
  readonly limit_price: string | null;
  readonly cum_qty: string;
  readonly leaves_qty: string | null;
  readonly avg_px: string | null;
  readonly counterparty: string;
  readonly transact_time: string;
}

export interface OrderExecution {
  readonly broker: string;
  readonly exec_id: string;
  readonly kind: string;
  readonly exec_ref_id: string | null;
  readonly quantity: string;
  readonly price: string;
  readonly trade_date: string;
  readonly transact_time: string;
  /** The booking it is paired with; null: none. */
  readonly trade_id: string | null;
  readonly trade_status: string | null;
}

export interface OrderStory {
  /** The ClOrdIDs (11) of the chain, the one that was asked for among them. */
  readonly chain: readonly string[];
  /** One for each part of the chain that a report named, the newest state first. */
  readonly orders: readonly OrderRow[];
  /** One more than the limit: there are more. */
  readonly messages: readonly StoredMessage[];
  readonly executions: readonly OrderExecution[];
  readonly breaks: readonly BreakRow[];
}

// Up to the first order of the chain and down to its last, by ClOrdID (11) and OrigClOrdID (41).
const CHAIN = `
  with recursive chain (id) as (
    select $1::text
    union
    select n.id from chain c, lateral (
      select m.orig_cl_ord_id as id from fix_messages m
        where m.cl_ord_id = c.id and m.orig_cl_ord_id is not null
      union all
      select m.cl_ord_id from fix_messages m where m.orig_cl_ord_id = c.id and m.cl_ord_id is not null
    ) n
  )
  select id from chain limit ${CHAIN_MAX}`;

// A message that names no order is found by its execution. ExecIDs repeat between brokers, so it must be one of a
// session that the order was traded in.
const MESSAGES = `
  with named as (
    select * from fix_messages where cl_ord_id = any($1::text[])
    union
    select * from fix_messages where orig_cl_ord_id = any($1::text[])
  ), told as (
    select m.* from fix_messages m
    where m.exec_id in (select exec_id from executions where order_id = any($1::text[]))
      and m.cl_ord_id is null
      and exists (select from named n where n.sender_comp_id in (m.sender_comp_id, m.target_comp_id)
        and n.target_comp_id in (m.sender_comp_id, m.target_comp_id))
  )
  select topic, partition, "offset"::text as "offset", raw, sender_comp_id, target_comp_id,
    msg_seq_num::float8 as msg_seq_num, ${iso("sending_time")} as sending_time,
    ${iso("recorded_at")} as recorded_at
  from (select * from named union all select * from told) m
  order by m.sending_time nulls last, m.recorded_at, m.partition, m."offset" limit ${ORDER_MESSAGES_MAX + 1}`;

const ORDERS = `
  select order_id, broker_order_id, ord_status, instrument, side, order_qty, limit_price, cum_qty, leaves_qty,
    avg_px, counterparty, ${iso("transact_time")} as transact_time
  from orders where order_id = any($1::text[])
  order by orders.cum_qty desc, orders.transact_time desc, orders.msg_seq_num desc`;

const EXECUTIONS = `
  select e.broker, e.exec_id, e.kind, e.exec_ref_id, e.quantity, e.price, e.trade_date,
    ${iso("e.transact_time")} as transact_time, t.trade_id, t.status as trade_status
  from executions e
  left join pairs p on p.exec_id = case e.kind when 'trade' then e.exec_id else e.exec_ref_id end and p.broker = e.broker and p.street_trade_date = e.trade_date
  left join trades t on t.trade_id = p.trade_id
  where e.order_id = any($1::text[]) order by e.transact_time, e.exec_id limit ${ORDER_MESSAGES_MAX}`;

const BREAKS = `
  select ${BREAK_COLUMNS} from breaks b
  where b.pair_key in (
      select p.pair_key from executions e
      join pairs p on p.exec_id = e.exec_id and p.broker = e.broker and p.street_trade_date = e.trade_date
      where e.order_id = any($1::text[]))
    or b.trade_id in (select trade_id from trades where order_id = any($1::text[]))
  order by b.opened_at desc, b.id desc`;

/** Null: no message and no report names this order. */
export async function loadOrder(
  session: Session,
  orderId: string,
  calendar: Calendar,
): Promise<OrderStory | null> {
  const chain = (await session.query<{ id: string }>(CHAIN, [orderId])).map(({ id }) => id);
  const [messages, orders, executions, breaks] = await Promise.all([
    session.query<StoredMessage & Record<string, unknown>>(MESSAGES, [chain]),
    session.query<OrderRow & Record<string, unknown>>(ORDERS, [chain]),
    session.query<OrderExecution & Record<string, unknown>>(EXECUTIONS, [chain]),
    session.query<StoredBreak>(BREAKS, [chain]),
  ]);
  if (messages.length === 0 && orders.length === 0) return null;
  return { chain, orders, messages, executions, breaks: withClock(breaks, calendar) };
}

/** The raw messages of executions: they have the ExecID, which another broker may use too, and name the broker. */
export async function loadExecutionMessages(
  session: Session,
  executions: readonly { broker: string; exec_id: string }[],
): Promise<StoredMessage[]> {
  return await session.query<StoredMessage & Record<string, unknown>>(
    `select topic, partition, "offset"::text as "offset", raw, sender_comp_id, target_comp_id,
      msg_seq_num::float8 as msg_seq_num, ${iso("sending_time")} as sending_time,
      ${iso("recorded_at")} as recorded_at
    from fix_messages where exec_id = any($1::text[])
      and exists (select from unnest($2::text[]) broker where position(convert_to(broker, 'UTF8') in raw) > 0)
    order by fix_messages.sending_time nulls last, fix_messages.recorded_at limit ${ORDER_MESSAGES_MAX}`,
    [executions.map(({ exec_id }) => exec_id), executions.map(({ broker }) => broker)],
  );
}
