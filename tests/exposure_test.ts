/**
 * Exposures, limits and their alerts on a real database: equal to a recount whatever came in between, changed by named
 * users, and followed by alerts that open and close by themselves.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { findAltered } from "../consumer/audit.ts";
import { evaluateLimits } from "../consumer/limits.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import type { Database } from "../shared/platform/postgres.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { one, type World, worldTest } from "./harness.ts";
import { booking as bookingMessage, tradeRecord } from "./messages.ts";
import { booking, storeTest } from "./store_world.ts";
import { startWeb, type Web, write } from "./web_world.ts";

/** Trades of every kind of cash, at one of two brokers. */
const KINDS: Partial<Trade>[] = [
  { counterparty: "Citi" },
  { counterparty: "Citi", side: "sell", notionalValue: "500.00", notionalUsd: "500.00" },
  { counterparty: "UBS", currency: "EUR", notionalValue: "100.00", notionalUsd: "116.05" },
  {
    assetClass: "fx",
    instrument: "EUR/USD",
    quantity: "1000",
    notionalValue: "1160.50",
    notionalUsd: "1160.50",
  },
  { assetClass: "derivative", instrument: "ESZ6", notionalValue: "300000.00", notionalUsd: "300000.00" },
  {
    assetClass: "derivative",
    instrument: "AAPL261218C00270000",
    notionalValue: "900.00",
    notionalUsd: "900.00",
  },
];

async function assertExposures(database: Database): Promise<void> {
  for (const table of ["exposures", "exposure_bases"]) {
    const wrong = await database.query(`
      (select 'kept' as by, k.* from (table ${table} except table ${table}_recount) k)
      union all (select 'recount', r.* from (table ${table}_recount except table ${table}) r)`);
    assert.deepEqual(wrong, [], table);
  }
}

storeTest(
  "exposures and the cash to come equal a recount, whatever two writers interleave",
  async (database) => {
    const anyStep = fc.record({
      kind: fc.constantFrom(...KINDS),
      trade: fc.integer({ min: 1, max: 6 }),
      version: fc.integer({ min: 1, max: 5 }),
      stage: fc.constantFrom("pending_confirmation", "settlement_pending", "settled", "cancelled"),
      settledQuantity: fc.constantFrom(null, "25", "100"),
      settlementDate: fc.constantFrom("2026-11-24", "2026-11-25"),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 2, maxLength: 12 }), async (steps) => {
        run += 1;
        const records = steps.map(({ kind, trade, version, ...changes }) =>
          booking(`X${run}-${trade}`, {
            ...kind,
            ...changes as Partial<Trade>,
            execId: null,
            version,
            eventType: changes.stage === "cancelled" ? "cancelled" : "status",
          })
        );
        const half = Math.ceil(records.length / 2);
        await Promise.all([
          writeBatch(database, "a", records.slice(0, half), []),
          writeBatch(database, "b", records.slice(half), []),
        ]);
        await assertExposures(database);
      }),
      { numRuns: 12 },
    );
    assert((await one(database, "select count(*) as n from exposure_bases")).n !== "0");
  },
);

const limit = (database: Database, version: number, warn: number | null, breach: number | null) =>
  database.query("select set_limit('Citi', $1, 'gross', $2, $3, '2020-01-01', 'anna', null)", [
    version,
    warn,
    breach,
  ]);

const alerts = async (database: Database) =>
  (await database.query("select key, severity, state, version from alerts order by id"))
    .map(({ key, severity, state, version }) => `${key} ${severity} ${state} ${version}`);

