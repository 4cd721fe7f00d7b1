import assert from "node:assert/strict";
import fc from "fast-check";
import { openRates } from "./rates.ts";

const MINUTE_MS = 60_000;

Deno.test("openRates() without phases keeps the usual pace", () => {
  const offsetMs = openRates(1_333.5, []);
  assert.deepEqual([0, 1, 2, 1_000].map(offsetMs), [0, 1_333, 2_667, 1_333_500]);
});

Deno.test("openRates() is so many times as busy in each phase, pauses, and begins again", () => {
  const phases = [{ minutes: 10, times: 3 }, { minutes: 5, times: 0 }, { minutes: 10, times: 1 }];
  const offsetMs = openRates(MINUTE_MS, phases);
  const perMinute = Map.groupBy(Array.from({ length: 80 }, (_, fill) => offsetMs(fill)), (atMs) => {
    return Math.floor(atMs / (5 * MINUTE_MS)) * 5;
  });
  assert.deepEqual(
    [...perMinute].map(([minute, fills]) => [minute, fills.length]),
    [[0, 15], [5, 15], [15, 5], [20, 5], [25, 15], [30, 15], [40, 5], [45, 5]],
  );
});

Deno.test("openRates() never goes back", () => {
  const anyPhase = fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    times: fc.double({ min: 0.1, max: 20, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(anyPhase, { maxLength: 5 }), fc.nat(), (phases, fill) => {
    const offsetMs = openRates(700, phases);
    assert(offsetMs(fill) <= offsetMs(fill + 1));
  }));
});
