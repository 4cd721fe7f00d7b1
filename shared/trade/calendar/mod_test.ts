import assert from "node:assert/strict";
import { settlementDate, type SettlementRequest } from "./mod.ts";

const AAPL = { assetClass: "equity", instrument: "AAPL", venue: "DTC" } as const;

const REFUSALS: { of: SettlementRequest; code: string; text: RegExp; why: string }[] = [
  {
    of: { ...AAPL, tradeDate: "2026-02-30" },
    code: "bad_trade_date",
    text: /write a day such as/,
    why: "no real day",
  },
  {
    of: { ...AAPL, tradeDate: "23.11.2026" },
    code: "bad_trade_date",
    text: /23\.11\.2026/,
    why: "another form",
  },
  {
    of: { ...AAPL, tradeDate: "2023-12-29" },
    code: "outside_covered_years",
    text: /trade of 2023-12-29: 2023-12-29 is outside the covered years.* 2024-01-01 to 2029-01-31/,
    why: "before the rows begin",
  },
  {
    of: { ...AAPL, tradeDate: "2029-02-01" },
    code: "outside_covered_years",
    text: /2024-01-01 to 2029-01-31/,
    why: "after the rows end",
  },
  {
    of: { ...AAPL, tradeDate: "2029-01-31" },
    code: "outside_covered_years",
    text: /trade of 2029-01-31: 2029-02-01 is outside/,
    why: "it would settle after the rows end",
  },
  {
    of: { assetClass: "equity", instrument: "XYZ", tradeDate: "2026-11-23" },
    code: "unknown_market",
    text: /give a known instrument, an ISIN, or a known venue/,
    why: "nothing tells the market",
  },
  {
    of: { assetClass: "fx", instrument: "USD/THB", tradeDate: "2026-11-23" },
    code: "unknown_currency",
    text: /currency THB/,
    why: "no calendar for it",
  },
];

for (const { of, code, text, why } of REFUSALS) {
  Deno.test(`settlementDate() refuses ${of.instrument} traded ${of.tradeDate} as ${code}: ${why}`, () => {
    const answer = settlementDate(of);
    assert(answer.kind === "refused");
    assert.equal(answer.code, code);
    assert.match(answer.text, text);
  });
}

Deno.test("settlementDate() answers at both ends of the covered years", () => {
  for (const [tradeDate, settles] of [["2024-01-02", "2024-01-04"], ["2029-01-30", "2029-01-31"]] as const) {
    const answer = settlementDate({ ...AAPL, tradeDate });
    assert.equal(answer.kind === "settlement" && answer.settlementDate, settles);
  }
});

Deno.test("settlementDate() answers with the fields of the contract", () => {
  assert.deepEqual(settlementDate({ ...AAPL, tradeDate: "2026-11-23" }), {
    kind: "settlement",
    settlementDate: "2026-11-24",
    countedFrom: "2026-11-23",
    cycle: "T+1",
    calendars: ["XNYS", "DTCC"],
    provisional: false,
    why: "US equities settle T+1 for trade dates from 2024-05-28 (SEC Rule 15c6-1(a)).",
  });
});
