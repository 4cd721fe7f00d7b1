import assert from "node:assert/strict";
import fc from "fast-check";
import { type BlockSides, judgeBlock } from "./block.ts";
import type { BookSide, Rules, StreetSide } from "./compare.ts";
import { BOOK, STREET, tolerance } from "./testdata/sides.ts";

const RULES: Rules = {
  tolerances: [tolerance({ id: "2", field: "average_price", ticks: "0.5" })],
  tickOf: () => null,
};

const booking = (quantity: string, price: string, changes: Partial<BookSide> = {}): BookSide => ({
  ...BOOK,
  quantity,
  price,
  ...changes,
});
const fill = (quantity: string, price: string, changes: Partial<StreetSide> = {}): StreetSide => ({
  ...STREET,
  quantity,
  price,
  ...changes,
});
const FILLS = [fill("100", "10"), fill("200", "10.1")];

const CASES: { name: string; sides: Partial<BlockSides>; want: string[] }[] = [
  // 3020 / 300 = 10.0666…
  {
    name: "an average rounded to the booking's decimals",
    sides: { bookings: [booking("300", "10.07")] },
    want: [],
  },
  { name: "an average with more decimals", sides: { bookings: [booking("300", "10.0667")] }, want: [] },
  {
    name: "an average cut off, not rounded",
    sides: { bookings: [booking("300", "10.06")] },
    want: ["price 10.06 / 10.07"],
  },
  {
    name: "an average with the decimals the street states",
    sides: { bookings: [booking("300", "10.066")], decimals: 1 },
    want: [],
  },
  {
    name: "a half, which rounds up",
    sides: { fills: [fill("1", "10"), fill("1", "10.01")], bookings: [booking("2", "10.01")] },
    want: [],
  },
  {
    name: "a half below zero, which rounds away from zero",
    sides: { fills: [fill("1", "-10"), fill("1", "-10.01")], bookings: [booking("2", "-10.01")] },
    want: [],
  },
  {
    name: "parts by account that add up",
    sides: { bookings: [booking("100", "10.07"), booking("200", "10.07")] },
    want: [],
  },
  {
    name: "a short sum while the order works",
    sides: { bookings: [booking("400", "9")] },
    want: ["in progress"],
  },
  {
    name: "a short sum when it is over",
    sides: { bookings: [booking("400", "10.07")], isOver: true },
    want: ["quantity 400 / 300"],
  },
  {
    name: "another side and broker",
    sides: { bookings: [booking("300", "10.07", { side: "sell", counterparty: "UBS" })] },
    want: ["side sell / buy", "counterparty UBS / Goldman Sachs"],
  },
  { name: "fills without a booking", sides: { bookings: [] }, want: ["in progress"] },
];

for (const { name, sides, want } of CASES) {
  Deno.test(`judgeBlock() with ${name} finds [${want.join("; ")}]`, () => {
    const { holds, inProgress } = judgeBlock(
      { bookings: [], fills: FILLS, isOver: false, decimals: null, ...sides },
      RULES,
    );
    const found = holds.map(({ field, book, street }) => `${field} ${book} / ${street}`);
    assert.deepEqual(inProgress ? [...found, "in progress"] : found, want);
  });
}

const anyPart = fc.record({
  quantity: fc.integer({ min: 1, max: 999 }),
  cents: fc.integer({ min: 1, max: 99_999 }),
});

Deno.test("judgeBlock() takes the exact average, however the fills are cut", () => {
  fc.assert(fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), (parts) => {
    const fills = parts.map(({ quantity, cents }) => fill(String(quantity), (cents / 100).toFixed(2)));
    const quantity = parts.reduce((sum, part) => sum + part.quantity, 0);
    const amount = parts.reduce((sum, part) => sum + BigInt(part.quantity) * BigInt(part.cents), 0n);
    // Half up at four decimals, in whole numbers alone.
    const rounded = (amount * 200n + BigInt(quantity)) / (BigInt(quantity) * 2n);
    const price = `${rounded / 10_000n}.${String(rounded % 10_000n).padStart(4, "0")}`;
    const sides = { fills, isOver: true, decimals: null };
    const verdict = judgeBlock({ ...sides, bookings: [booking(String(quantity), price)] }, RULES);
    assert.deepEqual(verdict.holds, []);
  }));
});
