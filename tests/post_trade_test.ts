/**
 * What is said after a trade, on a real database: facts under their keys, statuses that follow from them whatever
 * the order they come in, and the breaks of those that disagree or are late.
 */

import assert from "node:assert/strict";
import type { Decoded } from "../consumer/decode.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import type { Database } from "../shared/platform/postgres.ts";
import {
  affirmation,
  allocation,
  allocationAnswer,
  capture,
  confirmation,
  dispute,
} from "./post_trade_facts.ts";
import { booking, fill, storeTest } from "./store_world.ts";

const write = (database: Database, decoded: Decoded[]) => writeBatch(database, "g", decoded, []);

/** A whole trade `<id>` of order `O-<id>`, and all that is said of it. */
const traded = (id: string): Decoded[] => [
  booking(id, { orderId: `O-${id}` }),
  fill(`E-${id}`, { clOrdId: `O-${id}` }),
];
const settledBetween = (id: string): Decoded[] => [
  allocation(id),
  allocationAnswer(id, "0"),
  confirmation(id),
  affirmation(id),
];

const COUNTS = `select (select count(*) from allocations)::int as allocations,
  (select count(*) from confirmations)::int as confirmations, (select count(*) from captures)::int as captures,
  (select count(*) from disputes)::int as disputes, (select count(*) from post_trade_due)::int as due`;

storeTest("writeBatch() keeps each fact after a trade once, however often it is sent", async (db) => {
  const facts = [...traded("a"), ...settledBetween("a"), dispute("a"), capture("a")];
  await write(db, facts);
  const [first] = await db.query(COUNTS);
  const { due: _due, ...counts } = first!;
  assert.deepEqual(counts, { allocations: 2, confirmations: 2, captures: 1, disputes: 1 });
  await write(db, facts);
  await write(db, [allocation("a"), affirmation("a")]);
  assert.deepEqual(await db.query(COUNTS), [first]);
});

storeTest("writeBatch() keeps who said it, and what as it was stated", async (db) => {
  await write(db, [allocation("a", { parts: ["60", "40"] }), confirmation("a"), affirmation("a")]);
  const [asked] = await db.query(
    "select is_evidence, order_ids, quantity, allocated_quantity, accounts->1->>'quantity' as second from allocations",
  );
  assert.deepEqual(asked, {
    is_evidence: false,
    order_ids: ["O-a"],
    quantity: "100",
    allocated_quantity: "100",
    second: "40",
  });
  const said = await db.query(
    "select kind, is_evidence, status, net_amount from confirmations order by kind",
  );
  assert.deepEqual(said, [
    { kind: "affirmation", is_evidence: false, status: "3", net_amount: null },
    { kind: "confirmation", is_evidence: true, status: "4", net_amount: "9841.93" },
  ]);
});
