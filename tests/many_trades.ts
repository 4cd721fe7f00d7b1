/**
 * A database with very many trades, made by the database itself: each with its execution, its pair and its history, so
 * that plans and times are those of a large book.
 *
 * @module
 */

import type { Database } from "../shared/platform/postgres.ts";

const TRADE =
  `'T' || n, 1, 'booked', 'E' || n, 'O' || n / 3, 'equity', 'AAPL', 'buy', 100, 98.4, 'USD', 9840, 9840,
  'Citi', 'settled', 'settled', 'DTC', day, day + 1, 1, 0.2, 0.1, 1.3, 'normal', true, at, 'test'`;
const COLUMNS =
  `trade_id, version, event_type, exec_id, order_id, asset_class, instrument, side, quantity, price,
  currency, notional_value, notional_usd, counterparty, stage, status, settlement_venue, trade_date, settlement_date,
  brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by`;

const without = (columns: string, name: string) => columns.replace(`${name}, `, "");

/** The days before today, so that nothing is within a grace period. */
const SERIES = `
  select n, day, day + interval '14 hours' + n % 3600 * interval '1 second' as at
  from (select n, date '2026-01-05' + (n % 200)::int as day from generate_series(1, $1) n) s`;

const FILLS = [
  `insert into trades (${COLUMNS}, pair_key, booked_at, first_seen_at, updated_at)
   select ${TRADE}, 'E' || n, at, at, at from (${SERIES}) s`,
  `insert into trade_events (${without(COLUMNS, "status")}, content_hash)
   select ${TRADE.replace("'settled', 'settled'", "'settled'")}, '\\x00' from (${SERIES}) s`,
  `insert into executions (broker, trade_date, exec_id, kind, applied, order_id, instrument, side, quantity, price,
     currency, counterparty, transact_time, cum_qty)
   select 'CITI', day, 'E' || n, 'trade', true, 'O' || n / 3, 'AAPL', 'buy', 100, 98.4, 'USD', 'Citi', at,
     100 * (n % 3 + 1) from (${SERIES}) s`,
  `insert into orders (order_id, ord_status, instrument, side, order_qty, cum_qty, counterparty, transact_time,
     msg_seq_num)
   select 'O' || n, '2', 'AAPL', 'buy', 300, 300, 'Citi', now(), 1 from generate_series(0, $1 / 3) n`,
  `insert into fix_messages (topic, partition, "offset", digest, raw, begin_string, msg_type, exec_id)
   select 'fix-trades', 0, n, '\\x00', '\\x00', 'FIX.4.4', '8', 'E' || n from generate_series(1, $1) n`,
  `insert into pairs (pair_key, exec_id, trade_id, book_version, book_live, book_trade_date, book_quantity,
     book_price, book_seen_at, broker, street_live, street_trade_date, street_dated, street_quantity, street_price,
     street_seen_at)
   select 'E' || n, 'E' || n, 'T' || n, 1, true, day, 100, 98.4, at, 'CITI', true, day, true, 100, 98.4, at
   from (${SERIES}) s`,
];

/** Fills the tables, with `breaks` price breaks open among the trades. */
export async function makeTrades(database: Database, trades: number, breaks: number): Promise<void> {
  for (const sql of FILLS) await database.query(sql, [trades]);
  await database.query(
    `select open_break('E' || n, 'price', 'T' || n, 'E' || n, 'price', '98.4', '98.5', 'Citi', 9840)
     from generate_series(1, $1) n`,
    [breaks],
  );
  await database.query("vacuum analyze");
}
