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
import type { Trade } from "../shared/trade/trade.ts";
import {
  affirmation,
  allocation,
  allocationAnswer,
  cancelReject,
  capture,
  confirmation,
  dispute,
  orderReport,
  replacement,
} from "./post_trade_facts.ts";
import { one } from "./harness.ts";
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
    [[confirmation("a", { transType: "1", minute: 50 })], ["accepted", null, "confirmed", "unaffirmed"]],
    [[affirmation("a", "3", 51)], ["accepted", null, "confirmed", "affirmed"]],
    [[confirmation("a", { transType: "2", minute: 52 })], ["accepted", null, null, "unaffirmed"]],
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
      { numRuns: 12 },
    );
  },
);

async function openBreaks(database: Database): Promise<string[]> {
  const rows = await database.query("select exec_id, type from breaks where closed_at is null order by 1, 2");
  return rows.map(({ exec_id, type }) => `${exec_id} ${type}`);
}

storeTest(
  "writeBatch() opens a settlement that failed, and closes it when the source says otherwise",
  async (db) => {
    const version = (version: number, changes: Partial<Trade>) => [booking("a", { version, ...changes })];
    const failed = { settlementStatus: "failed", settlementReason: "LACK" } as const;
    const last = async () => (await db.query("select status, book, reason from breaks"))[0];
    await write(db, [...traded("a"), ...version(2, { settlementStatus: "matched" })]);
    assert.equal(await last(), undefined);
    await write(db, version(4, failed));
    await write(db, version(3, { settlementStatus: "settled" }));
    assert.deepEqual(await last(), { status: "open", book: "failed: LACK", reason: null });
    await assertRecounts(db);
    await write(db, version(5, { settlementStatus: "settled", settledQuantity: "100" }));
    assert.deepEqual(await last(), {
      status: "resolved",
      book: "failed: LACK",
      reason: "the source says settled",
    });
    await assertRecounts(db);
  },
);

/** A booking of a day whose cut-off has passed. */
function bookingOfLastWeek(id: string): Decoded {
  const decoded = booking(id, { orderId: `O-${id}` });
  assert(decoded.kind === "trade");
  const cutOffs = { allocateBy: "2026-11-17T00:00:00Z", affirmBy: "2026-11-17T02:00:00Z" };
  return { ...decoded, expected: { ...decoded.expected, ...cutOffs } };
}

storeTest(
  "sweepPostTrade() opens what is not affirmed by its cut-off, unless the topic is not read",
  async (db) => {
    const behind = { topic: "fix-trades", partition: 1, nextOffset: "3", endOffset: "9", recordTimeMs: null };
    await writeProgress(db, "g", [{ ...behind, endAskedAtMs: Date.now() }]);
    await write(db, [bookingOfLastWeek("a"), confirmation("a"), bookingOfLastWeek("b"), ...traded("c")]);
    await write(db, [allocation("b"), allocationAnswer("b", "0"), confirmation("c")]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), [], "a partition is not read to its end");

    await writeProgress(db, "g", [{ ...behind, nextOffset: "9", endAskedAtMs: Date.now() }]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), ["E-a unaffirmed", "E-b unaffirmed"]);
    await write(db, [affirmation("a", "2", 50), confirmation("b"), affirmation("b")]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), ["E-a unaffirmed"]);
    await write(db, [affirmation("a", "3", 55)]);
    await sweepAtEnd(db);
    const rows = await db.query("select trade_id, closed_by, reason from breaks order by 1");
    assert.deepEqual(rows.map(({ closed_by, reason }) => `${closed_by}: ${reason}`), [
      "system: affirmed at 2026-11-23 14:55:00 UTC",
      "system: affirmed at 2026-11-23 14:43:00 UTC",
    ]);
    assert.deepEqual((await db.query(STATES)).map(({ is_late }) => is_late), [true, true, false]);
    await assertRecounts(db);
  },
);