storeTest(
  "a limit's alert opens, rises, falls and closes as two writers book and settle",
  async (database) => {
    // Two and three of these trades: at a level is beyond it.
    await limit(database, 0, 19_681.26, 29_521.89);
    const book = (id: string, changes: Partial<Trade> = {}) => booking(id, { execId: null, ...changes });
    const settle = (id: string) => book(id, { version: 2, stage: "settled", eventType: "status" });
    const writeBoth = (a: Parameters<typeof writeBatch>[2], b: Parameters<typeof writeBatch>[2]) =>
      Promise.all([writeBatch(database, "a", a, []), writeBatch(database, "b", b, [])]);

    await writeBatch(database, "a", [book("1")], []);
    assert.deepEqual([await evaluateLimits(database), await alerts(database)], [0, []]);
    await writeBoth([book("2")], [book("3", { counterparty: "UBS" })]);
    assert.equal(await evaluateLimits(database), 1);
    assert.deepEqual(await alerts(database), ["Citi warning open 1"]);
    await writeBoth([book("4")], [book("5", { side: "sell" })]);
    assert.equal(await evaluateLimits(database), 1);
    assert.equal(await evaluateLimits(database), 0, "nothing changed");
    assert.deepEqual(await alerts(database), ["Citi critical open 2"]);
    await writeBoth([settle("1")], [settle("5")]);
    await evaluateLimits(database);
    assert.deepEqual(await alerts(database), ["Citi warning open 3"]);
    await writeBoth([settle("2")], [settle("4")]);
    await evaluateLimits(database);
    assert.deepEqual(await alerts(database), ["Citi warning closed 4"]);
    await writeBoth([book("6")], [book("7"), book("8")]);
    await evaluateLimits(database);
    assert.deepEqual(await alerts(database), ["Citi warning closed 4", "Citi critical open 1"]);
    await limit(database, 1, null, null);
    await evaluateLimits(database);
    assert.deepEqual(await alerts(database), ["Citi warning closed 4", "Citi critical closed 2"]);
  },
);

storeTest("evaluateLimits() of two processes at once opens one alert", async (database) => {
  await limit(database, 0, 1, 2);
  await writeBatch(database, "a", [booking("1", { execId: null })], []);
  await Promise.all([evaluateLimits(database), evaluateLimits(database), evaluateLimits(database)]);
  assert.deepEqual(await alerts(database), ["Citi critical open 1"]);
});

worldTest("the consumer's sweep opens the alert of what it has just written", async (world) => {
  await world.catchUp();
  await world.database.query(
    "select set_limit('Goldman Sachs', 0, 'net', 20000, 30000, '2020-01-01', 'anna', null)",
  );
  await world.sendTrades([tradeRecord(bookingMessage({ exec_id: undefined }))]);
  await world.catchUp();
  assert.deepEqual(await alerts(world.database), ["Goldman Sachs warning open 1"]);
  const web = await startWeb(world);
  const { items } = await web.json("/api/v1/alerts");
  assert.equal(items[0].text, "Goldman Sachs is at 27150.00 of 30000 USD (net)");
  assert.deepEqual((await web.json("/api/v1/alerts?state=closed")).items, []);
});

/** Citi: 27,150 bought and 1,000 EUR of a sold pair; UBS: a future of 300,000. */
async function withTrades(world: World): Promise<Web> {
  const base = { exec_id: undefined, counterparty: "Citi" };
  const fees = { brokerage_fee: "1.00", clearing_fee: "0.00", exchange_fee: "0.00", total_fees: "1.00" };
  await write(world, [
    bookingMessage({ ...base, ...fees }),
    bookingMessage({
      ...base,
      ...fees,
      trade_id: "T-2",
      asset_class: "fx",
      instrument: "EUR/USD",
      side: "sell",
      quantity: "1000",
      price: "1.1605",
      notional_value: "1160.50",
      settlement_date: "2026-11-25",
    }),
    bookingMessage({
      ...base,
      ...fees,
      trade_id: "T-3",
      asset_class: "derivative",
      instrument: "ESZ6",
      counterparty: "UBS",
      notional_value: "300000.00",
    }),
    bookingMessage({ ...base, ...fees, trade_id: "T-4", status: "settled" }),
  ]);
  return await startWeb(world);
}

