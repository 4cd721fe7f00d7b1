/**
 * Loads trades: pages of them by any filter, the newest for the board, and one with its whole story.
 *
 * @module
 */

import type { BreakRow, TradeRow } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import type { StoredBreak } from "./breaks.ts";
import { BREAK_COLUMNS, iso, TRADE_COLUMNS } from "./columns.ts";

/** Each set field must match exactly; `from` and `to` are trade dates, inclusive. */
export interface TradeFilter {
  readonly tradeId?: string | undefined;
  readonly execId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly assetClass?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly status?: string | undefined;
  readonly stage?: string | undefined;
  readonly instrument?: string | undefined;
  readonly side?: string | undefined;
  readonly venue?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Where a page ended: the next one starts after it. */
export interface TradeCursor {
  readonly bookedAt: string;
  readonly tradeId: string;
}

const CONDITIONS: Record<keyof TradeFilter, (param: string) => string> = {
  tradeId: (param) => `t.trade_id = ${param}`,
  // trades has no index on exec_id, pairs has.
  execId: (param) => `t.trade_id in (select trade_id from pairs where exec_id = ${param})`,
  orderId: (param) => `t.order_id = ${param}`,
  assetClass: (param) => `t.asset_class = ${param}`,
  counterparty: (param) => `t.counterparty = ${param}`,
  status: (param) => `t.status = ${param}`,
  stage: (param) => `t.stage = ${param}`,
  instrument: (param) => `t.instrument = ${param}`,
  side: (param) => `t.side = ${param}`,
  venue: (param) => `t.settlement_venue = ${param}`,
  from: (param) => `t.trade_date >= ${param}::date`,
  to: (param) => `t.trade_date <= ${param}::date`,
};

/** Trades that match, the newest booking first. */
export async function loadTrades(
  session: Session,
  filter: TradeFilter,
  page: { rowsMax: number; after?: TradeCursor | undefined },
): Promise<TradeRow[]> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
    const value = filter[name as keyof TradeFilter];
    return value === undefined ? [] : [condition(bind(value))];
  });
  if (page.after) {
    where.push(
      `(t.booked_at, t.trade_id) < (${bind(page.after.bookedAt)}::timestamptz, ${bind(page.after.tradeId)})`,
    );
  }
  return await session.query<TradeRow & Record<string, unknown>>(
    `select ${TRADE_COLUMNS} from trades t ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by t.booked_at desc, t.trade_id desc limit ${bind(page.rowsMax)}`,
    params,
  );
}

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

/** One trade with every version, its pair, the executions of its ExecID and its breaks. */
export interface TradeStory extends TradeRow {
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
  const [events, [pair], executions, breaks] = await Promise.all([
    session.query(EVENTS, [tradeId]),
    session.query(PAIR, [tradeId]),
    session.query(EXECUTIONS, [trade.exec_id]),
    session.query<StoredBreak>(
      `select ${BREAK_COLUMNS} from breaks b where b.trade_id = $1 order by b.opened_at desc, b.id desc`,
      [tradeId],
    ),
  ]);
  return { ...trade, events, pair: pair ?? null, executions, breaks: withClock(breaks, calendar) };
}

const EVENTS =
  `select version::float8 as version, event_type, exec_id, order_id, asset_class, instrument, side,
  quantity, price, currency, notional_value, notional_usd, counterparty, stage, reported_break, settlement_venue,
  trade_date, settlement_date, brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible,
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
