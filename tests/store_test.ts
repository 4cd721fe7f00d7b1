/**
 * The store on a real database: whatever order the facts come in, however they are cut into batches, and from
 * however many writers at once, they end in the same state.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { findAltered } from "../consumer/audit.ts";
import type { Decoded } from "../consumer/decode.ts";
import { writeBatch, writeProgress, type Written } from "../consumer/store/mod.ts";
import { sweep, type SweepSettings } from "../consumer/sweep.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { one } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { booking, DAY, fill, storeTest } from "./store_world.ts";

const SETTINGS: SweepSettings = {
  group: "g",
  tradesTopic: "trades",
  fixTopic: "fix-trades",
  graceSeconds: 0,
  missing: "both",
};

const write = (database: Database, decoded: Decoded[]): Promise<Written> =>
  writeBatch(database, SETTINGS.group, decoded, []);

/** Says that both topics are read to their ends just now. */
async function atLagZero(database: Database): Promise<void> {
  const at = { partition: 0, nextOffset: "9", endOffset: "9", endAskedAtMs: Date.now(), recordTimeMs: null };
  await writeProgress(database, "g", ["trades", "fix-trades"].map((topic) => ({ topic, ...at })));
}

async function openBreaks(database: Database): Promise<string[]> {
  const rows = await database.query("select exec_id, type from breaks where closed_at is null order by 1, 2");
  return rows.map(({ exec_id, type }) => `${exec_id} ${type}`);
}

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

storeTest(
  "writeBatch() takes a correction's values, and flags a bust that the book still has",
  async (db) => {
    await write(db, [booking("a", { price: "98.5" }), fill("E-a"), booking("b"), fill("E-b")]);
    assert.deepEqual(await openBreaks(db), ["E-a price"]);
    await write(db, [fill("C-a", { kind: "correct", execRefId: "E-a", price: "98.5" })]);
    await write(db, [fill("X-b", { kind: "cancel", execRefId: "E-b" })]);
    assert.deepEqual(await openBreaks(db), ["E-b bust"]);
    await write(db, [booking("b", { version: 2, stage: "cancelled", eventType: "cancelled" })]);
    assert.deepEqual(await openBreaks(db), []);
    await assertRecounts(db);
  },
);

storeTest("sweep() flags a missing side only after it was read past the grace period", async (db) => {
  await write(db, [booking("a"), booking("b"), fill("E-b"), fill("E-c")]);
  assert.deepEqual(await sweep(db, SETTINGS), { ran: true, opened: 0, withinGrace: 2 }, "nothing was read");
  await atLagZero(db);
  assert.equal((await sweep(db, { ...SETTINGS, graceSeconds: 60 })).opened, 0, "the grace period lasts");
  assert.equal((await sweep(db, { ...SETTINGS, missing: "off" })).opened, 0);
  assert.equal((await sweep(db, SETTINGS)).opened, 2);
  assert.deepEqual(await openBreaks(db), ["E-a missing_street", "E-c missing_book"]);
  assert.equal((await one(db, "select status from trades where trade_id = 'a'")).status, "break");

  await write(db, [fill("E-a"), booking("c", { price: "1" })]);
  assert.deepEqual(await openBreaks(db), ["E-c price"]);
  assert.equal(
    (await one(db, "select status from trades where trade_id = 'a'")).status,
    "pending_confirmation",
  );
  await assertRecounts(db);
});

storeTest("sweep() expects nothing of a feed that never came", async (db) => {
  await write(db, [booking("a")]);
  await atLagZero(db);
  assert.equal((await sweep(db, SETTINGS)).opened, 0, "no street feed");
  await db.query("truncate trades, pairs");
  await write(db, [fill("E-x"), booking("seed", { execId: null })]);
  await atLagZero(db);
  assert.equal((await sweep(db, SETTINGS)).opened, 0, "no booking names an execution");
});

storeTest("writeBatch() opens and closes what the source itself reports", async (db) => {
  await write(db, [booking("a", { execId: null, reportedBreak: "Mismatch", stage: "confirmed" })]);
  assert.deepEqual(await openBreaks(db), ["null reported"]);
  await write(db, [booking("a", { execId: null, version: 2, stage: "settled" })]);
  assert.deepEqual(await openBreaks(db), []);
  assert.equal((await one(db, "select status from trades")).status, "settled");
  await assertRecounts(db);
});

