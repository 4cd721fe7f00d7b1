/**
 * Loads what stands around one trade: both sides of its pair field by field, and the history of its breaks. Also an
 * execution that nobody has booked.
 *
 * @module
 */

import type { BreakRow } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import {
  COMPARED_FIELDS,
  type ComparedField,
  type FoundBreak,
  toComparedField,
  type UsedTolerance,
} from "./break_sides.ts";
import type { BreakEvent, StoredBreak } from "./breaks.ts";
import { BREAK_COLUMNS, iso, isoMs } from "./columns.ts";

export interface TradeSides {
  readonly fields: readonly ComparedField[];
  /** What the breaks on these fields were measured with, by field. */
  readonly tolerances: Readonly<Record<string, UsedTolerance>>;
  /** The execution that the booking is compared with; null: none came, or the booking is of a block. */
  readonly execution:
    | { readonly broker: string; readonly trade_date: string; readonly exec_id: string }
    | null;
}

/** What happened to one of several breaks. */
export type StoredBreakEvent = BreakEvent & { readonly break_id: number };

const SIDES = `
  select ${
  COMPARED_FIELDS.map((field) => `t.${field} as book_${field}, e.${field} as street_${field}`).join(", ")
},
    t.expected_settlement_date, e.broker, e.trade_date, e.exec_id,
    (select jsonb_agg(jsonb_build_object('id', b.id, 'field', b.field, 'book', b.book, 'street', b.street,
        'expected', b.expected, 'differs', b.differs, 'absolute', w.absolute::text, 'percent', w.percent::text,
        'ticks', w.ticks::text, 'valid_from', w.valid_from) order by b.id)
      from breaks b left join tolerances w on w.id = b.tolerance_id
      where b.trade_id = t.trade_id and b.field is not null and b.closed_at is null) as found
  from trades t
    left join pairs p on p.pair_key = t.pair_key
    left join executions e on e.broker = p.broker and e.trade_date = coalesce(p.effective_date, p.street_trade_date)
      and e.exec_id = coalesce(p.effective_id, p.exec_id)
  where t.trade_id = $1`;

/** Null: there is no such trade. */
export async function loadTradeSides(session: Session, tradeId: string): Promise<TradeSides | null> {
  const [row] = await session.query(SIDES, [tradeId]);
  if (row === undefined) return null;
  const found = (row.found ?? []) as (FoundBreak & UsedTolerance)[];
  const others = [...new Set(found.map(({ field }) => field))].filter((field) =>
    !COMPARED_FIELDS.includes(field)
  );
  const fields = [...COMPARED_FIELDS, ...others].map((field) => toComparedField(field, row, found));
  const { broker, trade_date, exec_id } = row;
  return {
    fields: fields.filter(({ book, street }) => book !== null || street !== null),
    tolerances: Object.fromEntries(
      found.filter(({ valid_from }) => valid_from !== null).map((
        { field, absolute, percent, ticks, valid_from },
      ) => [field, { absolute, percent, ticks, valid_from }]),
    ),
    execution: broker === null ? null : { broker, trade_date, exec_id },
  };
}

/** Entries of the histories of these breaks, the newest first; of very many the newest ones. */
const BREAK_EVENTS_MAX = 500;

export async function loadBreakEvents(
  session: Session,
  breakIds: readonly number[],
): Promise<StoredBreakEvent[]> {
  if (breakIds.length === 0) return [];
  return await session.query<StoredBreakEvent & Record<string, unknown>>(
    `select break_id::float8 as break_id, version::float8 as version, action, actor, text, from_status, to_status,
      book, street, details, ${isoMs("at")} as at
    from break_events where break_id = any($1::bigint[]) order by break_events.id desc limit ${BREAK_EVENTS_MAX}`,
    [breakIds],
  );
}

/** An execution, or several of one ExecID, without a booking of its name. */
export interface UnbookedFill {
  readonly exec_id: string;
  readonly executions: readonly Record<string, unknown>[];
  readonly breaks: readonly BreakRow[];
  /** Bookings that it might be: `[{tradeId, differs}]`. */
  readonly candidates: readonly { readonly tradeId: string; readonly differs?: readonly string[] }[];
  /** Where it is booked after all. */
  readonly trade_ids: readonly string[];
}

const EXECUTIONS = `
  select broker, trade_date, exec_id, kind, exec_ref_id, order_id, broker_order_id, instrument, side, quantity, price,
    currency, counterparty, settlement_date, brokerage_fee, clearing_fee, exchange_fee,
    ${iso("transact_time")} as transact_time, ${iso("recorded_at")} as recorded_at
  from executions where exec_id = $1 or (broker, exec_ref_id) in (
    select broker, exec_id from executions where exec_id = $1)
  order by executions.transact_time, executions.exec_id limit 100`;

/** Null: no execution has this id. */
export async function loadUnbookedFill(
  session: Session,
  execId: string,
  calendar: Calendar,
): Promise<UnbookedFill | null> {
  const executions = await session.query(EXECUTIONS, [execId]);
  if (executions.length === 0) return null;
  const [breaks, pairs] = await Promise.all([
    session.query<StoredBreak & Record<string, unknown>>(
      `select ${BREAK_COLUMNS} from breaks b where b.trade_id = $1
      or b.pair_key in (select pair_key from pairs where exec_id = $1)
      order by b.opened_at desc, b.id desc limit 100`,
      [execId],
    ),
    session.query("select trade_id, candidates from pairs where exec_id = $1", [execId]),
  ]);
  return {
    exec_id: execId,
    executions,
    breaks: withClock(breaks, calendar),
    candidates: pairs.flatMap(({ candidates }) => candidates ?? []),
    trade_ids: pairs.flatMap(({ trade_id }) => trade_id ?? []),
  };
}
