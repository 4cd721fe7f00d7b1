/**
 * Lists of trades on a real database: every order hands out every trade once, both ways and from the middle; a filter
 * leaves exactly what it says; a file holds the same rows.
 *
 * @module
 */

import assert from "node:assert/strict";
import { SORT_WORDS } from "../web/components/trades/sorts.ts";
import { CSV_COLUMNS } from "../web/api/trades_csv.ts";
import { one, type World, worldTest } from "./harness.ts";
import { booking, manyBookings } from "./messages.ts";
import { startWeb, type Web, write } from "./web_world.ts";

type Ids = { trade_id: string }[];
const idsOf = (rows: Ids) => rows.map(({ trade_id }) => trade_id);

const CLASSES = ["equity", "bond", "derivative", "fx", "commodity"];

/** Trades that share values in every way, so that only the id tells some of them apart. */
async function writeMany(world: World, count: number): Promise<void> {
  const varied = manyBookings(count).map((attributes, n) => ({
    ...attributes,
    timestamp: `2026-11-2${n % 3}T14:30:0${n % 4}.125Z`,
    trade_date: `2026-11-${["20", "23", "19"][n % 3]}`,
    asset_class: CLASSES[n % 5],
    instrument: ["AAPL", "EUR/USD", "GC"][n % 3],
    counterparty: ["Citi", "UBS"][n % 2],
    settlement_venue: ["DTCC", "LME", "CLS"][n % 3],
    notional_value: String(1_000 * (n % 7)),
  }));
  await write(world, varied);
  await world.database.query("analyze trades");
}

async function walk(web: Web, query: string, step: "cursor" | "before"): Promise<string[]> {
  const seen: string[] = [];
  let from: string | null = null;
  for (;;) {
    const start: string = from === null ? (step === "before" ? "&at=1" : "") : `&${step}=${from}`;
    const page = await web.json(`/api/v1/trades?limit=7&${query}${start}`);
    assert(page.items.length <= 7);
    if (step === "cursor") seen.push(...idsOf(page.items));
    else seen.unshift(...idsOf(page.items));
    from = step === "cursor" ? page.next : page.prev;
    if (from === null) return seen;
  }
}

worldTest("GET /api/v1/trades hands out every trade once in every order, both ways", async (world) => {
  await writeMany(world, 45);
  const web = await startWeb(world);
  for (const sort of SORT_WORDS) {
    const down = await walk(web, `sort=${sort}`, "cursor");
    assert.equal(new Set(down).size, 45, sort);
    assert.equal(down.length, 45, sort);
    assert.deepEqual(await walk(web, `sort=${sort}`, "before"), down, sort);
    const reversed = sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
    assert.deepEqual(await walk(web, `sort=${reversed}`, "cursor"), down.toReversed(), sort);
    const middle = await web.json(`/api/v1/trades?sort=${sort}&at=0.5&limit=5`);
    const at = down.indexOf(middle.items[0].trade_id);
    assert.deepEqual(idsOf(middle.items), down.slice(at, at + 5), `${sort} from the middle`);
  }
  const [{ items }, { ids }] = await Promise.all([
    web.json("/api/v1/trades?sort=-notional&limit=100"),
    one<{ ids: string[] }>(
      world.database,
      "select array_agg(trade_id order by notional_usd desc, trade_id desc) as ids from trades",
    ),
  ]);
  assert.deepEqual(idsOf(items), ids);
});

const FILTERS: [query: string, where: string][] = [
  ["assetClass=FX", "asset_class = 'fx'"],
  ["counterparty=Citi&assetClass=bond", "counterparty = 'Citi' and asset_class = 'bond'"],
  ["venue=LME&side=buy", "settlement_venue = 'LME'"],
  ["venue=LME&assetClass=bond", "settlement_venue = 'LME' and asset_class = 'bond'"],
  ["status=settled", "false"],
  ["counterparty=Nobody", "false"],
  ["from=2026-11-20&to=2026-11-22", "trade_date = '2026-11-20'"],
  ["to=2026-11-20&instrument=GC", "trade_date <= '2026-11-20' and instrument = 'GC'"],
  ["settlesFrom=2026-11-24&settlesTo=2026-11-24", "settlement_date = '2026-11-24'"],
  ["settlesFrom=2026-11-25", "settlement_date >= '2026-11-25'"],
  ["q=usd", "instrument = 'EUR/USD'"],
  ["q=_", "false"],
  ["q=T-G7", "trade_id = 'T-G7'"],
  ["q=E-G8", "exec_id = 'E-G8'"],
  ["q=O-G9", "order_id = 'O-G9'"],
  ["execId=E-G7&counterparty=UBS", "exec_id = 'E-G7' and counterparty = 'UBS'"],
  ["currency=USD", "currency = 'USD'"],
];

