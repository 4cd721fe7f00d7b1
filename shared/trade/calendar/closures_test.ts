import assert from "node:assert/strict";
import { readClosures, settlementDate, withClosures } from "./mod.ts";

const file = (...closures: unknown[]) => JSON.stringify({ closures });
const MOURNING = { calendar: "DTCC", date: "2026-12-09", name: "Storm", source: "DTCC, 2026-12-08" };

Deno.test("readClosures() reads closures that move a settlement date, and reopenings that move it back", () => {
  const read = readClosures(file(MOURNING, { ...MOURNING, date: "2026-11-11", open: true }));
  assert(read.kind === "closures");
  const calendars = withClosures(read.closures);
  const settles = (tradeDate: string) => {
    const answer = settlementDate({ assetClass: "equity", instrument: "AAPL", tradeDate }, calendars);
    assert(answer.kind === "settlement");
    return answer;
  };
  assert.equal(settles("2026-12-08").settlementDate, "2026-12-10");
  assert.match(settles("2026-12-08").why, /2026-12-09 \(DTCC: Storm\)/);
  assert.equal(settles("2026-12-08").provisional, false);
  assert.equal(settles("2026-11-10").settlementDate, "2026-11-11");
});

Deno.test("readClosures() keeps a closure that is only expected as provisional", () => {
  const read = readClosures(file({ ...MOURNING, status: "provisional" }));
  assert(read.kind === "closures");
  const answer = settlementDate(
    { assetClass: "equity", instrument: "AAPL", tradeDate: "2026-12-08" },
    withClosures(read.closures),
  );
  assert(answer.kind === "settlement" && answer.provisional);
});

const FAULTS: { name: string; text: string; want: RegExp }[] = [
  { name: "no JSON", text: "{", want: /no valid JSON/ },
  { name: "another shape", text: "[]", want: /write \{"closures"/ },
  { name: "a row that is none", text: file(7), want: /closure 1: 7 is no object/ },
  {
    name: "a missing calendar",
    text: file({ ...MOURNING, calendar: undefined }),
    want: /calendar is missing, not one of XNYS,/,
  },
  {
    name: "an unknown calendar",
    text: file({ ...MOURNING, calendar: "NYSE" }),
    want: /calendar is "NYSE", not one of/,
  },
  {
    name: "no real day",
    text: file({ ...MOURNING, date: "2026-02-30" }),
    want: /date is "2026-02-30", not a day/,
  },
  {
    name: "a day beyond the rows",
    text: file({ ...MOURNING, date: "2031-01-02" }),
    want: /2031-01-02 is not in 2024/,
  },
  { name: "a weekend", text: file({ ...MOURNING, date: "2026-12-12" }), want: /is a Saturday anyway/ },
  { name: "no name", text: file({ ...MOURNING, name: " " }), want: /name is " ", not a text/ },
  { name: "no source", text: file({ ...MOURNING, source: undefined }), want: /source is missing/ },
  {
    name: "another status",
    text: file({ ...MOURNING, status: "sure" }),
    want: /status is "sure", not official/,
  },
  {
    name: "a flag that is none",
    text: file({ ...MOURNING, open: "yes" }),
    want: /open is "yes", not true or false/,
  },
  { name: "a misspelt key", text: file({ ...MOURNING, reason: "x" }), want: /no key "reason"/ },
];

for (const { name, text, want } of FAULTS) {
  Deno.test(`readClosures() refuses ${name}`, () => {
    const read = readClosures(text);
    assert.match(read.kind === "faults" ? read.faults.join("\n") : "", want);
  });
}

Deno.test("readClosures() tells all faults of all rows at once", () => {
  const read = readClosures(file({ ...MOURNING, name: "" }, MOURNING, { ...MOURNING, date: "", source: 1 }));
  assert(read.kind === "faults");
  assert.deepEqual(read.faults.map((fault) => fault.slice(0, 30)), [
    "Cannot read closure 1: name is",
    "Cannot read closure 3: date is",
    "Cannot read closure 3: source ",
  ]);
});
