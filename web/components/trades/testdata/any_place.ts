/**
 * Places in lists of trades, for property tests.
 *
 * @module
 */

import fc from "fast-check";
import { type Place, SORTS, toSort } from "../sorts.ts";

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

/** @param word An order, as the address says it. */
export const anyPlace = (word: string): fc.Arbitrary<Place> => {
  const { type, isGroup } = SORTS[toSort(word).name];
  return isGroup ? fc.tuple(VALUES[type], anyInstant, anyText) : fc.tuple(VALUES[type], anyText);
};
