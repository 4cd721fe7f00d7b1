import assert from "node:assert/strict";
import fc from "fast-check";
import { readPlace } from "../../api/cursor.ts";
import { comparePlaces, encodePlace, type Place, SORT_WORDS, SORTS, toSort, toWord } from "./sorts.ts";

const anyInstant = fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().replace("Z", "000Z"));
const anyText = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !text.includes("\0"));
const VALUES = {
  timestamptz: anyInstant,
  numeric: fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(99)).map(([whole, cents]) =>
    `${whole}.${String(cents).padStart(2, "0")}`
  ),
  date: anyInstant.map((instant) => instant.slice(0, 10)),
  text: anyText,
};

const anyPlace = (word: string): fc.Arbitrary<Place> => {
  const { type, isGroup } = SORTS[toSort(word).name];
  return isGroup ? fc.tuple(VALUES[type], anyInstant, anyText) : fc.tuple(VALUES[type], anyText);
};

for (const word of SORT_WORDS) {
  Deno.test(`encodePlace() by ${word} is read back as it was`, () => {
    fc.assert(fc.property(anyPlace(word), (place) => {
      const text = encodePlace(toSort(word), place);
      assert.match(text, /^[\w-]+$/);
      assert.deepEqual(readPlace(text, toSort(word)), place);
    }));
  });

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
