import assert from "node:assert/strict";
import type { Execution, Version } from "./story.ts";
import { toTimeline } from "./timeline.ts";

const version = (n: number, changes: Partial<Version> = {}): Version => ({
  version: n,
  event_type: n === 1 ? "booked" : "amended",
  stage: "confirmed",
  timestamp: `2026-11-23T14:30:0${n}.000000Z`,
  recorded_at: "2026-11-23T15:00:00.000000Z",
  anomaly: null,
  reported_break: null,
  price: "98.40",
  processed_by: "sim-1",
  ...changes,
});

const execution = {
  kind: "trade",
  quantity: "100",
  price: "98.5",
  broker: "GSCO",
  exec_id: "E-1",
  exec_ref_id: null,
} as
  & Execution
  & { transact_time: string };

Deno.test("toTimeline() puts what all say in the order in which it happened", () => {
  const moments = toTimeline({
    events: [version(1), version(2)],
    executions: [{ ...execution, transact_time: "2026-11-23T14:30:01.500000Z" }],
    disputes: [{ said: [], said_at: null, is_evidence: true, counterparty: "Citi", text: "No such trade" }],
    breaks: [{ id: 7, type: "price" }],
    history: [{
      break_id: 7,
      version: 1,
      action: "open",
      actor: "system",
      text: null,
      from_status: "open",
      to_status: "open",
      book: "98.4",
      street: "98.5",
      // Fewer decimals than the others: as texts alone they would not compare.
      at: "2026-11-23T14:30:01.500Z",
    }],
  });
  assert.deepEqual(moments.map(({ what }) => what), [
    "Booked, confirmed",
    "Filled 100 at 98.5",
    "Price break: opened it",
    "Amended",
    "Dispute",
  ]);
  assert.deepEqual(moments.map(({ isAlarm = false }) => isAlarm), [false, false, true, false, true]);
});

Deno.test("toTimeline() says what a version changed, and not what it wrote otherwise", () => {
  const [, second] = toTimeline({
    events: [version(1), version(2, { price: "98.4", counterparty: "Citi", anomaly: "settled>confirmed" })],
    executions: [],
  });
  assert.deepEqual(second!.details, [
    "Version 2",
    "Counterparty none to Citi",
    "Not a legal step: Settled to Confirmed",
  ]);
  assert.equal(second!.isAlarm, true);
});
