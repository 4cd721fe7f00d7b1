import assert from "node:assert/strict";
import { openRandom, runTag } from "./random.ts";

Deno.test("openRandom() repeats itself for a seed, and only for it", () => {
  const draw = (seed: string) => {
    const random = openRandom(seed);
    return Array.from({ length: 20 }, () => random.between(0, 1_000_000));
  };
  assert.deepEqual(draw("a"), draw("a"));
  assert.notDeepEqual(draw("a"), draw("b"));
});

Deno.test("openRandom() stays within bounds and spreads over them", () => {
  const random = openRandom("spread");
  const counts = new Array(6).fill(0);
  for (let draw = 0; draw < 6_000; draw++) counts[random.between(1, 6) - 1]++;
  assert(counts.every((count) => count > 850 && count < 1_150), String(counts));
});

Deno.test("runTag() has six characters and tells runs apart", () => {
  assert.match(runTag("S", 0), /^[0-9A-HJKMNP-TV-Z]{6}$/);
  assert.equal(new Set(["a", "b", "c"].flatMap((seed) => [runTag(seed, 1), runTag(seed, 2)])).size, 6);
});
