/**
 * The read API on a real database: figures equal a recount, pages hold every row once, and what is wrong in a
 * request is said.
 *
 * @module
 */

import assert from "node:assert/strict";
import { one, type World, worldTest } from "./harness.ts";
import { booking, execution, manyBookings } from "./messages.ts";
import { startProgram } from "./programs.ts";
import { startWeb, type Web, write } from "./web_world.ts";

async function problemOf(web: Web, path: string) {
  const response = await web.get(path);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const problem = await response.json();
  assert.equal(problem.status, response.status);
  return problem as { status: number; title: string; detail: string };
}

/** Three trades of two days, one of them cancelled, one with a wrong price on the street. */
async function writeThree(world: World): Promise<void> {
  const other = { trade_id: "T-2", exec_id: "E-2", asset_class: "bond", counterparty: "Citi", side: "sell" };
  const gone = { trade_id: "T-3", exec_id: "E-3", counterparty: "UBS" };
  await write(world, [
    booking({ settlement_venue: "DTC" }),
    booking({ ...other, trade_date: "2026-11-20", settlement_venue: "Euroclear", status: "confirmed" }),
    booking(gone),
    booking({ ...gone, version: 2, event_type: "cancelled" }),
  ], [execution({ 31: "272.50" })]);
}

worldTest("GET /api/v1/kpis counts what is stored, without cancelled trades", async (world) => {
  await writeThree(world);
  const web = await startWeb(world);
  const kpi = await web.json("/api/v1/kpis");
  assert.deepEqual(kpi.scope, { from: null, to: null, currency: "USD" });
  assert.match(kpi.asOf, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(kpi.trades, 2);
  assert.equal(kpi.notional, "54300.00");
  assert.deepEqual(kpi.fees, { brokerage: "5.44", clearing: "1.08", exchange: "1.62", total: "8.14" });
  assert.deepEqual(kpi.byStatus, {
    break: { trades: 1, notional: "27150.00" },
    confirmed: { trades: 1, notional: "27150.00" },
  });
  assert.deepEqual(Object.keys(kpi.byAssetClass), ["bond", "equity"]);
  assert.deepEqual(Object.keys(kpi.byCounterparty), ["Citi", "Goldman Sachs"]);
  assert.deepEqual(kpi.bySide.sell, { trades: 1, notional: "27150.00" });
  assert.deepEqual(kpi.exposure["Goldman Sachs"], { trades: 1, bought: "27150.00", sold: "0" });
  assert.equal(kpi.breaks.open, 1);
  assert.equal(kpi.breaks.rate, 0.5);
  assert.deepEqual(kpi.breaks.byType, { price: 1 });
  assert.deepEqual([kpi.fixMessages, kpi.deadLetters, kpi.lag], [1, 0, 0]);
  assert.deepEqual(kpi.feeds, { book: true, street: true, seenAt: null });
});

const RECOUNT =
  `select count(*)::float8 as trades, sum(notional_usd)::text as notional, sum(brokerage_fee)::text as brokerage,
  sum(clearing_fee)::text as clearing, sum(exchange_fee)::text as exchange, sum(total_fees)::text as total,
  avg((status = 'break')::int)::numeric(20, 6)::float8 as rate from trades where status <> 'cancelled'`;
const recountBy = (column: string) =>
  `select json_object_agg(name, tally) as by from (select ${column} as name,
    json_build_object('trades', count(*), 'notional', sum(notional_usd)::text) as tally
  from trades where status <> 'cancelled' group by 1) x`;

worldTest("GET /api/v1/kpis equals a recount of what the market sent", async (world) => {
  await world.produce(["--count", "600", "--rate", "max", "--seed", "recount", "--break-rate", "0.1"]);
  await world.catchUp();
  await world.catchUpAfterGrace();
  const web = await startWeb(world);
  const kpi = await web.json("/api/v1/kpis");
  const { trades, notional, rate, ...fees } = await one(world.database, RECOUNT);
  assert.deepEqual([kpi.trades, kpi.notional, kpi.fees, kpi.breaks.rate], [trades, notional, fees, rate]);
  for (
    const [name, query] of [
      ["byStatus", recountBy("status")],
      ["byAssetClass", recountBy("asset_class")],
      ["byCounterparty", recountBy("counterparty")],
      ["byVenue", recountBy("settlement_venue")],
      ["bySide", recountBy("side")],
    ] as const
  ) {
    assert.deepEqual(kpi[name], (await one(world.database, query)).by, name);
  }
  const { types } = await one(
    world.database,
    "select json_object_agg(type, n) as types from (select type, count(*) as n from breaks where closed_at is null group by 1) x",
  );
  assert.deepEqual(kpi.breaks.byType, types);
  assert(kpi.breaks.open > 20);
  const { messages } = await one(world.database, "select count(*)::float8 as messages from fix_messages");
  assert.equal(kpi.fixMessages, messages);
  const inWindow = await one(
    world.database,
    `select count(*)::float8 as trades from trades where status <> 'cancelled'
      and date_trunc('minute', booked_at) between $1 and $2`,
    [kpi.window.from, kpi.window.to],
  );
  assert.equal(
    kpi.minutes.reduce((sum: number, minute: { trades: number }) => sum + minute.trades, 0),
    inWindow.trades,
  );
  assert(inWindow.trades as number > 400);
});

worldTest("GET /api/v1/kpis counts the trade dates it is asked for", async (world) => {
  await writeThree(world);
  const web = await startWeb(world);
  const friday = await web.json("/api/v1/kpis?from=2026-11-20&to=2026-11-20");
  assert.deepEqual([friday.trades, friday.breaks.open, friday.breaks.rate], [1, 0, 0]);
  const monday = await web.json("/api/v1/kpis?from=2026-11-21");
  assert.deepEqual([monday.trades, monday.breaks.open, monday.breaks.rate], [1, 1, 1]);
  assert.deepEqual(monday.scope, { from: "2026-11-21", to: null, currency: "USD" });
});

worldTest("GET /api/v1/trades hands out every trade once, the newest first", async (world) => {
  const bookings = manyBookings(23).map((attributes, n) => ({
    ...attributes,
    // Several trades of one instant: the cursor must tell them apart.
    timestamp: `2026-11-23T14:30:0${n % 3}.125Z`,
    asset_class: n % 2 === 0 ? "equity" : "fx",
  }));
  await write(world, bookings);
  const web = await startWeb(world);
  const seen: string[] = [];
  let path = "/api/v1/trades?limit=5";
  for (let next: string | null = ""; next !== null;) {
    const page = await web.json(next === "" ? path : `${path}&cursor=${next}`);
    assert(page.items.length <= 5);
    seen.push(...page.items.map(({ trade_id }: { trade_id: string }) => trade_id));
    next = page.next;
  }
  const { ids } = await one<{ ids: string[] }>(
    world.database,
    "select array_agg(trade_id order by booked_at desc, trade_id desc) as ids from trades",
  );
  assert.deepEqual(seen, ids);

  path = "/api/v1/trades?limit=500";
  const count = async (filter: string) => (await web.json(`${path}&${filter}`)).items.length;
  assert.equal(await count("assetClass=FX"), 11);
  assert.equal(await count("tradeId=T-G7"), 1);
  assert.equal(await count("execId=E-G7"), 1);
  assert.equal(await count("orderId=O-G7"), 1);
  assert.equal(await count("counterparty=Goldman%20Sachs&side=buy&venue=DTCC&instrument=AAPL"), 23);
  assert.equal(await count("counterparty=Nobody"), 0);
  assert.equal(await count("status=settled"), 0);
  assert.equal(await count("from=2026-11-23&to=2026-11-23"), 23);
  assert.equal(await count("from=2026-11-24"), 0);
});

worldTest("GET /api/v1/trades/{id} tells a trade's story", async (world) => {
  await writeThree(world);
  const web = await startWeb(world);
  const trade = await web.json("/api/v1/trades/T-1");
  assert.deepEqual(
    [trade.trade_id, trade.version, trade.price, trade.status, trade.stage, trade.notional_usd],
    ["T-1", 1, "271.50", "break", "pending_confirmation", "27150.00"],
  );
  assert.equal(trade.timestamp, "2026-11-23T14:30:05.125000Z");
  assert.deepEqual(trade.events.map(({ version }: { version: number }) => version), [1]);
  assert.equal(trade.executions[0].price, "272.50");
  assert.deepEqual([trade.pair.book_price, trade.pair.street_price], ["271.50", "272.50"]);
  assert.deepEqual(
    trade.breaks.map(({ type, book, street }: Record<string, string>) => [type, book, street]),
    [["price", "271.50", "272.50"]],
  );
  assert.match((await problemOf(web, "/api/v1/trades/T-nope")).detail, /no trade "T-nope"/);
});

worldTest("GET /api/v1/breaks answers open ones unless asked for others", async (world) => {
  await writeThree(world);
  await write(world, [booking({ trade_id: "T-4", exec_id: "E-4" })], [
    execution({ 17: "E-4", 32: "90", 14: "90", 151: "10", 39: "1" }),
  ]);
  const web = await startWeb(world);
  const types = async (query: string) =>
    (await web.json(`/api/v1/breaks?${query}`)).items.map(({ type }: { type: string }) => type).sort();
  assert.deepEqual(await types(""), ["price", "quantity"]);
  assert.deepEqual(await types("type=price"), ["price"]);
  assert.deepEqual(await types("tradeId=T-4"), ["quantity"]);
  assert.deepEqual(await types("counterparty=Goldman%20Sachs"), ["price", "quantity"]);
  const { id, version } = await one(world.database, "select id, version from breaks where type = 'price'");
  await world.database.query("select change_break($1, $2, 'close', 'system', 'agreed')", [id, version]);
  assert.deepEqual(await types(""), ["quantity"]);
  assert.deepEqual(await types("status=closed"), ["price"]);
  assert.deepEqual(await types("status=all"), ["price", "quantity"]);
  const page = await web.json("/api/v1/breaks?status=all&limit=1");
  const rest = await web.json(`/api/v1/breaks?status=all&limit=1&cursor=${page.next}`);
  assert.deepEqual([rest.items.length, rest.next], [1, null]);
  assert.notEqual(rest.items[0].id, page.items[0].id);
});

const BAD: [path: string, detail: RegExp][] = [
  ["/api/v1/trades?limit=0", /limit must be a whole number from 1 to 500/],
  ["/api/v1/trades?limit=1e2", /limit must be a whole number/],
  ["/api/v1/trades?assetClass=stocks", /assetClass must be one of equity, bond/],
  ["/api/v1/trades?status=lost", /status must be one of/],
  ["/api/v1/trades?cursor=abc", /cursor is not one/],
  ["/api/v1/trades?cursor=%F0%9F%92%A9", /cursor is not one/],
  ["/api/v1/trades?tradeID=T-1", /no parameter tradeID/],
  ["/api/v1/trades?side=buy&side=sell", /side may be given only once/],
  ["/api/v1/trades?counterparty=%00", /counterparty holds a NUL/],
  ["/api/v1/trades?from=2026-02-30", /from must be a date such as/],
  ["/api/v1/kpis?from=2026-11-24&to=2026-11-23", /from must not lie after to/],
  ["/api/v1/kpis?from=yesterday", /from must be a date such as/],
  ["/api/v1/breaks?type=bad", /type must be one of price/],
];

worldTest("a wrong parameter is answered with 400 and its reason", async (world) => {
  await write(world, []);
  const web = await startWeb(world);
  for (const [path, detail] of BAD) {
    const problem = await problemOf(web, path);
    assert.equal(problem.status, 400, path);
    assert.match(problem.detail, detail, path);
  }
  assert.equal((await problemOf(web, "/api/v1/nothing")).status, 404);
});

worldTest("every answer carries its headers, and no page needs an inline script", async (world) => {
  await writeThree(world);
  const web = await startWeb(world);
  for (
    const path of ["/", "/trades", "/trades/T-1", "/breaks", "/trades/T-nope", "/trades?limit=0", "/nope"]
  ) {
    const response = await web.get(path);
    const html = await response.text();
    assert.match(response.headers.get("content-type")!, /^text\/html/, path);
    const policy = response.headers.get("content-security-policy")!;
    assert.match(policy, /script-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.doesNotMatch(html, / style="| on\w+="|<script(?![^>]*(src=|application\/json))/, path);
  }
  const statuses = ["/nope", "/trades/T-nope", "/trades?limit=0"].map(async (path) =>
    (await web.get(path)).status
  );
  assert.deepEqual(await Promise.all(statuses), [404, 404, 400]);
});

worldTest("GET / holds the figures, the tables and every module before a script runs", async (world) => {
  await write(world, manyBookings(12));
  await writeThree(world);
  const web = await startWeb(world);
  const html = await (await web.get("/")).text();
  assert.match(html, /<dt[^>]*>Trades<\/dt><dd[^>]*>14<\/dd>/);
  assert.match(html, /1 open break/);
  assert(html.match(/<canvas/g)!.length >= 10);
  const [table] = /<table class="trades">.*?<\/table>/s.exec(html)!;
  assert.equal(table.match(/<tr/g)!.length, 1 + 15);
  const scripts = [...html.matchAll(/(?:modulepreload" href|script type="module" src)="(\/[^"]+\.js)"/g)];
  assert(scripts.length > 2);
  for (const [, path] of scripts) {
    const script = await web.get(path!);
    assert.equal(script.status, 200);
    assert.equal(script.headers.get("content-encoding"), "gzip");
    assert.match(script.headers.get("cache-control")!, /immutable/);
    for (const [, imported] of (await script.text()).matchAll(/from"\.\/([\w.-]+)"/g)) {
      assert(html.includes(imported!), `${imported} is not named in the page`);
    }
  }
});

worldTest("a wrong password ends the web in one line", async (world) => {
  const url = new URL(world.settings.DATABASE_URL!);
  url.password = "wrong";
  const web = startProgram("web", [], { ...world.settings, DATABASE_URL: url.href });
  assert.equal((await web.status).code, 1);
  assert.match(web.log(), /^web: .*password authentication failed.*\n$/m);
  assert.doesNotMatch(web.log(), /^\s+at /m);
});
