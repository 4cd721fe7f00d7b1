/**
 * Bookings that state no execution, on a real database: the sweep pairs them by what they say, or as a block.
 */

import assert from "node:assert/strict";
import { sweep } from "../consumer/sweep.ts";
import type { Database } from "../shared/platform/postgres.ts";
import type { Trade } from "../shared/trade/trade.ts";
import { one } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { atLagZero, booking, DAY, fill, openBreaks, SETTINGS, storeTest, write } from "./store_world.ts";

const LOOSE = { execId: null } as const;

storeTest(
  "sweep() pairs a booking that states no execution, and lets go when it states another",
  async (db) => {
    await write(db, [
      fill("E-1", { clOrdId: "O-1" }),
      fill("E-2", { price: "50" }),
      fill("E-3", { price: "60", side: "sell" }),
    ]);
    await write(db, [
      booking("named", { ...LOOSE, orderId: "O-1", price: "97" }),
      booking("equal", { ...LOOSE, price: "50.0", counterparty: "CITI" }),
      booking("nearly", { ...LOOSE, price: "60", side: "sell", quantity: "10" }),
      booking("other", { execId: "E-9" }),
    ]);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    const paired = "select pair_key, trade_id, pass from pairs where exec_id < 'E-4' order by 1";
    assert.deepEqual(await db.query(paired), [
      { pair_key: "E-1", trade_id: "named", pass: 2 },
      { pair_key: "E-2", trade_id: "equal", pass: 3 },
      { pair_key: "E-3", trade_id: "nearly", pass: 4 },
    ]);
    assert.deepEqual(await openBreaks(db), ["E-1 price", "E-3 quantity", "E-9 missing_street"]);
    await assertRecounts(db);

    await write(db, [
      booking("named", { version: 2, execId: "E-8" }),
      booking("nearly", { ...LOOSE, version: 2, price: "60", side: "sell" }),
    ]);
    assert.deepEqual(await openBreaks(db), ["E-9 missing_street"]);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), ["E-1 missing_book", "E-8 missing_street", "E-9 missing_street"]);
    const { candidates } = await one(db, "select candidates from pairs where pair_key = 'E-1'");
    assert.deepEqual(candidates, [{ tradeId: "named", differs: [] }, { tradeId: "other", differs: [] }]);
    await write(db, [booking("stated", { execId: "E-2", price: "50" })]);
    assert.equal((await one(db, "select trade_id from pairs where pair_key = 'E-2'")).trade_id, "stated");
    assert.equal((await one(db, "select pair_key from trades where trade_id = 'equal'")).pair_key, null);
    await write(db, [
      booking("nearly", { ...LOOSE, version: 3, stage: "cancelled", eventType: "cancelled" }),
    ]);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    assert.equal((await openBreaks(db))[1], "E-3 missing_book");
    await assertRecounts(db);
  },
);

storeTest("sweep() leaves rivals alone and lists them", async (db) => {
  await write(db, [
    booking("x"),
    fill("E-x"),
    fill("E-1"),
    booking("a", { ...LOOSE, price: "1" }),
    booking("b", { ...LOOSE, price: "2" }),
  ]);
  await atLagZero(db);
  await sweep(db, SETTINGS);
  assert.deepEqual(await openBreaks(db), ["E-1 missing_book"]);
  const { candidates } = await one(db, "select candidates from pairs where pair_key = 'E-1'");
  assert.deepEqual(candidates, [{ tradeId: "a", differs: ["price"] }, { tradeId: "b", differs: ["price"] }]);
  await write(db, [booking("c", LOOSE)]);
  await sweep(db, SETTINGS);
  assert.deepEqual(await openBreaks(db), []);
});

const part = (id: string, quantity: string, price: string, cumQty: string, second: number) =>
  fill(id, { clOrdId: "O", quantity, price, transactTime: `${DAY}T14:30:0${second}.000000Z` }, {}, cumQty);
const block = (tradeId: string, quantity: string, price: string, changes: Partial<Trade> = {}) =>
  booking(tradeId, { ...LOOSE, orderId: "O", quantity, price, ...changes });

/** An order of today, so that its day is not over. */
async function today(db: Database): Promise<void> {
  await db.query("update trades set trade_date = now()::date");
  await db.query("update executions set trade_date = now()::date");
  await db.query("update pairs set street_trade_date = now()::date where broker is not null");
}

storeTest(
  "sweep() waits for the rest of an order, then holds a block against sum and average",
  async (db) => {
    await write(db, [part("E-1", "100", "10", "100", 1), part("E-2", "150", "10.10", "250", 2)]);
    await write(db, [block("a", "300", "10.08")]);
    await today(db);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), [], "50 are still to come");
    assert.deepEqual(await db.query("select pair_key, trade_id from pairs where in_progress"), [
      { pair_key: "&O", trade_id: "a" },
    ]);

    await write(db, [part("E-3", "50", "10.20", "300", 3)]);
    await db.query("update orders set ord_status = '2', cum_qty = 300");
    await today(db);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), [], "3025 / 300 is 10.08");
    await assertRecounts(db);

    await write(db, [block("a", "300", "10.09", { version: 2 })]);
    await sweep(db, SETTINGS);
    const broken = await one(
      db,
      "select pair_key, trade_id, type, book, street from breaks where closed_at is null",
    );
    assert.deepEqual(broken, {
      pair_key: "&O",
      trade_id: "a",
      type: "price",
      book: "10.09",
      street: "10.08",
    });
    await assertRecounts(db);

    await write(db, [
      fill("X", { kind: "cancel", execRefId: "E-3", clOrdId: "O", tradeDate: await day(db) }),
    ]);
    await sweep(db, SETTINGS);
    const types = await db.query("select type, street from breaks where closed_at is null order by 1");
    assert.deepEqual(types, [{ type: "price", street: "10.06" }, { type: "quantity", street: "250" }]);
    await write(db, [block("a", "250", "10.06", { version: 3 })]);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), []);
    await assertRecounts(db);
  },
);

async function day(db: Database): Promise<string> {
  return (await one<{ day: string }>(db, "select now()::date as day")).day;
}

storeTest(
  "sweep() holds parts by account against the fills, and lets go what states its execution",
  async (db) => {
    await write(db, [part("E-1", "100", "10", "100", 1), part("E-2", "200", "10.30", "300", 2)]);
    await write(db, [block("a", "150", "10.2"), block("b", "150", "10.2")]);
    await db.query("update orders set ord_status = '2'");
    await atLagZero(db);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), []);
    assert.deepEqual(await db.query("select pair_key from trades"), [{ pair_key: "&O" }, { pair_key: "&O" }]);

    await write(db, [block("b", "200", "10.30", { execId: "E-2", version: 2 })]);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), ["E-1 price", "E-1 quantity"]);
    await write(db, [block("a", "100", "10", { version: 2, execId: "E-1" })]);
    await sweep(db, SETTINGS);
    assert.deepEqual(await openBreaks(db), []);
    assert.deepEqual(await db.query("select pair_key from pairs where block_key is not null"), []);
    await assertRecounts(db);
  },
);
