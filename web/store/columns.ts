/**
 * Columns as JSON carries them: counts that fit a double as numbers, instants as ISO text in UTC.
 *
 * @module
 */

/** `2026-11-23T14:30:05.125000Z` */
export function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** `2026-11-23T14:30:05.125Z` */
export function isoMs(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** A version is a count or epoch microseconds: both are whole in a double. */
export const TRADE_COLUMNS = `t.trade_id, t.version::float8 as version, t.event_type, t.exec_id, t.order_id,
  t.asset_class, t.instrument, t.side, t.quantity, t.price, t.currency, t.notional_value, t.notional_usd,
  t.counterparty, t.stage, t.status, t.reported_break, t.settlement_venue, t.trade_date, t.settlement_date,
  t.brokerage_fee, t.clearing_fee, t.exchange_fee, t.total_fees, t.priority, t.stp_eligible,
  ${iso('t."timestamp"')} as "timestamp", t.processed_by, ${iso("t.booked_at")} as booked_at,
  ${iso("t.first_seen_at")} as first_seen_at, ${iso("t.updated_at")} as updated_at`;

export const BREAK_COLUMNS =
  `b.id::float8 as id, b.version::float8 as version, b.type, b.severity, b.status, b.trade_id,
  b.exec_id, b.field, b.book, b.street, b.expected, b.differs, b.tolerance_id::float8 as tolerance_id,
  b.counterparty, b.notional_usd, ${iso("b.opened_at")} as opened_at,
  ${iso("b.closed_at")} as closed_at, b.closed_by, b.reason, b.owner, b.root_cause, b.responsible,
  b.requested_action, b.requested_by`;