storeTest("sweepPostTrade() closes what a later message cures, and what is cancelled", async (db) => {
  await write(db, [...traded("a"), allocation("a"), allocationAnswer("a", "1", "0"), ...traded("b")]);
  await write(db, [
    allocation("b", { parts: ["30", "80"] }),
    ...traded("c"),
    confirmation("c", { quantity: "90" }),
  ]);
  await sweepAtEnd(db);
  const says = `select trade_id, field, book, street from breaks where type = 'allocation' order by 1`;
  assert.deepEqual(await db.query(says), [
    { trade_id: "a", field: "allocation_status", book: "instructed", street: "rejected: account" },
    { trade_id: "b", field: "allocated_quantity", book: "110", street: "100" },
    { trade_id: "c", field: "quantity", book: "100", street: "90" },
  ]);
  await write(db, [
    allocation("a", { allocId: "A2-a", replaces: "A-a" }),
    booking("b", { orderId: "O-b", version: 2, eventType: "cancelled", stage: "cancelled" }),
    confirmation("c", { transType: "1", minute: 50 }),
  ]);
  await sweepAtEnd(db);
  const closed = await db.query("select trade_id, reason from breaks where type = 'allocation' order by 1");
  assert.deepEqual(closed.map(({ reason }) => reason), [
    "a later message put it right",
    "the booking was cancelled, or is of another order",
    "a later message put it right",
  ]);
  await assertRecounts(db);
});

storeTest(
  "sweepPostTrade() holds a confirmation against the order's fills, not a wrong booking",
  async (db) => {
    const half = { quantity: "50", clOrdId: "O-a" };
    await write(db, [
      booking("1", { orderId: "O-a", quantity: "50", price: "98" }),
      booking("2", { orderId: "O-a", quantity: "5" }),
      fill("E-1", { ...half, price: "98" }),
      fill("E-2", { ...half, price: "99" }),
      confirmation("a", { avgPx: "98.5" }),
    ]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), ["E-2 price", "E-2 quantity"]);

    const reported = { clOrdId: "O-b" };
    await write(db, [
      booking("b", { orderId: "O-b" }),
      fill("E-b", reported, undefined, "100"),
      fill("E-b2", { ...reported, transactTime: "2026-11-23T14:30:01.000000Z" }, undefined, "100"),
      confirmation("b"),
    ]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), ["E-2 price", "E-2 quantity", "E-b2 duplicate"]);
  },
);

storeTest(
  "sweepPostTrade() finds the bookings of an order that was replaced, and one that names no order",
  async (db) => {
    await write(db, [
      booking("a", { orderId: "O-first" }),
      booking("b"),
      fill("E-b", { clOrdId: "O-b" }),
      confirmation("b"),
      replacement("O-first", "O-a"),
      confirmation("a"),
    ]);
    await sweepAtEnd(db);
    const rows = await db.query("select trade_id, confirmation_status from post_trade_status order by 1");
    assert.deepEqual(rows.map((row) => Object.values(row)), [["a", "confirmed"], ["b", "confirmed"]]);
  },
);

storeTest(
  "sweepPostTrade() takes a part of what is due while more is read, and judges nothing by it",
  async (db) => {
    await write(db, [bookingOfLastWeek("a"), confirmation("a")]);
    await db.query(
      "insert into post_trade_due select 'order', 'O-none-' || n from generate_series(1, 5000) n",
    );
    // What it has read is newer than anything it could wait for, so that only what is due holds it back.
    const recordTimeMs = Date.now() + 60_000;
    const behind = { topic: "trades", partition: 1, nextOffset: "3", endOffset: "9", recordTimeMs };
    await writeProgress(db, "g", [{ ...behind, endAskedAtMs: Date.now() }]);
    await sweepAtEnd(db);
    const { left } = await one<{ left: number }>(db, "select count(*)::int as left from post_trade_due");
    assert(left > 0 && left < 5_000, `${left} are left`);
    assert.deepEqual(await openBreaks(db), []);
    await writeProgress(db, "g", [{ ...behind, nextOffset: "9", endAskedAtMs: Date.now() }]);
    await sweepAtEnd(db);
    assert.deepEqual(await openBreaks(db), ["E-a unaffirmed"]);
  },
);

// PendingCancel (6), then the cancel is refused and the order is working (0) again, then cancelled (4) after all.
const LIVES: { name: string; told: () => Decoded[]; want: string }[] = [
  {
    name: "back in its status when a cancel is refused",
    told: () => [orderReport("6", "14:00:00"), cancelReject("0", "14:00:02")],
    want: "0",
  },
  {
    name: "in the status of a newer report",
    told: () => [orderReport("6", "14:00:00"), cancelReject("0", "14:00:02"), orderReport("4", "14:00:05")],
    want: "4",
  },
];
for (const { name, told, want } of LIVES) {
  storeTest(`writeBatch() leaves an order ${name}, in any order of arrival`, async (db) => {
    const status = async () => (await one(db, "select ord_status from orders")).ord_status;
    for (const turn of [told(), told().toReversed()]) {
      await db.query("truncate orders, order_rejects, fix_messages");
      for (const message of turn) await write(db, [message]);
      assert.equal(await status(), want);
      await write(db, turn);
      assert.equal(await status(), want);
    }
  });
}
