import assert from "node:assert/strict";
import { WEEKDAY_CLOCK } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { openHeld } from "./held.ts";
import { AT_ONCE, openPace, publish, type Publishing, type Sent } from "./publish.ts";
import type { TapeRecord } from "./reporting.ts";

const START = Date.parse("2026-11-20T23:59:59Z");

const fault = (execId: string): Fault => ({
  execId,
  tradeId: execId,
  type: "missing_book",
  field: null,
  book: null,
  street: null,
});

function record(key: string, changes: Partial<TapeRecord> = {}): TapeRecord {
  const value = new Uint8Array();
  return {
    side: "fix",
    atMs: START,
    key,
    value,
    isFill: false,
    unbooked: 0,
    isHeld: false,
    fault: null,
    ...changes,
  };
}

/** Runs `publish` over some records and tells what it did, in order. */
async function publishAll(records: readonly TapeRecord[], changes: Partial<Publishing> = {}) {
  const did: string[] = [];
  const publishing: Publishing = {
    records: records.values() as Iterator<TapeRecord, void>,
    pace: AT_ONCE,
    held: openHeld({ lateAfterMs: 0, untilEnd: false, now: () => START }),
    send: (side, batch) => {
      did.push(`${side} ${batch.map(({ key }) => key).join("")}`);
      return Promise.resolve();
    },
    writeFaults: (faults) => did.push(`faults ${faults.map(({ execId }) => execId).join("")}`),
    onSent: () => {},
    wait: (ms) => {
      did.push(`wait ${ms}`);
      return Promise.resolve();
    },
    stop: new AbortController().signal,
    ...changes,
  };
  const sent: Sent = await publish(publishing);
  return { did, sent };
}

Deno.test("publish() writes a fault after its records are acknowledged", async () => {
  const records = [record("a", { isFill: true, fault: fault("a") }), record("b", { side: "trades" })];
  const { did, sent } = await publishAll(records);
  assert.deepEqual(did, ["trades b", "fix a", "faults a"]);
  assert.deepEqual(sent, { fills: 1, trades: 1, fix: 1, faults: 1 });
});

Deno.test("publish() writes no fault of what was not acknowledged", async () => {
  const did: string[] = [];
  await assert.rejects(
    publishAll([record("a", { fault: fault("a") })], {
      send: () => Promise.reject(new Error("away")),
      writeFaults: () => did.push("faults"),
    }),
    /away/,
  );
  assert.deepEqual(did, []);
});

Deno.test("publish() keeps one batch on its way at a time", async () => {
  let onTheirWay = 0;
  const records = Array.from({ length: 9_000 }, (_, at) => record(String(at)));
  const { sent } = await publishAll(records, {
    send: async (side, batch) => {
      if (side === "fix") assert.equal(++onTheirWay, 1);
      assert(batch.length <= 4_000);
      await Promise.resolve();
      if (side === "fix") onTheirWay--;
    },
  });
  assert.equal(sent.fix, 9_000);
});

Deno.test("publish() waits for each record's time", async () => {
  let nowMs = START;
  const { did } = await publishAll([record("a"), record("b", { atMs: START + 700 })], {
    pace: ({ atMs }) => atMs - nowMs,
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
  });
  assert.deepEqual(did, ["trades ", "fix a", "faults ", "trades ", "fix b", "faults "]);
});

Deno.test("publish() stops only when each fill that was sent has its booking", async () => {
  const stop = new AbortController();
  const records = [
    record("a", { unbooked: 1, isFill: true }),
    record("b", { atMs: START + 10, unbooked: 1 }),
    record("c", { atMs: START + 10, unbooked: 0 }),
    record("d", { atMs: START + 10 }),
  ];
  let nowMs = START;
  const { sent } = await publishAll(records, {
    pace: ({ atMs }) => atMs - nowMs,
    wait: (ms) => {
      stop.abort();
      nowMs += ms;
      return Promise.resolve();
    },
    stop: stop.signal,
  });
  assert.equal(sent.fix, 3);
});

Deno.test("publish() sends nothing once it is stopped and at rest", async () => {
  const { did } = await publishAll([record("a")], { stop: AbortSignal.abort() });
  assert.deepEqual(did, []);
});

Deno.test("openPace() follows the market's clock, but never ahead of the wall's", () => {
  const began = START + 3_600_000;
  const due = openPace(WEEKDAY_CLOCK, START, 2, () => began);
  assert.equal(due(record("at the start")), 0);
  assert.equal(due(record("half a second", { atMs: START + 500 })), 250);
  const monday = Date.parse("2026-11-23T00:00:00Z");
  assert.equal(
    due(record("a second of the market, a weekend of the wall", { atMs: monday })),
    monday - began,
  );
});

const HELD = { isHeld: true, fault: fault("late") };

Deno.test("publish() sends a late side after all the rest has been for long, and only then its fault", async () => {
  let nowMs = START;
  const { did } = await publishAll([record("a", HELD), record("b")], {
    held: openHeld({ lateAfterMs: 500, untilEnd: true, now: () => nowMs }),
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
  });
  assert.deepEqual(did, ["trades ", "fix b", "faults ", "trades ", "fix a", "faults late"]);
  assert.equal(nowMs, START + 500);
});

Deno.test("publish() that is stopped sends a late side at once, and no fault of it", async () => {
  const stop = new AbortController();
  const { did } = await publishAll([record("a", HELD), record("b")], {
    held: openHeld({ lateAfterMs: 500, untilEnd: true, now: () => START }),
    wait: () => {
      stop.abort();
      return Promise.resolve();
    },
    stop: stop.signal,
  });
  assert.deepEqual(did, ["trades ", "fix b", "faults ", "trades ", "fix a", "faults "]);
});
