/**
 * Loads trades: the newest for the board, those that a change names, and one with its whole story.
 *
 * @module
 */

import type { BreakRow, TradeRow } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import type { StoredBreak } from "./breaks.ts";
import { BREAK_COLUMNS, iso, TRADE_COLUMNS } from "./columns.ts";
import { type AfterTrade, loadAfterTrade } from "./post_trade.ts";

/** How many of the last changed trades are searched for the newest arrivals. */
const RECENT_ROWS = 500;

/**
 * The trades that arrived last, whatever time they were booked at. A trade that has just arrived is among the last
 * changed or the last booked, so that two index reads find it.
 */
export async function loadLatestTrades(session: Session, rowsMax: number): Promise<TradeRow[]> {
  return await session.query<TradeRow & Record<string, unknown>>(
    `select ${TRADE_COLUMNS} from trades t where t.trade_id in (
      (select trade_id from trades order by updated_at desc limit ${RECENT_ROWS})
      union (select trade_id from trades order by booked_at desc, trade_id desc limit $1))
    order by t.first_seen_at desc, t.booked_at desc, t.trade_id desc limit $1`,
    [rowsMax],
  );
}

/** The given trades as they are now, the newest arrivals first. */
export async function loadTradesById(
  session: Session,
  ids: readonly string[],
  rowsMax: number,
): Promise<TradeRow[]> {
  return await session.query<TradeRow & Record<string, unknown>>(
    `select ${TRADE_COLUMNS} from trades t where t.trade_id = any($1::text[])
    order by t.first_seen_at desc, t.booked_at desc, t.trade_id desc limit $2`,
    [ids, rowsMax],
  );
}

/** One trade with every version, its pair, the executions of its ExecID, its breaks and what became of it after. */
export interface TradeStory extends TradeRow, AfterTrade {
  readonly events: readonly Record<string, unknown>[];
  readonly pair: Record<string, unknown> | null;
  readonly executions: readonly Record<string, unknown>[];
  readonly breaks: readonly BreakRow[];
}

/** Null: there is no such trade. */
export async function loadTrade(
  session: Session,
  tradeId: string,
  calendar: Calendar,
): Promise<TradeStory | null> {
  const [trade] = await session.query<TradeRow & Record<string, unknown>>(
    `select ${TRADE_COLUMNS} from trades t where t.trade_id = $1`,
    [tradeId],
  );
  if (!trade) return null;
  const today = Temporal.Now.plainDateISO("UTC").toString();
  const [events, [pair], executions, breaks, after] = await Promise.all([
    session.query(EVENTS, [tradeId]),
    session.query(PAIR, [tradeId]),
    session.query(EXECUTIONS, [trade.exec_id]),
    session.query<StoredBreak>(
      `select ${BREAK_COLUMNS} from breaks b where b.trade_id = $1 order by b.opened_at desc, b.id desc`,
      [tradeId],
    ),
    loadAfterTrade(session, tradeId, today),
  ]);
  if (after === null) return null;
  return { ...trade, ...after, events, pair: pair ?? null, executions, breaks: withClock(breaks, calendar) };
}

const EVENTS =
  `select version::float8 as version, event_type, exec_id, order_id, asset_class, instrument, side,
  quantity, price, currency, notional_value, notional_usd, counterparty, stage, reported_break, settlement_venue,
  trade_date, settlement_date, brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible,
  settlement_status, settlement_reason, settled_quantity, expected_settlement_date, usd_rate, usd_rate_as_of,
  ${iso('"timestamp"')} as "timestamp", processed_by, anomaly, ${iso("recorded_at")} as recorded_at
  from trade_events where trade_id = $1 order by trade_events.version`;

const PAIR =
  `select p.pair_key, p.exec_id, p.book_version::float8 as book_version, p.book_live, p.book_quantity,
  p.book_price, ${iso("p.book_seen_at")} as book_seen_at, p.broker, p.street_trade_date, p.street_quantity,
  p.street_price, ${iso("p.street_seen_at")} as street_seen_at, p.missing
  from pairs p join trades t on t.pair_key = p.pair_key where t.trade_id = $1`;

const EXECUTIONS =
  `select broker, trade_date, exec_id, kind, exec_ref_id, order_id, broker_order_id, instrument,
  side, quantity, price, currency, counterparty, settlement_date, ${iso("transact_time")} as transact_time,
  ${iso("recorded_at")} as recorded_at from executions where exec_id = $1 or exec_ref_id = $1
  order by executions.transact_time, executions.exec_id`;
