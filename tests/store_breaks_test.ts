/**
 * Breaks on a real database: what opens them, what closes them, and what is recorded when it is over.
 */

import assert from "node:assert/strict";
import { sweep } from "../consumer/sweep.ts";
import { one } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { atLagZero, booking, DAY, fill, openBreaks, SETTINGS, storeTest, write } from "./store_world.ts";

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
