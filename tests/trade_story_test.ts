/**
 * What the web tells of one trade beyond its rows: what was said after it, how it settles, and how it was at any past
 * instant.
 */

import assert from "node:assert/strict";
import { sweepPostTrade } from "../consumer/cut_offs.ts";
import type { Decoded } from "../consumer/decode.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { loadAfterTrade } from "../web/store/post_trade.ts";
import { loadTradeAsOf } from "../web/store/trade_as_of.ts";
import { one } from "./harness.ts";
import {
  affirmation,
  allocation,
  allocationAnswer,
  capture,
  captureAnswer,
  confirmation,
  dispute,
} from "./post_trade_facts.ts";
import { booking, fill, storeTest } from "./store_world.ts";
import { startWeb } from "./web_world.ts";

const write = (database: Database, decoded: Decoded[]) => writeBatch(database, "g", decoded, []);
const SETTINGS = { group: "g", tradesTopic: "trades", fixTopic: "fix-trades", graceSeconds: 0 };
const traded = (id: string) => [
  booking(id, { orderId: `O-${id}` }),
  fill(`E-${id}`, { clOrdId: `O-${id}` }),
];

/** The database's clock, between what was written before and what is written after. */
async function now(database: Database): Promise<string> {
  return (await one<{ at: string }>(database, "select clock_timestamp()::text as at")).at;
}

storeTest("loadAfterTrade() tells what was said after a trade, with its codes in words", async (db) => {
  await write(db, [...traded("a"), allocation("a"), allocationAnswer("a", "1", "4"), ...traded("b")]);
  await write(db, [confirmation("a"), affirmation("a", "2"), capture("a"), dispute("a"), confirmation("b")]);
  await sweepPostTrade(db, SETTINGS);
  const after = (await loadAfterTrade(db, "a", "2026-11-23"))!;
  const { allocation_status, allocation_reason, confirmation_status, affirmation_status, affirm_by } = after
    .post_trade!;
  assert.deepEqual(
    [allocation_status, allocation_reason, confirmation_status, affirmation_status, affirm_by],
    ["rejected", "commission", "confirmed", "rejected", "2026-11-24T02:00:00.000000Z"],
  );
  const words = (rows: typeof after.allocations) => rows.map(({ said }) => said.map(({ about }) => about));
  assert.deepEqual(words(after.allocations), [[], ["block level reject", "commission difference"]]);
  assert.deepEqual(words(after.confirmations), [["confirmed"], ["confirmation rejected: not affirmed"]]);
  assert.deepEqual(words(after.captures), [["compared, matched or affirmed"]]);
  assert.deepEqual(words(after.disputes), [["no matching order"]]);
  assert.equal(after.captures[0]!.brokerage_fee, "5");
  assert.equal(await loadAfterTrade(db, "nobody", "2026-11-23"), null);
});

const CAPTURES: { name: string; answer?: [string, string?]; want: [string, string | null] }[] = [
  { name: "reported", want: ["reported", null] },
  { name: "accepted", answer: ["0"], want: ["accepted", null] },
  {
    name: "rejected for an instrument that is not known",
    answer: ["1", "2"],
    want: ["rejected", "instrument"],
  },
];
for (const { name, answer, want } of CAPTURES) {
  storeTest(`loadAfterTrade() tells that a trade's capture is ${name}`, async (db) => {
    await write(db, [...traded("a"), capture("a"), ...answer ? [captureAnswer("a", ...answer)] : []]);
    const { status, reason, match_status } = (await loadAfterTrade(db, "a", "2026-11-23"))!.capture!;
    assert.deepEqual([status, reason, match_status], [...want, "matched"]);
  });
}

storeTest("loadAfterTrade() tells how a trade settles, and what its delay may cost", async (db) => {
  const failed = { settlementStatus: "failed", settlementReason: "CLAC", version: 2 } as const;
  await write(db, [booking("a"), booking("a", failed), booking("b", { stage: "settled" })]);
  const settlement = async (id: string, day: string) => (await loadAfterTrade(db, id, day))!.settlement;
  const a = await settlement("a", "2026-11-27");
  assert.deepEqual(
    [a.status, a.reason_text, a.responsible, a.expected_settlement_date, a.days_late, a.claim?.amount],
    ["failed", "counterparty has insufficient securities", "broker", "2026-11-24", 3, "2.98"],
  );
  const b = await settlement("b", "2026-11-27");
  assert.deepEqual([b.is_settled, b.days_late, b.claim], [true, 0, null]);
});

storeTest("loadTradeAsOf() gives the version and the breaks of any past instant", async (db) => {
  const before = await now(db);
  await write(db, [booking("a", { price: "99" })]);
  const booked = await now(db);
  await write(db, [fill("E-a")]);
  const broken = await now(db);
  await write(db, [booking("a", { version: 3, stage: "confirmed", eventType: "status" })]);
  const confirmed = await now(db);
  await write(db, [booking("a", { version: 2, price: "98.9" })]);

  const at = async (instant: string) => {
    const trade = await loadTradeAsOf(db, "a", instant);
    return trade && [trade.version, trade.price, trade.status, trade.breaks.length, trade.basis];
  };
  assert.equal(await loadTradeAsOf(db, "a", "2026-11-23T14:30:00Z"), null);
  assert.deepEqual(await at(booked), [1, "99", "pending_confirmation", 0, "recorded"]);
  assert.deepEqual(await at(broken), [1, "99", "break", 1, "recorded"]);
  assert.deepEqual(await at(confirmed), [3, "98.40625000", "confirmed", 1, "recorded"]);
  assert.deepEqual((await loadTradeAsOf(db, "a", confirmed))!.breaks.map(({ status }) => status), [
    "resolved",
  ]);
  const late = (await loadTradeAsOf(db, "a", await now(db)))!;
  assert.deepEqual(late.events.map(({ version }) => version), [1, 2, 3]);
  // Before we were told of it, the source's own clock answers: the second version is of 14:30:02.
  assert.deepEqual(await at("2026-11-23T14:30:02.5Z"), [2, "98.9", "pending_confirmation", 0, "timestamp"]);
  assert(before < booked);
});

storeTest("GET /api/v1/trades/{id}?asOf= answers, and refuses what is no instant", async (db, world) => {
  await write(db, traded("a"));
  const web = await startWeb(world);
  const now = new Date().toISOString();
  assert.equal((await web.json(`/api/v1/trades/a?asOf=${now}`)).basis, "recorded");
  const refused = async (asOf: string) => {
    const response = await web.get(`/api/v1/trades/a?asOf=${asOf}`);
    return `${response.status} ${(await response.json()).detail}`;
  };
  assert.match(await refused("yesterday"), /^400 .*asOf.*must be an instant/);
  assert.match(await refused("2020-01-01T00:00:00Z"), /^404 There is no trade "a" at 2020/);
  const story = await web.json("/api/v1/trades/a");
  assert.deepEqual([story.usd_rate, story.post_trade, story.settlement.is_settled], ["1", null, false]);
});
