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

/** The end state without what depends on the clock or on the order of arrival: keys and places of empty pairs. */
async function state(database: Database): Promise<string[]> {
  const tables = await Promise.all([
    database.query(
      `select trade_id, version, stage, status, quantity, price, booked_at from trades order by 1`,
    ),
    database.query("select trade_id, version, anomaly from trade_events order by 1, 2"),
    database.query("select broker, trade_date, exec_id, kind from executions order by 1, 2, 3"),
    database.query(`select exec_id, trade_id, book_version, book_live, broker, street_live, street_price,
        book_repeats, street_repeats, effective_id
      from pairs where trade_id is not null or broker is not null order by 1, 2, 5`),
    database.query(`select type, trade_id, exec_id, field, book, street, expected, differs from breaks
      where closed_at is null order by 1, 2, 3`),
  ]);
  return tables.flat().map((row) => Object.values(row).join(" "));
}

const STAGES = ["pending_confirmation", "confirmed", "settlement_pending", "settled"] as const;

const at = (second: number) => ({ transactTime: `${DAY}T14:31:0${second}.000000Z` });
const cancelled = (id: string, changes = {}) =>
  booking(id, { version: 2, stage: "cancelled", eventType: "cancelled", ...changes });

/** What a broker takes back or corrects, each with its booking. */
function streetChanges(): Decoded[] {
  return [
    booking("f", { price: "98.5" }),
    fill("E-f"),
    fill("C1-f", { kind: "correct", execRefId: "E-f", price: "98.3", ...at(0) }),
    fill("C2-f", { kind: "correct", execRefId: "C1-f", price: "98.5", ...at(1) }),
    booking("g"),
    fill("E-g"),
    fill("X-g", { kind: "cancel", execRefId: "E-g", ...at(0) }),
    booking("h", { brokerageFee: "2.00", totalFees: "2.30" }),
    fill("E-h", { side: "sell", instrument: "MSFT" }, { brokerageFee: "9" }),
    fill("C-h", { kind: "correct", execRefId: "E-h", settlementDate: "2026-11-25", ...at(0) }, {
      brokerageFee: "2",
    }),
  ];
}

/** Sides that are there twice, or that one or both of them take back. */
function repeats(): Decoded[] {
  const ubs = { broker: "UBSW", counterparty: "UBS", price: "5" };
  const order = { clOrdId: "O-n" };
  return [
    booking("i"),
    booking("i2", { execId: "E-i" }),
    booking("i3", { execId: "E-i", price: "1" }),
    fill("E-i"),
    booking("j"),
    booking("j2", { execId: "E-j" }),
    cancelled("j"),
    fill("E-j"),
    booking("k"),
    cancelled("k"),
    fill("E-k"),
    booking("l"),
    cancelled("l"),
    fill("E-l"),
    fill("X-l", { kind: "cancel", execRefId: "E-l", ...at(0) }),
    booking("m"),
    booking("m2", { execId: "E-m", counterparty: "UBS", price: "5" }),
    fill("E-m"),
    fill("E-m", ubs),
    booking("n"),
    fill("E-n", { ...order, ...at(0) }, {}, "100"),
    fill("E-n2", { ...order, ...at(1) }, {}, "100"),
    fill("E-n3", { ...order, ...at(2) }, {}, "200"),
    fill("E-n4", { ...order, ...at(3) }, {}, "200"),
    fill("X-n4", { ...order, kind: "cancel", execRefId: "E-n4", ...at(4) }),
  ];
}

/** Some trades with several versions each, wrong ones among them, and what the street says of them. */
function facts(): Decoded[] {
  const plain = ["a", "b", "c", "d", "e"].flatMap((id, index) => {
    const wrong = index === 1 ? { price: "99" } : index === 2 ? { quantity: "7" } : {};
    const versions = STAGES.slice(0, 2 + index % 3).map((stage, step) =>
      booking(id, { version: step + 1, stage, eventType: step === 0 ? "booked" : "status", ...wrong })
    );
    return index === 3 ? versions : [...versions, fill(`E-${id}`)];
  });
  return [...plain, ...streetChanges(), ...repeats()];
}

storeTest("writeBatch() ends in one state, whatever the order, the batches and the writers", async (db) => {
  const tables = "trades, trade_events, executions, fix_messages, pairs, breaks, break_events, kpi_day";
  const reset = `truncate ${tables}, kpi_minute, kpi_venue, exposures, kpi_messages, changes`;
  await write(db, facts());
  const want = await state(db);
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
      assert.deepEqual(await state(db), want);
      await assertRecounts(db);
    }),
    { numRuns: 12 },
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
  const before = await state(db);
  const again = await write(db, batch);
  assert.deepEqual([again.tradesNew, again.conflicts, again.breaksOpened], [0, 0, 0]);
  assert.deepEqual(await state(db), before);
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
