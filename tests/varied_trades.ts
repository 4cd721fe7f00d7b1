/**
 * A database with very many trades that differ as a market's do, made by the database itself with what is counted of
 * them; and filters that people use on them.
 *
 * @module
 */

import { migrate } from "../consumer/migrate.ts";
import type { Database } from "../shared/platform/postgres.ts";
import type { TradeFilter } from "../web/store/trade_filter.ts";

const DAYS = 40;

/** An instrument has one class, a venue a few; a class has its own size of trades. */
const TRADES = `
  insert into trades (trade_id, version, event_type, order_id, asset_class, instrument, side, quantity, price, currency,
    notional_value, notional_usd, counterparty, stage, status, settlement_venue, trade_date, settlement_date,
    brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by, booked_at, updated_at)
  select 'T-' || lpad(n::text, 7, '0'), 1, 'booked', 'O-' || n / 3, (array['equity', 'bond', 'fx'])[1 + i % 3], 'I-' || i,
    (array['buy', 'sell'])[1 + n % 2], 100, 1, 'USD', amount, amount, 'C-' || n % 8, 'settled',
    case when n % 97 = 0 then 'break' else 'settled' end, 'V-' || i % 3 || '-' || n % 2, day, day + 1, 1, 1, 1, 3,
    'normal', true, at, 'test', at, at
  from (select n, i, date '2026-09-01' + n / $1::int as day, (i % 3 * 1000 + n::bigint * 7919 % 1000)::numeric as amount,
      date '2026-09-01' + n / $1::int + time '14:00' + n % $1::int * interval '300 milliseconds' as at
    from (select n, n % 30 as i from generate_series(0, $2 - 1) n) a) b`;

const COUNTS = [
  `insert into kpi_day select trade_date, asset_class, counterparty, status, count(*), sum(notional_usd),
    sum(brokerage_fee), sum(clearing_fee), sum(exchange_fee), sum(total_fees) from trades group by 1, 2, 3, 4`,
  `insert into kpi_minute (minute, asset_class, status, trades, notional_usd)
  select date_trunc('minute', booked_at, 'UTC'), asset_class, status, count(*), sum(notional_usd)
  from trades group by 1, 2, 3`,
  `insert into kpi_venue (day, settlement_venue, side, status, trades, notional_usd)
  select trade_date, settlement_venue, side, status, count(*), sum(notional_usd) from trades group by 1, 2, 3, 4`,
];

export async function makeVariedTrades(database: Database, trades: number): Promise<void> {
  await migrate(database);
  await database.query(TRADES, [Math.ceil(trades / DAYS), trades]);
  for (const sql of COUNTS) await database.query(sql);
  await database.query("vacuum analyze trades");
}

export const USUAL_FILTERS: readonly TradeFilter[] = [
  {},
  { status: "break" },
  { counterparty: "C-3" },
  { counterparty: "C-3", status: "break" },
  { assetClass: "fx" },
  { assetClass: "fx", venue: "V-0-1" },
  { instrument: "I-7" },
  { q: "i-7" },
  { q: "T-0000777" },
  { from: "2026-09-10", to: "2026-09-10" },
  { from: "2026-09-10", to: "2026-09-12", counterparty: "C-1" },
  { settlesFrom: "2026-09-11", settlesTo: "2026-09-11" },
  { status: "cancelled", counterparty: "C-1" },
];
