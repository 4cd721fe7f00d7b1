/**
 * What is said after a trade, on a real database: facts under their keys, statuses that follow from them whatever
 * the order they come in, and the breaks of those that disagree or are late.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Decoded } from "../consumer/decode.ts";
import { sweepPostTrade } from "../consumer/cut_offs.ts";
import { writeBatch, writeProgress } from "../consumer/store/mod.ts";
import type { Database } from "../shared/platform/postgres.ts";
import {
  affirmation,
  allocation,
  allocationAnswer,
  capture,
  confirmation,
  dispute,
} from "./post_trade_facts.ts";
import { assertRecounts } from "./recount.ts";
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

const SETTINGS = { group: "g", tradesTopic: "trades", fixTopic: "fix-trades", graceSeconds: 0 };

/** Says that both topics are read to their ends just now, then sweeps. */
async function sweepAtEnd(database: Database): Promise<void> {
  const at = { partition: 0, nextOffset: "9", endOffset: "9", endAskedAtMs: Date.now(), recordTimeMs: null };
  await writeProgress(database, "g", ["trades", "fix-trades"].map((topic) => ({ topic, ...at })));
  assert.notEqual(await sweepPostTrade(database, SETTINGS), null);
}

const STATES =
  `select trade_id, allocation_status, allocation_reason, confirmation_status, affirmation_status, is_late
  from post_trade_status order by trade_id`;

storeTest("sweepPostTrade() derives how far a trade has come", async (db) => {
  const steps: [Decoded[], unknown[]][] = [
    [[], []],
    [[allocation("a")], ["instructed", null, null, null]],
    [[allocationAnswer("a", "3", undefined, 40)], ["received", null, null, null]],
    [[allocationAnswer("a", "0")], ["accepted", null, null, "unaffirmed"]],
    [[confirmation("a")], ["accepted", null, "confirmed", "unaffirmed"]],
    [[affirmation("a", "1")], ["accepted", null, "confirmed", "received"]],
    [[affirmation("a", "3", 44)], ["accepted", null, "confirmed", "affirmed"]],
  ];
  await write(db, traded("a"));
  for (const [facts, want] of steps) {
    await write(db, facts);
    await sweepAtEnd(db);
    const [row] = await db.query(STATES);
    const got = row === undefined ? [] : Object.values(row).slice(1, 5);
    assert.deepEqual(got, want);
  }
});

storeTest(
  "sweepPostTrade() ends in one state, whatever the order, the batches and the writers",
  async (db) => {
    const facts = () => [
      ...traded("a"),
      ...settledBetween("a"),
      ...traded("b"),
      allocation("b", { parts: ["60", "50"] }),
      allocationAnswer("b", "1", "8"),
      ...traded("c"),
      allocation("c", { parts: ["60", "50"] }),
      allocationAnswer("c", "1", "8"),
      allocation("c", { allocId: "A2-c", replaces: "A-c", parts: ["60", "40"] }),
      confirmation("c", { quantity: "110" }),
      confirmation("c", { transType: "1", minute: 50 }),
      ...traded("d"),
      confirmation("d", { avgPx: "98.42" }),
      affirmation("d"),
    ];
    const state = async () => [await db.query(STATES), await openBreaks(db)];
    await write(db, facts());
    await sweepAtEnd(db);
    const want = await state();
    assert.deepEqual(want[1], ["E-b allocation", "E-d allocation"]);
    await assertRecounts(db);

    const tables =
      "trades, trade_events, executions, fix_messages, pairs, breaks, break_events, kpi_day, kpi_minute, " +
      "kpi_venue, exposures, kpi_messages, changes, allocations, confirmations, post_trade_due, post_trade_status, " +
      "kpi_post_trade";
    const order = fc.shuffledSubarray([...facts().keys()], { minLength: facts().length });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 9 }), async (positions, size) => {
        await db.query(`truncate ${tables}`);
        const all = facts();
        const writers = [0, 1].map(async (turn) => {
          for (let at = turn * size; at < positions.length; at += 2 * size) {
            await write(db, positions.slice(at, at + size).map((position) => all[position]!));
            if (turn === 0) await sweepAtEnd(db);
          }
        });
        await Promise.all(writers);
        await sweepAtEnd(db);
        assert.deepEqual(await state(), want);
        await assertRecounts(db);
      }),
      { numRuns: 20 },
    );
  },
);

async function openBreaks(database: Database): Promise<string[]> {
  const rows = await database.query("select exec_id, type from breaks where closed_at is null order by 1, 2");
  return rows.map(({ exec_id, type }) => `${exec_id} ${type}`);
}
