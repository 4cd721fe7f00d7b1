import assert from "node:assert/strict";
import type { Fault } from "./faults.ts";
import { openHeld } from "./held.ts";
import type { TapeRecord } from "./reporting.ts";

const FAULT: Fault = { execId: "E", tradeId: "T", type: "late", field: null, book: null, street: null };

function record(key: string): TapeRecord {
  return {
    side: "fix",
    atMs: 0,
    key,
    value: new Uint8Array(),
    isFill: true,
    unbooked: 0,
    isHeld: true,
    fault: FAULT,
  };
}

function openAt(untilEnd: boolean) {
  const clock = { ms: 0 };
  const held = openHeld({ lateAfterMs: 100, untilEnd, now: () => clock.ms });
  return { clock, held };
}

const keys = (records: readonly TapeRecord[]) => records.map(({ key }) => key);

Deno.test("openHeld() lets each record go after it waited for long enough", () => {
  const { clock, held } = openAt(false);
  held.add(record("a"));
  clock.ms = 40;
  held.add(record("b"));
  assert.deepEqual([held.waitMs(), held.takeDue()], [60, []]);
  clock.ms = 100;
  assert.deepEqual(keys(held.takeDue()), ["a"]);
  clock.ms = 140;
  assert.deepEqual(held.takeDue().map(({ fault }) => fault), [FAULT]);
  assert.equal(held.isEmpty(), true);
});

Deno.test("openHeld() until the end lets nothing go before, however long it waited", () => {
  const { clock, held } = openAt(true);
  held.add(record("a"));
  clock.ms = 1_000;
  assert.deepEqual([held.waitMs(), held.takeDue()], [Infinity, []]);
  held.end();
  assert.equal(held.waitMs(), 100);
  clock.ms = 1_100;
  held.end();
  assert.deepEqual(keys(held.takeDue()), ["a"]);
});

Deno.test("openHeld() gives up all at a stop, and none of it is a fault", () => {
  const { held } = openAt(false);
  held.add(record("a"));
  assert.deepEqual(held.takeAll().map(({ key, fault }) => [key, fault]), [["a", null]]);
  assert.equal(held.isEmpty(), true);
});
