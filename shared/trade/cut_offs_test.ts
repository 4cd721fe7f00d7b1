import assert from "node:assert/strict";
import { UncoveredDayError } from "./calendar/calendar.ts";
import type { Market } from "./calendar/markets.ts";
import { MARKETS } from "./calendar/markets.ts";
import { CUT_OFFS, cutOffsOf } from "./cut_offs.ts";

// 21:00 in New York is 02:00 UTC of the next day in winter, 01:00 in summer.
const CASES: {
  name: string;
  market?: Market;
  tradeDate: string;
  allocateBy: string | null;
  affirmBy: string;
}[] = [
  {
    name: "in winter",
    tradeDate: "2026-11-23",
    allocateBy: "2026-11-24T00:00:00Z",
    affirmBy: "2026-11-24T02:00:00Z",
  },
  {
    name: "in summer",
    tradeDate: "2026-07-15",
    allocateBy: "2026-07-15T23:00:00Z",
    affirmBy: "2026-07-16T01:00:00Z",
  },
  {
    name: "on the Friday before clocks go forward (2026-03-08)",
    tradeDate: "2026-03-06",
    allocateBy: "2026-03-07T00:00:00Z",
    affirmBy: "2026-03-07T02:00:00Z",
  },
  {
    name: "on the Monday after",
    tradeDate: "2026-03-09",
    allocateBy: "2026-03-09T23:00:00Z",
    affirmBy: "2026-03-10T01:00:00Z",
  },
  {
    name: "on the Friday before clocks go back (2026-11-01)",
    tradeDate: "2026-10-30",
    allocateBy: "2026-10-30T23:00:00Z",
    affirmBy: "2026-10-31T01:00:00Z",
  },
  {
    name: "on the Monday after",
    tradeDate: "2026-11-02",
    allocateBy: "2026-11-03T00:00:00Z",
    affirmBy: "2026-11-03T02:00:00Z",
  },
  {
    name: "of a corporate bond",
    market: "us_corporate",
    tradeDate: "2026-11-23",
    allocateBy: "2026-11-24T00:00:00Z",
    affirmBy: "2026-11-24T02:00:00Z",
  },
  {
    name: "of a Sunday as Monday's, the day clocks go back",
    tradeDate: "2026-11-01",
    allocateBy: "2026-11-03T00:00:00Z",
    affirmBy: "2026-11-03T02:00:00Z",
  },
  {
    name: "on the last day of T+2, by noon of the next settlement day, after Memorial Day",
    tradeDate: "2024-05-24",
    allocateBy: null,
    affirmBy: "2024-05-28T15:30:00Z",
  },
  {
    name: "on the first day of T+1",
    tradeDate: "2024-05-28",
    allocateBy: "2024-05-28T23:00:00Z",
    affirmBy: "2024-05-29T01:00:00Z",
  },
];
for (const { name, market = "us_equity", tradeDate, allocateBy, affirmBy } of CASES) {
  Deno.test(`cutOffsOf() gives the times ${name}`, () => {
    assert.deepEqual(cutOffsOf(market, tradeDate), { allocateBy, affirmBy });
  });
}

for (const market of (Object.keys(MARKETS) as Market[]).filter((market) => !(market in CUT_OFFS))) {
  Deno.test(`cutOffsOf() gives ${market} none`, () => assert.equal(cutOffsOf(market, "2026-11-23"), null));
}

Deno.test("cutOffsOf() refuses a day that no calendar covers", () => {
  assert.throws(() => cutOffsOf("us_equity", "2031-01-06"), UncoveredDayError);
});
