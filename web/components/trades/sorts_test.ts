import assert from "node:assert/strict";
import fc from "fast-check";
import { comparePlaces, SORT_WORDS, toSort, toWord } from "./sorts.ts";
import { anyPlace } from "./testdata/any_place.ts";

for (const word of SORT_WORDS) {
  Deno.test(`comparePlaces() by ${word} is an order, and its reverse the other way`, () => {
    const sort = toSort(word);
    const reverse = toSort(word.startsWith("-") ? word.slice(1) : `-${word}`);
    fc.assert(fc.property(anyPlace(word), anyPlace(word), (a, b) => {
      const sign = Math.sign(comparePlaces(sort, a, b));
      assert.equal(sign + Math.sign(comparePlaces(sort, b, a)), 0);
      assert.equal(sign + Math.sign(comparePlaces(reverse, a, b)), 0);
      assert.equal(comparePlaces(sort, a, a), 0);
    }));
  });
}

Deno.test("comparePlaces() knows amounts from texts", () => {
  const sort = toSort("notional");
  assert(comparePlaces(sort, ["9.5", "a"], ["10.25", "a"]) < 0);
  assert(comparePlaces(sort, ["-3", "a"], ["2", "a"]) < 0);
  assert.equal(comparePlaces(sort, ["5.10", "a"], ["5.1", "a"]), 0);
});

Deno.test("comparePlaces() has the newest booking of a group first", () => {
  const [early, late] = ["2026-11-23T14:00:00.000000Z", "2026-11-23T15:00:00.000000Z"];
  assert(comparePlaces(toSort("counterparty"), ["Citi", late, "a"], ["Citi", early, "b"]) < 0);
});

Deno.test("toSort() and toWord() are each other's way back", () => {
  assert.deepEqual(SORT_WORDS.map((word) => toWord(toSort(word))), SORT_WORDS);
  assert.equal(toWord(toSort(undefined)), "-booked");
});
