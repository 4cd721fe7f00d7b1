/**
 * A sweep reads by index only what changed, however large the book is. `test:load` measures the same at a million.
 */

import assert from "node:assert/strict";
import { sweep } from "../consumer/sweep.ts";
import { makeTrades } from "./many_trades.ts";
import { explaining } from "./plans.ts";
import { atLagZero, booking, fill, SETTINGS, storeTest, write } from "./store_world.ts";

/** Whose size grows with the trades. A large part of any of them is read faster without an index. */
const LARGE = new Set([
  "trades",
  "trade_events",
  "executions",
  "fix_messages",
  "pairs",
  "orders",
]);
const TRADES = 60_000;

storeTest(`sweep() and a batch read no whole table of ${TRADES} trades`, async (db) => {
  await makeTrades(db, TRADES, 100);
  const { database, scans } = explaining(db, LARGE);
  const sides = (
    id: string,
  ) => [booking(`${id}1`), fill(`E-${id}2`), fill(`E-${id}3`, { clOrdId: "O1" }, {}, "7")];
  await write(db, [
    ...sides("a"),
    booking("loose", { execId: null, orderId: "O1" }),
    booking("rival", { execId: "E-a2" }),
  ]);
  await atLagZero(db);
  const { opened } = await sweep(database, SETTINGS);
  assert(opened > 0, "there was something to do");
  await write(database, [
    ...sides("b"),
    fill("X", { kind: "cancel", execRefId: "E-a2" }),
    booking("a1", { version: 2 }),
  ]);
  await sweep(database, SETTINGS);
  assert.deepEqual(scans, []);
});
