import assert from "node:assert/strict";
import { FieldError, readCount, readDate, readDecimal, readTimestamp } from "./values.ts";

type Reader = (tag: number, text: string) => string | number;
const READ: { read: Reader; text: string; want: string | number }[] = [
  { read: readTimestamp, text: "20260302-14:30:05", want: "2026-03-02T14:30:05.000000Z" },
  { read: readTimestamp, text: "20260302-14:30:05.125", want: "2026-03-02T14:30:05.125000Z" },
  { read: readTimestamp, text: "20260302-14:30:05.123456789", want: "2026-03-02T14:30:05.123456Z" },
  { read: readTimestamp, text: "20161231-23:59:60", want: "2016-12-31T23:59:59.999999Z" },
  { read: readTimestamp, text: "20240229-00:00:00", want: "2024-02-29T00:00:00.000000Z" },
  { read: readDate, text: "20261231", want: "2026-12-31" },
  { read: readDecimal, text: "98.40625000", want: "98.40625000" },
  { read: readDecimal, text: "-12", want: "-12" },
  { read: readDecimal, text: ".5", want: "0.5" },
  { read: readDecimal, text: "5.", want: "5" },
  { read: readDecimal, text: "00.50", want: "00.50" },
  { read: readCount, text: "007", want: 7 },
];
for (const { read, text, want } of READ) {
  Deno.test(`${read.name}() reads ${text}`, () => assert.equal(read(60, text), want));
}

const REFUSED: { read: Reader; text: string }[] = [
  { read: readTimestamp, text: "20260230-14:30:05" },
  { read: readTimestamp, text: "20260302-24:00:00" },
  { read: readTimestamp, text: "20260302-14:30:60" },
  { read: readTimestamp, text: "20260302-14:30:61" },
  { read: readTimestamp, text: "20260302-14:30" },
  { read: readTimestamp, text: "20260302-14:30:05." },
  { read: readTimestamp, text: "2026-03-02T14:30:05Z" },
  { read: readTimestamp, text: "00000302-14:30:05" },
  { read: readDate, text: "20250229" },
  { read: readDate, text: "20260001" },
  { read: readDate, text: "2026031" },
  { read: readDecimal, text: "" },
  { read: readDecimal, text: "." },
  { read: readDecimal, text: "1e5" },
  { read: readDecimal, text: "+1" },
  { read: readDecimal, text: "1,000" },
  { read: readDecimal, text: " 1" },
  { read: readDecimal, text: "0.123456789" },
  { read: readDecimal, text: "123456789012345678901" },
  { read: readCount, text: "-1" },
  { read: readCount, text: "1234567890123456" },
];
for (const { read, text } of REFUSED) {
  Deno.test(`${read.name}() refuses "${text}"`, () => {
    assert.throws(() => read(60, text), FieldError);
  });
}
