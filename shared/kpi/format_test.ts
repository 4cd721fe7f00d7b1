import assert from "node:assert/strict";
import fc from "fast-check";
import { formatAge, formatAmount, formatExact, formatName, formatRate, formatShort } from "./format.ts";

const AMOUNTS: [amount: string, decimals: number, want: string][] = [
  ["0", 2, "0.00"],
  ["1234567.891", 2, "1,234,567.89"],
  ["1234567.895", 2, "1,234,567.90"],
  ["-0.005", 2, "-0.01"],
  ["-0.004", 2, "0.00"],
  ["999.999", 2, "1,000.00"],
  ["12345678901234567890.12345678", 2, "12,345,678,901,234,567,890.12"],
  ["1500", 0, "1,500"],
];
for (const [amount, decimals, want] of AMOUNTS) {
  Deno.test(`formatAmount() writes ${amount} with ${decimals} decimals as ${want}`, () => {
    assert.equal(formatAmount(amount, decimals), want);
  });
}

const SHORT: [amount: string, want: string][] = [
  ["0", "0"],
  ["0.00", "0"],
  ["12.5", "12.50"],
  ["999", "999"],
  ["246015.63", "246.0K"],
  ["999999", "1.00M"],
  ["9999999", "10.00M"],
  ["-1500", "-1.50K"],
  ["1234567890123", "1.23T"],
  ["1e21", "1000000.0Q"],
];
for (const [amount, want] of SHORT) {
  Deno.test(`formatShort() writes ${amount} as ${want}`, () => assert.equal(formatShort(amount), want));
}

const EXACT: [amount: string, want: string][] = [
  ["98.40625000", "98.40625"],
  ["1400000", "1,400,000"],
  ["100.00", "100"],
  ["-0.10", "-0.1"],
];
for (const [amount, want] of EXACT) {
  Deno.test(`formatExact() writes ${amount} as ${want}`, () => assert.equal(formatExact(amount), want));
}

Deno.test("formatRate() and formatAge() use units people read", () => {
  assert.equal(formatRate(0.01534), "1.53 %");
  assert.deepEqual([-5, 8_400, 150_000, 7_200_000, 432_000_000].map(formatAge), [
    "0 s",
    "8 s",
    "2 min",
    "2 h",
    "5 d",
  ]);
});

Deno.test("formatName() writes codes as words and leaves names alone", () => {
  assert.deepEqual(["settlement_pending", "fx", "missing_book", "Citi", "BNP Paribas"].map(formatName), [
    "Settlement pending",
    "FX",
    "Missing booking",
    "Citi",
    "BNP Paribas",
  ]);
});

// Amounts are longer than a float holds: reading the digits back must give what came in.
Deno.test("formatAmount() keeps every digit it does not round away", () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 28n }), (scaled) => {
    const digits = scaled.toString().padStart(9, "0");
    const amount = `${digits.slice(0, -8)}.${digits.slice(-8)}`;
    assert.equal(BigInt(formatAmount(amount, 8).replace(/[,.]/g, "")), scaled);
  }));
});
