/**
 * Lists of breaks on a real database: in the order they are worked on, page by page, by every filter; counted, and
 * written to the counterparty.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { migrate } from "../consumer/migrate.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import { sweep } from "../consumer/sweep.ts";
import { SEVERITIES, severityOf } from "../shared/reconcile/severity.ts";
import { type World, worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { booking as booked, fill, storeTest } from "./store_world.ts";
import { startWeb, type Web, write } from "./web_world.ts";

/** Breaks as the sweep and the analysts leave them, without the trades behind them. */
async function writeBreaks({ database }: World, breaks: readonly Record<string, unknown>[]): Promise<void> {
  await migrate(database);
  await database.query(
    `insert into breaks (pair_key, type, trade_id, status, counterparty, notional_usd, owner, opened_at, closed_at)
     select 'P-' || n, type, 'T-' || n, coalesce(status, 'open'), coalesce(counterparty, 'Citi'), notional_usd,
       owner, coalesce(opened_at, now()), closed_at
     from jsonb_to_recordset($1::jsonb) as b(n int, type text, status text, counterparty text,
       notional_usd numeric, owner text, opened_at timestamptz, closed_at timestamptz) order by n`,
    [JSON.stringify(breaks.map((row, index) => ({ n: index + 1, ...row })))],
  );
}

async function idsOf(web: Web, query: string, user?: string): Promise<number[]> {
  const headers = user === undefined ? {} : { "x-breakwater-user": user };
  const response = await fetch(`${web.url}/api/v1/breaks?${query}`, { headers });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body.items.map(({ id }: { id: number }) => id);
}

worldTest("break_severity() of the database is severityOf()", async ({ database }) => {
  await migrate(database);
  const anyValue = fc.oneof(
    fc.constant(null),
    fc.constantFrom("0", "499999.99", "500000", "5000000.00", "24999999.99", "25000000"),
    fc.bigInt({ min: 0n, max: 10n ** 11n }).map((cents) => `${cents / 100n}.${cents % 100n}`),
  );
  const types = await database.query<{ type: string }>(
    `select distinct type from unnest(regexp_split_to_array((select pg_get_constraintdef(oid) from pg_constraint
      where conname = 'breaks_type_check'), '''')) type where type ~ '^[a-z_]+$'`,
  );
  assert(types.length >= 17, "the types of the table's constraint");
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), anyValue, async ({ type }, notional) => {
      const [row] = await database.query("select break_severity($1, $2) as severity", [type, notional]);
      assert.equal(row!.severity, severityOf(type, notional));
    }),
    { numRuns: 200 },
  );
});

storeTest("a break of what nobody booked has the value of the execution", async (database) => {
  await writeBatch(database, "tests", [booked("1"), fill("E-1"), fill("E-2", { quantity: "60000" })], []);
  await database.query(
    `insert into ingest_progress (consumer_group, topic, partition, next_offset, end_offset, updated_at)
    select 'tests', topic, 0, 1, 1, 'infinity' from unnest(array['trades', 'fix-trades']) topic`,
  );
  const topics = { tradesTopic: "trades", fixTopic: "fix-trades" };
  await sweep(database, { group: "tests", ...topics, graceSeconds: 0, missing: "both" });
  const breaks = await database.query("select type, notional_usd, severity from breaks");
  assert.deepEqual(breaks, [{ type: "missing_book", notional_usd: "5904375.00", severity: "critical" }]);
});

