import assert from "node:assert/strict";
import fc from "fast-check";
import { readTyped, sum } from "./amounts.ts";

const SUMS: [amounts: string[], want: string][] = [
  [[], "0"],
  [["0.1", "0.2"], "0.3"],
  [["1300.00", "-0.01"], "1299.99"],
  [["-5", "2.50"], "-2.5"],
  [["99999999999999999999.99", "0.01"], "100000000000000000000"],
];
for (const [amounts, want] of SUMS) {
  Deno.test(`sum() of ${amounts.join(" and ") || "nothing"} is ${want}`, () => {
    assert.equal(sum(amounts), want);
  });
}

Deno.test("sum() is that of whole cents, in any order", () => {
  fc.assert(fc.property(fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })), (cents) => {
    const texts = cents.map((cent) => {
      const digits = String(cent < 0n ? -cent : cent).padStart(3, "0");
      return `${cent < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    });
    const scaled = BigInt(sum(texts.map((text) => text.replace(".", ""))));
    assert.equal(scaled, cents.reduce((a, b) => a + b, 0n));
    assert.equal(sum(texts), sum(texts.toReversed()));
  }));
});

const TYPED: [typed: string, want: string | null][] = [
  ["25,000,000", "25000000"],
  ["25 000 000.50", "25000000.5"],
  ["25m", "25000000"],
  ["2.5 B", "2500000000"],
  ["1.2345k", "1234.5"],
  [".5m", "500000"],
  ["0", null],
  ["0.00m", null],
  ["", null],
  ["-5", null],
  ["1e6", null],
  ["12x", null],
  [".", null],
];
for (const [typed, want] of TYPED) {
  Deno.test(`readTyped() takes "${typed}" for ${want}`, () => assert.equal(readTyped(typed), want));
}
