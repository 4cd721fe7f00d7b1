/**
 * A trade as it was at a past instant: the version that was the newest then, and its breaks as they stood.
 *
 * The instant is one of our own clock, of when we were told. A trade that we were told of only later is answered by the
 * source's clock instead: what its versions say had happened by then, and no breaks, since nobody had compared it.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { iso } from "./columns.ts";

export interface TradeAsOf extends Record<string, unknown> {
  readonly trade_id: string;
  readonly version: number;
  readonly stage: string;
  /** `break` while a break was open, else the stage. */
  readonly status: string;
  readonly asOf: string;
  /** Whose clock: ours, of receipt, or the source's. */
  readonly basis: "recorded" | "timestamp";
  /** Versions known then, the oldest first. */
  readonly events: readonly Record<string, unknown>[];
  readonly executions: readonly Record<string, unknown>[];
  readonly breaks: readonly Record<string, unknown>[];
}

const EVENTS = `
  select e.trade_id, e.version::float8 as version, e.event_type, e.exec_id, e.order_id, e.asset_class, e.instrument,
    e.side, e.quantity, e.price, e.currency, e.notional_value, e.notional_usd, e.usd_rate, e.usd_rate_as_of,
    e.counterparty, e.stage, e.reported_break, e.settlement_venue, e.trade_date, e.settlement_date,
    e.expected_settlement_date, e.brokerage_fee, e.clearing_fee, e.exchange_fee, e.total_fees, e.priority,
    e.stp_eligible, e.settlement_status, e.settlement_reason, e.settled_quantity,
    ${iso('e."timestamp"')} as "timestamp", e.processed_by, e.anomaly, ${iso("e.recorded_at")} as recorded_at
  from trade_events e where e.trade_id = $1 and e.recorded_at <= $2::timestamptz
  order by e.version`;

const EVENTS_BY_SOURCE = EVENTS.replace("e.recorded_at <=", 'e."timestamp" <=');

const EXECUTIONS = `
  select broker, trade_date, exec_id, kind, exec_ref_id, instrument, side, quantity, price, currency, counterparty,
    settlement_date, ${iso("transact_time")} as transact_time, ${iso("recorded_at")} as recorded_at
  from executions where (exec_id = $1 or exec_ref_id = $1) and executions.recorded_at <= $2::timestamptz
  order by executions.transact_time, executions.exec_id`;

const BREAKS = `
  select b.id::float8 as id, b.type, b.trade_id, b.exec_id, b.field, e.to_status as status, e.book, e.street,
    e.version::float8 as version, ${iso("e.at")} as changed_at, e.actor as changed_by, e.text as reason,
    ${iso("o.at")} as opened_at
  from breaks b
    join lateral (select * from break_events x where x.break_id = b.id and x.at <= $2::timestamptz
      order by x.version desc limit 1) e on true
    left join lateral (select x.at from break_events x where x.break_id = b.id and x.at <= $2::timestamptz
      and x.action in ('open', 'reopen') order by x.version desc limit 1) o on true
  where b.trade_id = $1 order by b.id`;

const OVER = ["resolved", "written_off"];

/** @param asOf An instant that PostgreSQL reads. Null: nothing was known or had happened of such a trade. */
export async function loadTradeAsOf(
  session: Session,
  tradeId: string,
  asOf: string,
): Promise<TradeAsOf | null> {
  const known = await session.query(EVENTS, [tradeId, asOf]);
  const events = known.length > 0 ? known : await session.query(EVENTS_BY_SOURCE, [tradeId, asOf]);
  const newest = events.at(-1);
  if (newest === undefined) return null;
  const [executions, breaks] = await Promise.all([
    newest.exec_id === null ? [] : session.query(EXECUTIONS, [newest.exec_id, asOf]),
    session.query(BREAKS, [tradeId, asOf]),
  ]);
  const isBroken = breaks.some(({ status }) => !OVER.includes(status));
  return {
    ...newest as { trade_id: string; version: number; stage: string },
    status: isBroken ? "break" : newest.stage,
    asOf,
    basis: known.length > 0 ? "recorded" : "timestamp",
    events,
    executions,
    breaks,
  };
}