worldTest("GET /api/v1/exposure tells what is open, the ladder, and what netting saves", async (world) => {
  const web = await withTrades(world);
  const page = await web.json("/api/v1/exposure");
  const [citi] = page.counterparties.filter(({ counterparty }: { counterparty: string }) =>
    counterparty === "Citi"
  );
  assert.deepEqual([citi.trades, citi.bought_usd, citi.sold_usd, citi.gross_usd, citi.net_usd, citi.state], [
    2,
    "27150.00",
    "1160.50",
    "28310.50",
    "25989.50",
    "none",
  ]);
  assert.deepEqual(page.positions.map((row: Record<string, unknown>) => [row.counterparty, row.value_date]), [
    ["Citi", "2026-11-24"],
    ["UBS", "2026-11-24"],
    ["Citi", "2026-11-25"],
  ]);
  assert.deepEqual(
    page.ladder.map(({ value_date, currency, pay, receive, net, net_usd }: Record<string, string>) => [
      value_date,
      currency,
      pay,
      receive,
      net,
      net_usd,
    ]),
    [
      ["2026-11-24", "USD", "27152", "0", "-27152", "-27152.00"],
      ["2026-11-25", "EUR", "1000", "0", "-1000", "-1160.50"],
      ["2026-11-25", "USD", "1", "1160.5", "1159.5", "1159.50"],
    ],
    "the future's principal does not move, its fee does",
  );
  const usd = page.netting.find((row: Record<string, string>) =>
    row.value_date === "2026-11-25" && row.currency === "USD"
  );
  assert.deepEqual([usd.before, usd.after], ["1161.5", "1159.5"]);
  assert.deepEqual(page.nettingTotal, { before_usd: "29474.00", after_usd: "29472.00", saved: 0.000068 });
  const narrow = await web.json("/api/v1/exposure?counterparty=Citi&currency=EUR&from=2026-11-25");
  assert.deepEqual([narrow.ladder.length, narrow.positions.length, narrow.isCut], [1, 0, false]);
  assert.equal((await web.get("/api/v1/exposure?from=2026-11-25&to=2026-11-24")).status, 400);
});

async function setLimit(web: Web, body: Record<string, unknown>, actor = "anna") {
  const response = await fetch(`${web.url}/api/v1/limits`, {
    method: "POST",
    headers: { "x-breakwater-user": actor },
    body: JSON.stringify({ counterparty: "Citi", ...body }),
  });
  return { status: response.status, body: await response.json() };
}

worldTest("a limit is changed by a named user, one version after the other", async (world) => {
  const { database } = world;
  const web = await withTrades(world);
  const first = await setLimit(web, { version: 0, warnUsd: "20000", breachUsd: "30000.00" });
  assert.deepEqual([first.status, first.body.version, first.body.changed_by], [201, 1, "anna"]);
  const stale = await setLimit(web, { version: 0, warnUsd: "1", breachUsd: "2" }, "ben");
  assert.deepEqual([stale.status, stale.body.code, stale.body.limit.version], [409, "version", 1]);
  const [a, b] = await Promise.all([
    setLimit(web, { version: 1, warnUsd: "1", breachUsd: "2", text: "tighter" }),
    setLimit(web, { version: 1, warnUsd: "3", breachUsd: "4", validFrom: "2028-11-24" }, "ben"),
  ]);
  assert.deepEqual([a.status, b.status].sort(), [201, 409]);

  const [{ version }] = (await web.json("/api/v1/limits?counterparty=Citi&history=true")).items;
  await setLimit(web, { version, warnUsd: "20000", breachUsd: "30000", measure: "net", text: "net now" });
  const later = { version: version + 1, warnUsd: "5", breachUsd: "6", validFrom: "2028-11-24" };
  assert.equal((await setLimit(web, later)).status, 201);
  const { items: [inForce] } = await web.json("/api/v1/limits");
  assert.deepEqual([inForce.measure, inForce.warn_usd, inForce.text], ["net", "20000", "net now"]);
  await evaluateLimits(database);
  const { counterparties: [citi] } = await web.json("/api/v1/exposure");
  assert.deepEqual(
    [citi.counterparty, citi.measure, citi.used_usd, citi.use, citi.state, citi.alert_id],
    ["Citi", "net", "25989.50", 0.866317, "warn", 1],
  );

  for (
    const [body, status] of [
      [{ version: 9, warnUsd: "2", breachUsd: "1" }, 400],
      [{ version: 9, warnUsd: "1", breachUsd: null }, 400],
      [{ version: 9, warnUsd: "-1", breachUsd: "1" }, 400],
      [{ version: 9, warnUsd: 1, breachUsd: 2 }, 400],
      [{ version: 9, warnUsd: "1", breachUsd: "2", validFrom: "2026-01-05" }, 422],
    ] as const
  ) assert.equal((await setLimit(web, body)).status, status, JSON.stringify(body));

  assert.deepEqual(await findAltered(database), []);
  await assert.rejects(() => database.query("update limits set breach_usd = 9"), /append-only/);
  await database.query("alter table limits disable trigger limits_append_only");
  await database.query("update limits set breach_usd = 999999 where version = 1");
  assert.deepEqual((await findAltered(database)).map((line) => line.split(" is ")[0]), ["limit 1 of Citi"]);
});
