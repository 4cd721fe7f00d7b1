import assert from "node:assert/strict";
import fc from "fast-check";
import { encodePlace, SORT_WORDS, toSort } from "../components/trades/sorts.ts";
import { anyPlace } from "../components/trades/testdata/any_place.ts";
import { readPlace } from "./cursor.ts";
import { BadRequestError } from "./problem.ts";

for (const word of SORT_WORDS) {
  Deno.test(`readPlace() by ${word} reads what encodePlace() wrote`, () => {
    fc.assert(fc.property(anyPlace(word), (place) => {
      const text = encodePlace(toSort(word), place);
      assert.match(text, /^[\w-]+$/);
      assert.deepEqual(readPlace(text, toSort(word)), place);
    }));
  });
}

Deno.test("readPlace() refuses what is no place of this order, whatever it is", () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((text) => btoa(encodeURIComponent(text))),
  );
  fc.assert(fc.property(anyText, (text) => {
    assert.throws(() => readPlace(text, toSort("booked")), BadRequestError);
  }));
  const other = encodePlace(toSort("counterparty"), ["Citi", "2026-11-23T14:30:05.125000Z", "T-1"]);
  assert.throws(() => readPlace(other, toSort("instrument")), /sorted by counterparty/);
  const noDay = encodePlace(toSort("tradeDate"), ["2026-02-30", "2026-11-23T14:30:05.125000Z", "T-1"]);
  assert.throws(() => readPlace(noDay, toSort("tradeDate")), BadRequestError);
});
