import assert from "node:assert/strict";
import Big from "big.js";
import fc from "fast-check";
import { tolerance } from "./testdata/sides.ts";
import { isBeyond, type Scope, type Tolerance, toleranceFor } from "./tolerance.ts";

const CASES: {
  name: string;
  book: string;
  street: string;
  row: Partial<Tolerance>;
  tick?: string;
  want: boolean;
}[] = [
  { name: "equality", book: "1.50", street: "1.5", row: {}, want: false },
  { name: "any difference without a tolerance", book: "1.50000001", street: "1.5", row: {}, want: true },
  { name: "the absolute limit itself", book: "1.51", street: "1.50", row: { absolute: "0.01" }, want: false },
  { name: "more than absolute", book: "1.5101", street: "1.50", row: { absolute: "0.01" }, want: true },
  {
    name: "half a percent of the street",
    book: "100.5",
    street: "100",
    row: { percent: "0.5" },
    want: false,
  },
  {
    name: "percent of the street, not the book",
    book: "99.5",
    street: "100.01",
    row: { percent: "0.51" },
    want: false,
  },
  {
    name: "percent of a negative price",
    book: "-37.6",
    street: "-37.63",
    row: { percent: "0.1" },
    want: false,
  },
  { name: "two ticks", book: "98.42", street: "98.4", row: { ticks: "2" }, tick: "0.01", want: false },
  { name: "ticks of an unknown instrument", book: "98.42", street: "98.4", row: { ticks: "2" }, want: true },
  {
    name: "the widest of the three",
    book: "103",
    street: "100",
    row: { absolute: "1", percent: "3", ticks: "1" },
    tick: "0.01",
    want: false,
  },
];

for (const { name, book, street, row, tick, want } of CASES) {
  Deno.test(`isBeyond() ${want ? "breaks on" : "allows"} ${name}`, () => {
    const rule = tolerance({ id: "1", field: "price", ...row });
    assert.equal(isBeyond(book, street, rule, tick ?? null), want);
  });
}

const anyAmount = fc.integer({ min: -10_000, max: 10_000 }).map((n) => new Big(n).div(100).toFixed(2));
const anyLimit = fc.option(fc.integer({ min: 0, max: 500 }).map((n) => new Big(n).div(100).toFixed(2)));

Deno.test("isBeyond() is |book - street| > max(absolute, percent, ticks), and equality never is", () => {
  const anyRow = fc.record({ absolute: anyLimit, percent: anyLimit, ticks: anyLimit });
  fc.assert(fc.property(anyAmount, anyAmount, anyRow, (book, street, row) => {
    // In hundredths of hundredths all of it is whole, so that the sum is exact in another way, too.
    const whole = (amount: string | null) => BigInt(new Big(amount ?? 0).times(100).toFixed(0));
    const [apart, price] = [whole(book) - whole(street), whole(street)].map((n) => n < 0n ? -n : n);
    const limits = [whole(row.absolute) * 10_000n, whole(row.percent) * price!, whole(row.ticks) * 500n];
    const widest = limits.reduce((a, b) => a > b ? a : b);
    assert.equal(isBeyond(book, street, row, "0.05"), apart! * 10_000n > widest);
    assert.equal(isBeyond(book, book, row, "0.05"), false);
  }));
});

const SCOPE: Scope = {
  field: "price",
  assetClass: "bond",
  counterparty: "Goldman Sachs",
  tradeDate: "2026-11-23",
};
const any = tolerance({ id: "1", field: "price", absolute: "0" });
const bonds = tolerance({ id: "2", field: "price", asset_class: "bond", absolute: "1" });
const goldman = tolerance({ id: "3", field: "price", counterparty: "GSCO", absolute: "2" });
const both = tolerance({
  id: "4",
  field: "price",
  asset_class: "bond",
  counterparty: "Goldman Sachs",
  absolute: "3",
});

const CHOICES: { name: string; rows: Tolerance[]; want: string | undefined }[] = [
  { name: "none of an empty table", rows: [], want: undefined },
  { name: "what is for everything", rows: [any], want: "1" },
  { name: "an asset class before everything", rows: [bonds, any], want: "2" },
  { name: "a counterparty before an asset class", rows: [bonds, goldman, any], want: "3" },
  { name: "both before one of them", rows: [any, both, goldman, bonds], want: "4" },
  { name: "none of another field", rows: [{ ...any, field: "quantity" }], want: undefined },
  { name: "none of another asset class", rows: [{ ...bonds, asset_class: "fx" }, any], want: "1" },
  {
    name: "the version in force on the trade date",
    rows: [any, { ...any, id: "8", valid_from: "2026-11-23" }, { ...any, id: "7", valid_from: "2026-11-24" }],
    want: "8",
  },
  { name: "the later of two from one day", rows: [{ ...any, id: "10" }, { ...any, id: "9" }], want: "10" },
  {
    name: "the wider scope once the narrow one ended",
    rows: [any, bonds, { ...bonds, id: "9", valid_from: "2026-11-01", absolute: null }],
    want: "1",
  },
];

for (const { name, rows, want } of CHOICES) {
  Deno.test(`toleranceFor() takes ${name}`, () => {
    assert.equal(toleranceFor(rows, SCOPE)?.id, want);
  });
}

Deno.test("toleranceFor() does not depend on the order of the rows", () => {
  const rows = [any, bonds, goldman, both, { ...bonds, id: "9", valid_from: "2026-11-01" }];
  fc.assert(fc.property(fc.shuffledSubarray(rows), (some) => {
    assert.equal(toleranceFor(some, SCOPE), toleranceFor(some.toReversed(), SCOPE));
  }));
});
