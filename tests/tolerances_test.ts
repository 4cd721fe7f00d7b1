/**
 * Tolerances through the API on a real database: versions by named users, in force by trade date, and dry runs that say
 * what the very rule of the reconciliation would have made of the past.
 */

import assert from "node:assert/strict";
import { findAltered } from "../consumer/audit.ts";
import { dayOf } from "../shared/reconcile/sla.ts";
import { type World, worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { startWeb, type Web, write } from "./web_world.ts";

/** Four trades: equal, a cent apart, a dollar apart, and a dollar apart at another broker's. */
async function withPairs(world: World): Promise<Web> {
  const street = ["271.50", "271.51", "272.50", "272.50"];
  await write(
    world,
    street.map((_, at) =>
      booking({
        trade_id: `T-${at + 1}`,
        exec_id: `E-${at + 1}`,
        order_id: `O-${at + 1}`,
        counterparty: at === 3 ? "Citi" : "Goldman Sachs",
      })
    ),
    street.map((price, at) =>
      execution({ 17: `E-${at + 1}`, 11: `O-${at + 1}`, 31: price, ...(at === 3 ? { 49: "CITI" } : {}) })
    ),
  );
  return await startWeb(world);
}

async function post(web: Web, path: string, body: unknown, actor = "anna") {
  const response = await fetch(`${web.url}/api/v1/tolerances${path}`, {
    method: "POST",
    headers: { "x-breakwater-user": actor },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const days = { from: "2026-11-01", to: "2026-11-30" };

worldTest("a dry run names what would break and what no longer would, and changes nothing", async (world) => {
  const web = await withPairs(world);
  const cent = { change: { field: "price", absolute: "0.01" }, ...days };
  const { status, body } = await post(web, "/dry-run", cent);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.compared, body.wouldBreak, body.wouldNotBreak, body.isCut], [4, 0, 1, false]);
  assert.deepEqual(body.items, [{
    trade_id: "T-2",
    exec_id: "E-2",
    counterparty: "Goldman Sachs",
    book: "271.50",
    street: "271.51",
    breaks_now: true,
    would_break: false,
  }]);
  const OTHERS: [change: Record<string, unknown>, tradeIds: string[]][] = [
    [{ field: "price", percent: "1" }, ["T-2", "T-3", "T-4"]],
    [{ field: "price", percent: "1", counterparty: "Citi" }, ["T-4"]],
    [{ field: "price", ticks: "1" }, ["T-2"]],
    [{ field: "price", absolute: "1", assetClass: "bond" }, []],
    [{ field: "price", absolute: "1", validFrom: "2026-11-24" }, []],
    [{ field: "quantity", absolute: "1000" }, []],
    [{ field: "total_fees", absolute: "0" }, []],
  ];
  for (const [change, tradeIds] of OTHERS) {
    const { body } = await post(web, "/dry-run", { change, ...days });
    assert.deepEqual(body.items.map(({ trade_id }: { trade_id: string }) => trade_id).sort(), tradeIds);
  }
  assert.equal((await web.json("/api/v1/tolerances?history=true")).items.length, 7, "those of the schema");
});

worldTest("what a dry run says is what the reconciliation does once the change is made", async (world) => {
  const web = await withPairs(world);
  // Not the fixture's own date, whatever day it is.
  const day = Temporal.PlainDate.from(dayOf(Date.now())).add({ days: 40 }).toString();
  const change = { field: "price", absolute: "0.01", validFrom: day, text: "a cent is nothing" };
  const made = await post(web, "", change);
  assert.deepEqual([made.status, made.body.changed_by, made.body.text, made.body.valid_from], [
    201,
    "anna",
    "a cent is nothing",
    day,
  ]);
  const later = { trade_date: day, settlement_date: day };
  const on = day.replaceAll("-", "");
  await write(
    world,
    [
      booking({ ...later, trade_id: "T-8", exec_id: "E-8", order_id: "O-8" }),
      booking({ ...later, trade_id: "T-9", exec_id: "E-9", order_id: "O-9" }),
    ],
    [
      execution({ 17: "E-8", 11: "O-8", 31: "271.51", 75: on, 64: on }),
      execution({ 17: "E-9", 11: "O-9", 31: "271.52", 75: on, 64: on }),
    ],
  );
  const broken = await world.database.query(
    "select trade_id, tolerance_id::float8 as tolerance_id from breaks where type = 'price' and trade_id in ('T-8', 'T-9')",
  );
  assert.deepEqual(broken, [{ trade_id: "T-9", tolerance_id: made.body.id }]);
  const wider = await post(web, "/dry-run", { change: { field: "price" }, from: day, to: day });
  assert.deepEqual(
    [wider.body.wouldBreak, wider.body.items[0].trade_id],
    [1, "T-8"],
    "a scope without amounts ends",
  );
});

worldTest("of two who change one scope the second is told; other scopes go on", async (world) => {
  const { database } = world;
  const web = await withPairs(world);
  const [price] = (await web.json("/api/v1/tolerances?field=price")).items;
  const change = { field: "price", absolute: "0.02", replaces: price.id };
  const both = await Promise.all([post(web, "", change), post(web, "", change, "ben")]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
  const [won, lost] = both[0].status === 201 ? both : both.toReversed();
  assert.deepEqual([lost!.body.code, lost!.body.tolerance.id], ["version", won!.body.id]);
  const citi = await post(web, "", { field: "price", counterparty: "Citi", absolute: "0.5", replaces: null });
  assert.equal(citi.status, 201);
  const { items } = await web.json("/api/v1/tolerances?field=price");
  assert.deepEqual(
    items.map(({ absolute, counterparty }: Record<string, string>) => [absolute, counterparty]),
    [
      ["0.5", "Citi"],
      ["0.02", null],
    ],
  );
  assert.equal((await web.json("/api/v1/tolerances?field=price&history=true")).items.length, 3);

  const REFUSED: [body: unknown, status: number][] = [
    [{ field: "side", absolute: "1" }, 400],
    [{ field: "price", absolute: "-1" }, 400],
    [{ field: "price", absolute: 1 }, 400],
    [{ field: "price", absolute: "1", validFrom: "2026-01-05" }, 422],
  ];
  for (const [body, status] of REFUSED) {
    assert.equal((await post(web, "", body)).status, status, JSON.stringify(body));
  }
  const tooLong = { change: { field: "price", absolute: "1" }, from: "2024-01-01", to: "2026-01-01" };
  assert.equal((await post(web, "/dry-run", tooLong)).status, 400);
  const block = { change: { field: "average_price", absolute: "1" }, ...days };
  assert.equal((await post(web, "/dry-run", block)).status, 422);

  assert.deepEqual(await findAltered(database), []);
  await assert.rejects(() => database.query("update tolerances set absolute = 9"), /append-only/);
  await database.query("alter table tolerances disable trigger tolerances_append_only");
  await database.query("update tolerances set absolute = 9 where id = 1");
  assert.deepEqual((await findAltered(database)).map((line) => line.split(" is ")[0]), ["tolerance 1"]);
});
