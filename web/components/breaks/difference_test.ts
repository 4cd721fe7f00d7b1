import assert from "node:assert/strict";
import { differenceOf } from "./difference.ts";

const CASES: { book: string | null; street: string | null; want: string | null }[] = [
  { book: "271.50", street: "272.50", want: "-1 (-0.37 %)" },
  { book: "520", street: "250", want: "+270 (+108.00 %)" },
  { book: "0.10000001", street: "0.1", want: "+0.00000001 (+0.000010 %)" },
  { book: "-5", street: "0", want: "-5" },
  { book: "AAPL", street: "MSFT", want: null },
  { book: null, street: "1", want: null },
  { book: "100 @ 2", street: "1", want: null },
];
for (const { book, street, want } of CASES) {
  Deno.test(`differenceOf() of ${book} and ${street} is ${want}`, () => {
    assert.equal(differenceOf(book, street), want);
  });
}
