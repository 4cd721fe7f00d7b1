import assert from "node:assert/strict";
import fc from "fast-check";
import { wrongQuantity, wrongTicks } from "./faults.ts";
import { openRandom } from "./random.ts";

Deno.test("wrongTicks() and wrongQuantity() are wrong, whole and above zero", () => {
  const anySeed = fc.string();
  const anyCount = fc.integer({ min: 1, max: 10_000_000 });
  fc.assert(fc.property(anySeed, anyCount, fc.constantFrom(1, 100, 50_000), (seed, count, lot) => {
    const random = openRandom(seed);
    const ticks = wrongTicks(count, random);
    assert(ticks !== count && ticks > 0 && Number.isSafeInteger(ticks));
    const quantity = wrongQuantity(count * lot, lot, random);
    assert(quantity !== count * lot && quantity > 0 && quantity % lot === 0);
  }));
});
