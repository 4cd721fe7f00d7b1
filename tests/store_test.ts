/**
 * The store on a real database: whatever order the facts come in, however they are cut into batches, and from
 * however many writers at once, they end in the same state.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { findAltered } from "../consumer/audit.ts";
import type { Decoded } from "../consumer/decode.ts";
import { sweep } from "../consumer/sweep.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { one } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { booking, DAY, fill, openBreaks, SETTINGS, storeTest, write } from "./store_world.ts";

/** The end state without what depends on the clock or on the order of arrival. */
function state(database: Database): Promise<unknown[]> {
  return Promise.all([
    database.query(
      `select trade_id, version, stage, status, quantity, price, booked_at from trades order by 1`,
    ),
    database.query("select trade_id, version, anomaly from trade_events order by 1, 2"),
    database.query("select broker, trade_date, exec_id, kind from executions order by 1, 2, 3"),
    database.query(`select pair_key, trade_id, book_version, book_live, broker, street_live, street_price
      from pairs order by 1`),
    openBreaks(database),
  ]);
}

const STAGES = ["pending_confirmation", "confirmed", "settlement_pending", "settled"] as const;

/** Some trades with several versions each, wrong ones among them, and what the street says of them. */
function facts(): Decoded[] {
  const changed = [
    booking("f", { price: "98.5" }),
    fill("E-f"),
    fill("C1-f", {
      kind: "correct",
      execRefId: "E-f",
      price: "98.3",
      transactTime: `${DAY}T14:31:00.000000Z`,
    }),
    fill("C2-f", {
      kind: "correct",
      execRefId: "C1-f",
      price: "98.5",
      transactTime: `${DAY}T14:32:00.000000Z`,
    }),
    booking("g"),
    fill("E-g"),
    fill("X-g", { kind: "cancel", execRefId: "E-g", transactTime: `${DAY}T14:31:00.000000Z` }),
  ];
  return ["a", "b", "c", "d", "e"].flatMap((id, index) => {
    const wrong = index === 1 ? { price: "99" } : index === 2 ? { quantity: "7" } : {};
    const versions = STAGES.slice(0, 2 + index % 3).map((stage, step) =>
      booking(id, { version: step + 1, stage, eventType: step === 0 ? "booked" : "status", ...wrong })
    );
    return index === 3 ? versions : [...versions, fill(`E-${id}`)];
  }).concat(changed);
}

storeTest("writeBatch() ends in one state, whatever the order, the batches and the writers", async (db) => {
  const tables = "trades, trade_events, executions, fix_messages, pairs, breaks, break_events, kpi_day";
  const reset = `truncate ${tables}, kpi_minute, kpi_venue, exposures, kpi_messages, changes`;
  await write(db, facts());
  const want = JSON.stringify(await state(db));
  await assertRecounts(db);

  const order = fc.shuffledSubarray([...facts().keys()], { minLength: facts().length });
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 1, max: 6 }), fc.boolean(), async (positions, size, both) => {
      await db.query(reset);
      const all = facts();
      const shuffled = positions.map((position) => all[position]!);
      const batches = Array.from(
        { length: Math.ceil(shuffled.length / size) },
        (_, index) => shuffled.slice(index * size, (index + 1) * size),
      );
      if (both) await Promise.all([0, 1].map((turn) => inTurn(db, batches.filter((_, n) => n % 2 === turn))));
      else await inTurn(db, batches);
      await sweep(db, { ...SETTINGS, missing: "off" });
      assert.equal(JSON.stringify(await state(db)), want);
      await assertRecounts(db);
    }),
    { numRuns: 25 },
  );
});

async function inTurn(database: Database, batches: Decoded[][]): Promise<void> {
  for (const batch of batches) await write(database, batch);
}

storeTest("writeBatch() never misses a difference when both sides arrive at once", async (db) => {
  const ids = Array.from({ length: 40 }, (_, index) => `x${index}`);
  const books = ids.map((id) => booking(id, { price: "99" }));
  const streets = ids.toReversed().map((id) => fill(`E-${id}`));
  await Promise.all([write(db, books), write(db, streets)]);
  assert.equal((await openBreaks(db)).length, 40);
  await assertRecounts(db);
});

storeTest("writeBatch() chains the events of breaks that several writers open at once", async (db) => {
  const bad = (id: string) => [booking(id, { price: "99" }), fill(`E-${id}`)];
  const writers = ["a", "b", "c"].map(async (name) => {
    for (let turn = 0; turn < 8; turn++) {
      await write(db, [...bad(`${name}${turn}x`), ...bad(`${name}${turn}y`)]);
    }
  });
  await Promise.all(writers);
  assert.equal((await openBreaks(db)).length, 48);
  assert.deepEqual(await findAltered(db), []);
});

storeTest("writeBatch() does nothing the second time", async (db) => {
  const batch = facts();
  await write(db, batch);
  const before = JSON.stringify(await state(db));
  const again = await write(db, batch);
  assert.deepEqual([again.tradesNew, again.conflicts, again.breaksOpened], [0, 0, 0]);
  assert.equal(JSON.stringify(await state(db)), before);
});

storeTest("writeBatch() sets a version aside that contradicts the stored one", async (db) => {
  const written = await write(db, [booking("a"), booking("a"), booking("a", { price: "1" })]);
  assert.equal(written.duplicates, 1);
  assert.deepEqual(written.setAside.map(({ code }) => code), ["version_conflict"]);
  assert.equal((await one(db, "select price from trades")).price, "98.40625000");
});

storeTest("writeBatch() sets aside alone what the database itself refuses", async (db) => {
  const bad = booking("bad", { instrument: "nul\u0000" });
  const written = await write(db, [booking("a"), bad, booking("b"), fill("E-a")]);
  assert.deepEqual(written.setAside.map(({ code }) => code), ["refused"]);
  assert.equal((await one(db, "select count(*) as n from trades")).n, "2");
  await assertRecounts(db);
});

storeTest(
  "writeBatch() notes a step that is not legal, and forgets it when the gap is filled",
  async (db) => {
    await write(db, [booking("a"), booking("a", { version: 3, stage: "settlement_pending" })]);
    const anomaly = "select anomaly from trade_events where version = 3";
    assert.equal((await one(db, anomaly)).anomaly, "pending_confirmation>settlement_pending");
    await write(db, [booking("a", { version: 2, stage: "confirmed" })]);
    assert.equal((await one(db, anomaly)).anomaly, null);
  },
);

storeTest("writeBatch() keeps executions apart that share an ExecID on different days", async (db) => {
  const next = "2026-11-24";
  await write(db, [booking("a", { execId: "1" }), fill("1")]);
  await write(db, [fill("1", { tradeDate: next, price: "5" })]);
  await write(db, [booking("b", { execId: "1", tradeDate: next, price: "5" })]);
  assert.deepEqual(await openBreaks(db), []);
  const pairs = await db.query("select pair_key, trade_id, street_price from pairs order by 1");
  assert.deepEqual(pairs.map(({ pair_key, trade_id }) => `${pair_key} ${trade_id}`), ["1 a", `1@${next} b`]);
});
