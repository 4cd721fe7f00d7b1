import assert from "node:assert/strict";
import { readClosures, withClosures } from "./calendar/mod.ts";
import { expectationOf, type Expecting, openExpectations } from "./expected.ts";

const EQUITY: Expecting = {
  assetClass: "equity",
  instrument: "AAPL",
  settlementVenue: "DTCC",
  tradeDate: "2026-11-23",
};

const CASES: { name: string; trade: Partial<Expecting>; want: string | null }[] = [
  { name: "a share of the US on the next day", trade: {}, want: "2026-11-24" },
  { name: "a share over Thanksgiving", trade: { tradeDate: "2026-11-25" }, want: "2026-11-27" },
  {
    name: "spot of euro and dollar in two days",
    trade: { assetClass: "fx", instrument: "EUR/USD", settlementVenue: "CLS" },
    want: "2026-11-25",
  },
  {
    name: "nothing of a market we do not know",
    trade: { instrument: "?", settlementVenue: "?" },
    want: null,
  },
  {
    name: "nothing of a market we do not know in a year that is not covered",
    trade: { instrument: "?", settlementVenue: "?", tradeDate: "1999-01-04" },
    want: null,
  },
];
for (const { name, trade, want } of CASES) {
  Deno.test(`expectationOf() expects ${name}`, () => {
    const expectation = expectationOf({ ...EQUITY, ...trade });
    assert(expectation.kind === "expected");
    assert.equal(expectation.settlementDate, want);
  });
}

Deno.test("expectationOf() says that a day is not covered", () => {
  const expectation = expectationOf({ ...EQUITY, tradeDate: "2023-12-29" });
  assert(expectation.kind === "uncovered");
  assert.match(expectation.text, /2023-12-29 is outside the covered years/);
});

Deno.test("openExpectations() knows closures, and answers alike when asked again", () => {
  const read = readClosures(JSON.stringify({
    closures: [{ calendar: "DTCC", date: "2026-11-24", name: "Storm", source: "DTCC" }],
  }));
  assert(read.kind === "closures");
  const expect = openExpectations(withClosures(read.closures));
  const first = expect(EQUITY);
  assert(first.kind === "expected");
  assert.deepEqual([first.settlementDate, first.affirmBy], ["2026-11-25", "2026-11-24T02:00:00Z"]);
  assert.equal(expect({ ...EQUITY }), first);
});
