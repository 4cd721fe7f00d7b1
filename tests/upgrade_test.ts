/**
 * A database of the first release, with what it holds, brought to the schema of this one.
 */

import assert from "node:assert/strict";
import { findAltered } from "../consumer/audit.ts";
import { migrate, readMigrations } from "../consumer/migrate.ts";
import { worldTest } from "./harness.ts";
import { assertRecounts } from "./recount.ts";

/** The last migration of the first release. */
const RELEASED = 3;

/** As its consumer would have written them: every kind of cash, one trade with a break. */
const WRITTEN = `
  insert into trade_events (trade_id, version, event_type, asset_class, instrument, side, quantity, price, currency,
    notional_value, notional_usd, counterparty, stage, settlement_venue, trade_date, settlement_date, brokerage_fee,
    clearing_fee, exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by, content_hash)
  select 'T-' || n, 1, 'booked', asset_class, instrument, case n % 2 when 0 then 'buy' else 'sell' end, 100, 271.5, 'USD',
    27150, 27150, 'Citi', case n when 5 then 'settled' else 'confirmed' end, 'DTC', '2026-11-20', '2026-11-24', 1, 0.5,
    0.25, 1.75, 'normal', true, '2026-11-20 15:00Z', 'test', ''
  from (values (1, 'equity', 'AAPL'), (2, 'fx', 'EUR/USD'), (3, 'derivative', 'ESZ6'), (4, 'fx', 'EUR/USD'),
    (5, 'bond', 'US912810TM09')) t(n, asset_class, instrument);
  insert into trades (trade_id, version, event_type, asset_class, instrument, side, quantity, price, currency,
    notional_value, notional_usd, counterparty, stage, status, settlement_venue, trade_date, settlement_date,
    brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by, booked_at)
  select trade_id, version, event_type, asset_class, instrument, side, quantity, price, currency, notional_value,
    notional_usd, counterparty, stage, stage, settlement_venue, trade_date, settlement_date, brokerage_fee, clearing_fee,
    exchange_fee, total_fees, priority, stp_eligible, "timestamp", processed_by, "timestamp" from trade_events;
  select count_trades(null, array_agg(t)) from trades t;
  select open_break('T-1', 'price', 'T-1', 'E-1', 'price', '271.5', '272.5', 'Citi', 27150);`;

worldTest(
  "migrate() brings a database of the first release here, with what it holds",
  async ({ database }) => {
    const migrations = await readMigrations();
    await migrate(database, migrations.filter(({ version }) => version <= RELEASED));
    await database.script(WRITTEN);
    const applied = await migrate(database);
    assert.equal(applied.length, migrations.length - RELEASED);
    await assertRecounts(database);
    assert.deepEqual(await findAltered(database), []);
    const [opened] = await database.query("select severity, status from breaks");
    assert.deepEqual(opened, { severity: "low", status: "open" });
    const bases = await database.query("select currency, pay, receive from exposure_bases");
    assert.deepEqual(bases, [{ currency: "EUR", pay: "0", receive: "200" }]);
    await database.query("select change_break(1, 1, 'resolve', 'anna', 'agreed')");
    await assertRecounts(database);
  },
);