worldTest("a filter leaves what it says, in every order, and its count bounds it", async (world) => {
  await writeMany(world, 45);
  const web = await startWeb(world);
  for (const [query, where] of FILTERS) {
    const { ids } = await one<{ ids: string[] }>(
      world.database,
      `select coalesce(array_agg(trade_id order by trade_id), '{}') as ids from trades where ${where}`,
    );
    for (const sort of ["-booked", "booked", "-notional", "instrument", "-tradeDate", "updated"]) {
      const page = await web.json(`/api/v1/trades?${query}&sort=${sort}&limit=100&count=true`);
      assert.deepEqual(idsOf(page.items).sort(), ids, `${query} by ${sort}`);
      assert.deepEqual([page.next, page.prev], [null, null]);
      assert.equal(page.count.bound === "most" || page.count.trades === ids.length, true, query);
      assert(page.count.trades >= ids.length, query);
    }
    for (const sort of ["-booked", "-instrument", "notional"]) {
      assert.deepEqual(
        (await walk(web, `${query}&sort=${sort}`, "cursor")).sort(),
        ids,
        `${query} by ${sort}`,
      );
    }
  }
});

const BAD: [query: string, detail: RegExp][] = [
  ["sort=price", /sort must be one of booked, -booked/],
  ["at=2", /at /],
  ["at=0.5&cursor=abc", /cursor goes without before and at/],
  ["before=abc", /cursor is not one/],
  ["settlesFrom=2026-11-24&settlesTo=2026-11-23", /settlesFrom must not lie after settlesTo/],
];

worldTest("a place fits the list that it came from", async (world) => {
  await writeMany(world, 9);
  const web = await startWeb(world);
  const { next } = await web.json("/api/v1/trades?limit=2&sort=-notional");
  const foreign: typeof BAD[number] = [`cursor=${next}`, /one of a list sorted by notional/];
  for (const [query, detail] of [...BAD, foreign]) {
    const response = await web.get(`/api/v1/trades?${query}`);
    assert.equal(response.status, 400, query);
    assert.match((await response.json()).detail, detail, query);
  }
});

worldTest("GET /api/v1/trades.csv holds what the list holds, safe for a spreadsheet", async (world) => {
  await writeMany(world, 20);
  const odd = { trade_id: 'T-"odd", one', instrument: "=1+1", processed_by: "@home" };
  await write(world, [booking(odd)]);
  const web = await startWeb(world);
  const response = await web.get("/api/v1/trades.csv?counterparty=Citi&sort=-notional");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type")!, /^text\/csv; charset=utf-8/);
  assert.match(
    response.headers.get("content-disposition")!,
    /^attachment; filename="trades-\d{8}-\d{6}\.csv"$/,
  );
  const lines = (await response.text()).split("\r\n");
  assert.equal(lines[0], CSV_COLUMNS.join(","));
  assert.equal(lines.at(-1), "");
  const { items } = await web.json("/api/v1/trades?counterparty=Citi&sort=-notional");
  assert.deepEqual(lines.slice(1, -1).map((line) => line.split(",")[0]), idsOf(items));

  const line = (await (await web.get("/api/v1/trades.csv?instrument=%3D1%2B1")).text()).split("\r\n")[1]!;
  assert(line.startsWith(`"T-""odd"", one",equity,'=1+1,buy,100,271.50,`), line);
  assert(line.includes(",'@home,"), line);
  assert.equal((await web.get("/api/v1/trades.csv?limit=5")).status, 400);
  assert.equal((await web.get("/api/v1/trades.csv?status=settled")).status, 200);
});