storeTest("writeBatch() closes the breaks of a booking when both sides cancel it", async (db) => {
  await write(db, [booking("a", { price: "1" }), fill("E-a")]);
  assert.deepEqual(await openBreaks(db), ["E-a price"]);
  await write(db, [booking("a", { version: 2, stage: "cancelled", eventType: "cancelled", price: "1" })]);
  assert.deepEqual(await openBreaks(db), ["E-a bust"]);
  await write(db, [fill("X-a", { kind: "cancel", execRefId: "E-a" })]);
  assert.deepEqual(await openBreaks(db), []);
  assert.equal((await one(db, "select status from trades")).status, "cancelled");
  await assertRecounts(db);
});

storeTest(
  "writeBatch() compares everything both sides state, and a correction replaces all of it",
  async (db) => {
    const wrong = {
      side: "sell",
      instrument: "MSFT",
      counterparty: "UBS",
      currency: "EUR",
      settlementDate: "2026-11-25",
      price: "1",
      quantity: "2",
    } as const;
    await write(db, [booking("a"), fill("E-a", wrong, { brokerageFee: "7" })]);
    const types = [
      "counterparty",
      "currency",
      "fees",
      "instrument",
      "price",
      "quantity",
      "settlement_date",
      "side",
    ];
    assert.deepEqual(await openBreaks(db), types.map((type) => `E-a ${type}`));
    assert.deepEqual(
      await one(
        db,
        "select field, book, street, tolerance_id is not null as known from breaks where type = 'fees'",
      ),
      {
        field: "brokerage_fee",
        book: "1.00",
        street: "7",
        known: true,
      },
    );
    await assertRecounts(db);
    await write(db, [fill("C-a", { kind: "correct", execRefId: "E-a" }, { brokerageFee: "1.01" })]);
    assert.deepEqual(await openBreaks(db), []);
    await assertRecounts(db);
  },
);

storeTest("writeBatch() calls the later of two bookings of one execution a duplicate", async (db) => {
  const early = booking("a", { execId: "E", timestamp: `${DAY}T14:30:00.000000Z` });
  const late = booking("b", { execId: "E", timestamp: `${DAY}T14:31:00.000000Z` });
  const tables = "trades, trade_events, executions, fix_messages, pairs, breaks, break_events, kpi_day";
  for (const order of [[early, late, fill("E")], [late, early, fill("E")], [fill("E"), late, early]]) {
    await db.query(`truncate ${tables}, kpi_minute, kpi_venue, exposures, kpi_messages, changes cascade`);
    for (const fact of order) await write(db, [fact]);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    const open = await db.query(`select pair_key, type, trade_id, exec_id, book, expected, differs from breaks
      where closed_at is null`);
    const surplus = {
      type: "duplicate",
      trade_id: "b",
      exec_id: "E",
      book: "b",
      expected: "a",
      differs: "book",
    };
    assert.deepEqual(open, [{ pair_key: "E#b", ...surplus }]);
    const paired = await db.query("select trade_id, pair_key from trades order by 1");
    assert.deepEqual(paired.map(({ pair_key }) => pair_key), ["E", "E#b"]);
    await assertRecounts(db);
  }
  await write(db, [booking("a", { execId: "E", version: 2, stage: "cancelled", eventType: "cancelled" })]);
  assert.deepEqual(await openBreaks(db), []);
  assert.equal((await one(db, "select trade_id from pairs where pair_key = 'E'")).trade_id, "b");
  await assertRecounts(db);
});

storeTest("writeBatch() seats bookings of brokers that number alike, with the right one", async (db) => {
  const ubs = { broker: "UBSW", counterparty: "UBS" };
  await write(db, [
    booking("a", { execId: "1" }),
    booking("b", { execId: "1", counterparty: "UBS", price: "5" }),
  ]);
  await write(db, [fill("1", { ...ubs, price: "5" })]);
  await write(db, [fill("1")]);
  assert.deepEqual(await openBreaks(db), []);
});