worldTest("GET /api/v1/breaks hands out every break once, the worst and oldest first", async (world) => {
  const values = ["100", "600000", "6000000", "60000000", null];
  const breaks = Array.from({ length: 40 }, (_, n) => ({
    type: n % 3 === 0 ? "price" : "quantity",
    notional_usd: values[n % values.length],
    // Several of one instant: the cursor must tell them apart.
    opened_at: `2026-11-23T14:30:0${n % 4}.000001Z`,
  }));
  await writeBreaks(world, breaks);
  const web = await startWeb(world);
  for (
    const [query, order] of [
      ["", "array_position(array['critical', 'high', 'medium', 'low'], severity::text), opened_at, id"],
      ["order=newest", "opened_at desc, id desc"],
      ["status=all", "opened_at desc, id desc"],
    ] as const
  ) {
    const seen: number[] = [];
    for (let next: string | null = ""; next !== null;) {
      const page: { items: { id: number }[]; next: string | null } = await web.json(
        `/api/v1/breaks?limit=7&${query}${next && `&cursor=${next}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    const want = await world.database.query(`select id::float8 as id from breaks order by ${order}`);
    assert.deepEqual(seen, want.map(({ id }) => id), query);
  }
  const { next } = await web.json("/api/v1/breaks?limit=7");
  assert.equal((await web.get(`/api/v1/breaks?order=newest&cursor=${next}`)).status, 400);
});

worldTest("GET /api/v1/breaks knows whose, how bad and how late", async (world) => {
  const long = "2026-01-05T15:00:00Z";
  await writeBreaks(world, [
    { type: "price", notional_usd: "100", owner: "anna", status: "assigned" },
    { type: "price", notional_usd: "60000000", owner: "ben", status: "in_review", opened_at: long },
    { type: "side", notional_usd: "600000", counterparty: "UBS" },
    { type: "fees", notional_usd: "100", opened_at: long, closed_at: long, status: "resolved" },
  ]);
  const web = await startWeb(world);
  assert.deepEqual(await idsOf(web, ""), [2, 3, 1]);
  assert.deepEqual(await idsOf(web, "open=true"), [2, 3, 1]);
  assert.deepEqual(await idsOf(web, "owner=me", "Anna"), [1]);
  assert.deepEqual(await idsOf(web, "owner=ben"), [2]);
  assert.deepEqual(await idsOf(web, "owner=none"), [3]);
  assert.deepEqual(await idsOf(web, "severity=critical"), [2]);
  assert.deepEqual(await idsOf(web, "severity=high&counterparty=UBS&type=side"), [3]);
  assert.deepEqual(await idsOf(web, "overdue=true"), [2]);
  assert.deepEqual(await idsOf(web, "status=closed"), [4]);
  for (const query of ["owner=me", "open=true&status=open", "open=false", "severity=worst"]) {
    assert.equal((await web.get(`/api/v1/breaks?${query}`)).status, 400, query);
  }
  const { items } = await web.json("/api/v1/breaks?owner=ben");
  const [{ severity, business_date, due_at, overdue, age_business_days }] = items;
  assert.deepEqual([severity, business_date, due_at, overdue], [
    "critical",
    "2026-01-05",
    "2026-01-05T17:00:00.000Z",
    true,
  ]);
  assert(age_business_days > 200);
});

worldTest("GET /api/v1/breaks/summary counts what the list of the same filter holds", async (world) => {
  const breaks = Array.from({ length: 24 }, (_, n) => ({
    type: ["price", "quantity", "missing_book"][n % 3],
    notional_usd: [null, "600000.25", "7000000"][n % 3],
    owner: ["anna", null][n % 2],
    counterparty: ["Citi", "UBS"][n % 2],
    opened_at: n < 8 ? "2026-01-05T15:00:00Z" : undefined,
  }));
  await writeBreaks(world, breaks);
  const web = await startWeb(world);
  for (const query of ["", "owner=none", "type=price", "severity=critical", "counterparty=Nobody"]) {
    const { items } = await web.json(`/api/v1/breaks?limit=500&${query}`);
    const summary = await web.json(`/api/v1/breaks/summary?${query}`);
    const count = (test: (row: Record<string, unknown>) => boolean) => items.filter(test).length;
    assert.equal(summary.breaks, items.length, query);
    assert.equal(summary.overdue, count(({ overdue }) => overdue === true));
    for (const severity of SEVERITIES) {
      assert.equal(summary.bySeverity[severity]?.breaks ?? 0, count((row) => row.severity === severity));
    }
    assert.equal(summary.byOwner[""]?.breaks ?? 0, count(({ owner }) => owner === null));
    assert.equal(summary.byAge["8+"]?.breaks ?? 0, count((row) => Number(row.age_business_days) >= 8));
  }
  const { notional, byCounterparty } = await web.json("/api/v1/breaks/summary");
  assert.equal(notional, "60800002.00");
  assert.deepEqual(Object.keys(byCounterparty), ["Citi", "UBS"]);
});

worldTest(
  "GET /api/v1/breaks/{id}/chase writes to the counterparty with the break's numbers",
  async (world) => {
    await write(world, [booking()], [execution({ 31: "272.50" })]);
    const web = await startWeb(world);
    const { to, subject, text } = await web.json("/api/v1/breaks/1/chase");
    assert.equal(to, "Goldman Sachs");
    assert.match(subject, /^Break 1: price, buy 100 AAPL, 2026-11-23$/);
    assert.match(
      text,
      /Our trade +T-1\n +Your execution +E-1\n[^]*We have as price +271.50\n +You have as price +272.50\n/,
    );
    await world.database.query(
      `insert into breaks (pair_key, type, trade_id, status) values ('X', 'missing_book', 'X', 'open')`,
    );
    const nobody = await web.get("/api/v1/breaks/2/chase");
    assert.deepEqual([nobody.status, (await nobody.json()).code], [422, "no_counterparty"]);
    assert.equal((await web.get("/api/v1/breaks/99/chase")).status, 404);
  },
);

worldTest("a path that does not know a method answers 405 and says which it knows", async (world) => {
  await migrate(world.database);
  const web = await startWeb(world);
  const CASES: [method: string, path: string, allow: string | null][] = [
    ["POST", "/api/v1/breaks", "GET, HEAD"],
    ["DELETE", "/api/v1/breaks/1", "GET, HEAD"],
    ["GET", "/api/v1/breaks/1/assign", "POST"],
    ["PUT", "/api/v1/breaks/bulk", "GET, HEAD, POST"],
    ["GET", "/api/v1/fix/decode", "POST"],
    ["PATCH", "/api/v1/kpis", "GET, HEAD"],
    ["POST", "/api/v1/nothing", null],
    ["POST", "/api/v1/breaks/1/close", null],
  ];
  for (const [method, path, allow] of CASES) {
    const response = await fetch(web.url + path, { method });
    await response.body?.cancel();
    assert.deepEqual(
      [response.status, response.headers.get("allow")],
      [allow === null ? 404 : 405, allow],
      path,
    );
  }
});
