import assert from "node:assert/strict";
import { openProgress } from "./progress.ts";

Deno.test("openProgress() speaks every five seconds of how far it is", () => {
  let nowMs = 0;
  const lines: string[] = [];
  const progress = openProgress({ fills: 1_000, now: () => nowMs, say: (line) => lines.push(line) });
  for (const [atMs, fills] of [[1_000, 10], [5_000, 100], [6_000, 120], [10_000, 500]] as const) {
    nowMs = atMs;
    progress({ fills, trades: 0, fix: 0, faults: 0 });
  }
  assert.deepEqual(lines, [
    "sent 100 fills of 1000 (10 %), 20 a second",
    "sent 500 fills of 1000 (50 %), 50 a second",
  ]);
});
