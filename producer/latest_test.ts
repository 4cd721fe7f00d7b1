import assert from "node:assert/strict";
import { openLatest } from "./latest.ts";

for (const [kept, want] of [[0, []], [2, [4, 5]], [5, [1, 2, 3, 4, 5]], [9, [1, 2, 3, 4, 5]]] as const) {
  Deno.test(`openLatest() of ${kept} keeps as many, oldest first`, () => {
    const latest = openLatest<number>(kept);
    for (const value of [1, 2, 3, 4, 5]) latest.add(value);
    assert.deepEqual(latest.all(), [...want]);
  });
}
