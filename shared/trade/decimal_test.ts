import assert from "node:assert/strict";
import fc from "fast-check";
import {
  add,
  compare,
  divide,
  isNegative,
  isZero,
  multiply,
  normalAmount,
  readAmount,
  roundHalfUp,
} from "./decimal.ts";

const READ: { input: string; want: string }[] = [
  { input: "98.40625000", want: "98.40625000" },
  { input: "0", want: "0" },
  { input: "-37.63", want: "-37.63" },
  { input: "1e3", want: "1000" },
  { input: "1.5E+3", want: "1500" },
  { input: "125e-2", want: "1.25" },
  { input: "1e-8", want: "0.00000001" },
  { input: "1e-05", want: "0.00001" },
  { input: "007.50", want: "7.50" },
  { input: "-0", want: "0" },
  { input: "-0.00", want: "0.00" },
  { input: "0e99", want: "0" },
  { input: "1.0000000000", want: "1.00000000" },
  { input: "99999999999999999999.99999999", want: "99999999999999999999.99999999" },
  { input: "0.1e20", want: "10000000000000000000" },
  { input: "100e-2", want: "1.00" },
];

for (const { input, want } of READ) {
  Deno.test(`readAmount() reads ${input} as ${want}`, () => {
    assert.deepEqual(readAmount(input), { kind: "amount", text: want });
  });
}

const REFUSED: { input: string; want: "no_number" | "too_many_digits" }[] = [
  { input: "", want: "no_number" },
  { input: " 1", want: "no_number" },
  { input: "1,000", want: "no_number" },
  { input: "NaN", want: "no_number" },
  { input: "Infinity", want: "no_number" },
  { input: "0x10", want: "no_number" },
  { input: ".5", want: "no_number" },
  { input: "5.", want: "no_number" },
  { input: "+5", want: "no_number" },
  { input: "١٢", want: "no_number" },
  { input: "100000000000000000000", want: "too_many_digits" },
  { input: "1e20", want: "too_many_digits" },
  { input: "1e9999", want: "too_many_digits" },
  { input: "0.123456789", want: "too_many_digits" },
  { input: "1e-9", want: "too_many_digits" },
  { input: "1e-9999", want: "too_many_digits" },
  { input: "9".repeat(500), want: "too_many_digits" },
  { input: "x".repeat(500), want: "no_number" },
];

for (const { input, want } of REFUSED) {
  Deno.test(`readAmount() refuses ${input.slice(0, 30)} as ${want}`, () => {
    assert.deepEqual(readAmount(input), { kind: want });
  });
}

Deno.test("readAmount() keeps the value of every amount within its bounds", () => {
  const anyAmount = fc.record({
    sign: fc.constantFrom("", "-"),
    whole: fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }),
    fraction: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }),
  });
  fc.assert(fc.property(anyAmount, ({ sign, whole, fraction }) => {
    const source = `${sign}${whole}${fraction.length === 0 ? "" : `.${fraction.join("")}`}`;
    const read = readAmount(source);
    assert(read.kind === "amount");
    assert.equal(compare(read.text, source), 0);
  }));
});

Deno.test("readAmount() never throws and is its own fixed point", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.double().map(String)), (source) => {
    const read = readAmount(source);
    if (read.kind === "amount") assert.deepEqual(readAmount(read.text), read);
  }));
});

Deno.test("normalAmount() gives equal values one text", () => {
  assert.deepEqual(["98.410", "98.41", "100", "100.00", "0.00", "-0", "-1.50"].map(normalAmount), [
    "98.41",
    "98.41",
    "100",
    "100",
    "0",
    "0",
    "-1.5",
  ]);
});

Deno.test("isNegative() and isZero() look at the value, not at the sign", () => {
  assert.deepEqual(["-1", "-0.00", "0", "1"].map(isNegative), [true, false, false, false]);
  assert.deepEqual(["-1", "-0.00", "0", "0.10"].map(isZero), [false, true, true, false]);
});

Deno.test("add() and multiply() are exact where floats are not", () => {
  assert.equal(add("0.1", "0.2"), "0.3");
  assert.equal(add("24.60", "4.92", "0.00"), "29.52");
  assert.equal(multiply("250000", "98.40625", "0.01"), "246015.625");
});

const ROUNDED: { amount: string; places: number; want: string }[] = [
  { amount: "246015.625", places: 2, want: "246015.63" },
  { amount: "-2.5", places: 0, want: "-3" },
  { amount: "0.005", places: 2, want: "0.01" },
  { amount: "0.00499999", places: 2, want: "0.00" },
  { amount: "-0.004", places: 2, want: "0.00" },
  { amount: "12", places: 2, want: "12.00" },
];

for (const { amount, places, want } of ROUNDED) {
  Deno.test(`roundHalfUp() rounds ${amount} to ${want}`, () => {
    assert.equal(roundHalfUp(amount, places), want);
  });
}

const QUOTIENTS: { of: [string, string, number]; want: string }[] = [
  { of: ["1", "3", 2], want: "0.33" },
  { of: ["2", "3", 2], want: "0.67" },
  { of: ["0.01", "2", 2], want: "0.01" },
  { of: ["-0.01", "2", 2], want: "-0.01" },
  { of: ["0.0099999999999999999999999", "2", 2], want: "0.00" },
  { of: ["12345678901234567890.5", "1", 0], want: "12345678901234567891" },
];
for (const { of, want } of QUOTIENTS) {
  Deno.test(`divide() gives ${want} for ${of.join(", ")}`, () => assert.equal(divide(...of), want));
}
