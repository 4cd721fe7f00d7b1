import assert from "node:assert/strict";
import fc from "fast-check";
import { openIntake, type Portion } from "./intake.ts";

function portion(partition: number, first: number, count: number, bytes = 1): Portion {
  const records = Array.from({ length: count }, (_, n) => ({
    topic: "t",
    partition,
    offset: String(first + n),
    key: null,
    value: new Uint8Array(bytes),
    recordTimeMs: 1_000 + first + n,
  }));
  return {
    topic: "t",
    partition,
    records,
    nextOffset: String(first + count),
    endOffset: "1000",
    endAskedAtMs: 7,
  };
}

const NO_LIMITS = { recordsMax: 1_000_000, bytesMax: 1_000_000_000 };

Deno.test("take() joins portions, with one line of progress a partition", () => {
  const intake = openIntake();
  intake.deposit(portion(0, 0, 2));
  intake.deposit(portion(1, 50, 1));
  intake.deposit(portion(0, 2, 1));
  const { records, progress } = intake.take(NO_LIMITS);
  assert.deepEqual(records.map(({ partition, offset }) => `${partition}:${offset}`), [
    "0:0",
    "0:1",
    "1:50",
    "0:2",
  ]);
  const common = { topic: "t", endOffset: "1000", endAskedAtMs: 7 };
  assert.deepEqual(progress, [
    { ...common, partition: 0, nextOffset: "3", recordTimeMs: 1_002 },
    { ...common, partition: 1, nextOffset: "51", recordTimeMs: 1_050 },
  ]);
  assert(intake.isEmpty());
});

Deno.test("take() moves past a portion without records", () => {
  const intake = openIntake();
  intake.deposit({ ...portion(0, 0, 0), nextOffset: "5" });
  const { records, progress } = intake.take(NO_LIMITS);
  assert.deepEqual([records.length, progress[0]?.nextOffset, progress[0]?.recordTimeMs], [0, "5", null]);
});

Deno.test("take() lets a record through that is larger than the limit, alone", () => {
  const intake = openIntake();
  intake.deposit(portion(0, 0, 1, 5));
  intake.deposit(portion(0, 1, 1, 500));
  intake.deposit(portion(0, 2, 1, 5));
  const taken = () => intake.take({ recordsMax: 10, bytesMax: 100 }).records.map(({ offset }) => offset);
  assert.deepEqual([taken(), taken(), taken(), intake.isEmpty()], [["0"], ["1"], ["2"], true]);
});

// Offsets are committed as `progress` says, so it must never run ahead of the records handed over.
Deno.test("take() hands over every record once, in order, and progress fits, whatever the limits", () => {
  const anyPortion = fc.record({ partition: fc.nat(2), count: fc.nat(5), bytes: fc.nat(20) });
  const anyLimits = fc.record({
    recordsMax: fc.integer({ min: 1, max: 4 }),
    bytesMax: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(fc.property(fc.array(anyPortion), anyLimits, (shapes, limits) => {
    const intake = openIntake();
    const ends = [0, 0, 0];
    for (const { partition, count, bytes } of shapes) {
      intake.deposit(portion(partition, ends[partition]!, count, bytes));
      ends[partition]! += count;
    }
    const next = [0, 0, 0];
    while (!intake.isEmpty()) {
      const { records, progress } = intake.take(limits);
      assert(records.length <= limits.recordsMax);
      for (const { partition, offset } of records) assert.equal(Number(offset), next[partition]!++);
      for (const { partition, nextOffset } of progress) assert.equal(Number(nextOffset), next[partition]);
    }
    assert.deepEqual(next, ends);
  }));
});

Deno.test("until() wakes when something changes, or when its time is over", async () => {
  const intake = openIntake();
  assert.equal(await intake.until(() => !intake.isEmpty(), 1), false);
  const waiting = intake.until(() => !intake.isEmpty(), 60_000);
  intake.deposit(portion(0, 0, 1));
  assert.equal(await waiting, true);
});