storeTest("writeBatch() calls a fill whose CumQty did not advance a duplicate", async (db) => {
  const at = (id: string, second: number, cumQty: string, changes = {}) =>
    fill(id, { clOrdId: "O", transactTime: `${DAY}T14:30:0${second}.000000Z`, ...changes }, {}, cumQty);
  await write(db, [
    booking("1"),
    at("E-1", 1, "100"),
    at("E-2", 2, "100"),
    at("E-3", 3, "200"),
    booking("3"),
  ]);
  await atLagZero(db);
  await sweep(db, SETTINGS);
  const [surplus] = await db.query("select type, trade_id, street, expected, differs from breaks");
  const wanted = { type: "duplicate", trade_id: "E-2", street: "E-2", expected: "E-1", differs: "street" };
  assert.deepEqual(surplus, wanted);
  await write(db, [at("X", 4, "100", { kind: "cancel", execRefId: "E-2" })]);
  assert.deepEqual(await openBreaks(db), []);
  await assertRecounts(db);
});

storeTest("writeBatch() breaks on fees that do not add up, beside what the pair breaks on", async (db) => {
  await write(db, [booking("a", { totalFees: "1.32" }), booking("b", { execId: null, totalFees: "1.31" })]);
  await write(db, [fill("E-a", {}, { brokerageFee: "5" })]);
  assert.deepEqual(await openBreaks(db), ["E-a fees", "E-a fees"]);
  const { book, expected, differs } = await one(db, "select * from breaks where field = 'total_fees'");
  assert.deepEqual([book, expected, differs], ["1.32", "1.3", "book"]);
  await write(db, [booking("a", { version: 2, brokerageFee: "5.00", totalFees: "5.30" })]);
  assert.deepEqual(await openBreaks(db), []);
  await assertRecounts(db);
});

storeTest("writeBatch() records a side that came after its grace period as late, and closed", async (db) => {
  await write(db, [booking("a"), fill("E-b")]);
  await atLagZero(db);
  await sweep(db, SETTINGS);
  await write(db, [fill("E-a"), booking("b")]);
  await write(db, [fill("E-a"), booking("b", { version: 2, stage: "confirmed" })]);
  const late = await db.query(
    "select exec_id, status, closed_by, reason from breaks where type = 'late' order by 1",
  );
  assert.deepEqual(late, [
    { exec_id: "E-a", status: "resolved", closed_by: "system", reason: "the execution arrived late" },
    { exec_id: "E-b", status: "resolved", closed_by: "system", reason: "the booking arrived late" },
  ]);
  assert.deepEqual(await openBreaks(db), []);
  await assertRecounts(db);
});

storeTest("open_break() leaves a closed break closed until a compared value changes", async (db) => {
  await write(db, [booking("a", { price: "1" }), fill("E-a")]);
  await db.query("select change_break(id, version, 'resolve', 'anna', 'agreed by phone') from breaks");
  await write(db, [booking("a", { version: 2, price: "1.00", stage: "confirmed" })]);
  assert.deepEqual(await openBreaks(db), [], "1.00 is 1");
  await write(db, [booking("a", { version: 3, price: "2", stage: "confirmed" })]);
  assert.deepEqual(await openBreaks(db), ["E-a price"]);
  await assertRecounts(db);
});

storeTest("open_break() reopens what closed by itself when the same values come back", async (db) => {
  await write(db, [booking("a", { price: "1", reportedBreak: "Mismatch" }), fill("E-a")]);
  assert.deepEqual(await openBreaks(db), ["E-a price", "E-a reported"]);
  await write(db, [booking("a", { version: 2 })]);
  assert.deepEqual(await openBreaks(db), []);
  await write(db, [booking("a", { version: 3, price: "1", reportedBreak: "Mismatch" })]);
  assert.deepEqual(await openBreaks(db), ["E-a price", "E-a reported"]);
  assert.equal((await one(db, "select status from trades")).status, "break");
  assert.deepEqual(await one(db, "select count(*) as n from breaks"), { n: "2" });
  await assertRecounts(db);
});
