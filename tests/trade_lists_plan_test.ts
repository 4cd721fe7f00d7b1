/**
 * Lists of many trades: no order and no usual filter reads the whole table, and a file is written at its reader's pace.
 *
 * @module
 */

import assert from "node:assert/strict";
import { migrate } from "../consumer/migrate.ts";
import { SORT_WORDS, toSort } from "../web/components/trades/sorts.ts";
import { loadTrades } from "../web/store/trade_lists.ts";
import type { TradeFilter } from "../web/store/trade_filter.ts";
import { placeOf } from "../web/components/trades/sorts.ts";
import { type World, worldTest } from "./harness.ts";
import { explaining } from "./plans.ts";
import { until } from "./programs.ts";
import { startWeb } from "./web_world.ts";

const ROWS = 120_000;

/** As a market would spread them: an instrument has one class, a venue a few. */
const TRADES = `
  insert into trades (trade_id, version, event_type, order_id, asset_class, instrument, side, quantity, price, currency,
    notional_value, notional_usd, counterparty, stage, status, settlement_venue, trade_date, settlement_date,
    brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by, booked_at, updated_at)
  select 'T-' || lpad(n::text, 7, '0'), 1, 'booked', 'O-' || n / 3, (array['equity', 'bond', 'fx'])[1 + i % 3], 'I-' || i,
    (array['buy', 'sell'])[1 + n % 2], 100, 1, 'USD', amount, amount, 'C-' || n % 8, 'settled',
    case when n % 97 = 0 then 'break' else 'settled' end, 'V-' || i % 3 || '-' || n % 2, day, day + 1, 1, 1, 1, 3,
    'normal', true, at, 'test', at, at
  from (select n, i, date '2026-09-01' + n / 3000 as day, (i % 3 * 1000 + n * 7919 % 1000)::numeric as amount,
      date '2026-09-01' + n / 3000 + time '14:00' + n % 3000 * interval '8 seconds' as at
    from (select n, n % 30 as i from generate_series(0, ${ROWS} - 1) n) a) b`;

async function fill({ database }: World): Promise<void> {
  await migrate(database);
  await database.query(TRADES);
  await database.query(
    `insert into kpi_day select trade_date, asset_class, counterparty, status, count(*), sum(notional_usd),
      sum(brokerage_fee), sum(clearing_fee), sum(exchange_fee), sum(total_fees) from trades group by 1, 2, 3, 4`,
  );
  await database.query(
    `insert into kpi_venue (day, settlement_venue, side, status, trades, notional_usd)
    select trade_date, settlement_venue, side, status, count(*), sum(notional_usd) from trades group by 1, 2, 3, 4`,
  );
  await database.query("vacuum analyze trades");
}

const FILTERS: TradeFilter[] = [
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

worldTest("no order and no filter reads all trades, at the top or in the middle", async (world) => {
  await fill(world);
  const { database, scans } = explaining(world.database, new Set(["trades"]));
  for (const filter of FILTERS) {
    for (const word of SORT_WORDS) {
      const sort = toSort(word);
      await database.transaction(async (tx) => {
        const rows = await loadTrades(tx, filter, { sort, rowsMax: 50 });
        const last = rows.at(-1);
        if (last) await loadTrades(tx, filter, { sort, rowsMax: 50, after: placeOf(sort, last) });
      });
      const found = scans.splice(0).map(({ sql }) => sql);
      assert.deepEqual(found, [], `${JSON.stringify(filter)} by ${word}`);
    }
  }
});

const EXPORTING = `select count(*)::int as n, bool_and(state = 'idle in transaction') as resting
  from pg_stat_activity where datname = current_database() and query like 'fetch%'`;

worldTest("a file is written as its reader reads, and no more than two at a time", async (world) => {
  await fill(world);
  const web = await startWeb(world);
  const open = async () => (await web.get("/api/v1/trades.csv")).body!.getReader();
  const [slow, other] = [await open(), await open()];
  const first = await slow.read();
  assert(first.value!.length < 1_000_000, "the first piece is small");
  await until("both wait for their readers", async () => {
    const [row] = await world.database.query(EXPORTING);
    return row!.n === 2 && row!.resting;
  });
  const refused = await web.get("/api/v1/trades.csv");
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("retry-after"), "5");
  await refused.body?.cancel();

  await other.cancel();
  await until("the one who left is forgotten", async () => {
    const [row] = await world.database.query(EXPORTING);
    return row!.n === 1;
  });
  let lines = count(first.value!);
  for (let part = await slow.read(); !part.done; part = await slow.read()) lines += count(part.value);
  assert.equal(lines, ROWS + 1);
});

function count(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
}
