import assert from "node:assert/strict";
import { settlementDate, type SettlementRequest } from "./mod.ts";

/** The hand-worked cases that this project was given, whole: `trade date -> settlement date`. */
const CASES: { of: Omit<SettlementRequest, "tradeDate">; why: string; dates: string }[] = [
  {
    of: { assetClass: "equity", instrument: "AAPL", venue: "DTC" },
    why: "the T+1 switch",
    dates: "2024-05-23 -> 2024-05-28; 2024-05-24 -> 2024-05-29; 2024-05-28 -> 2024-05-29",
  },
  {
    of: { assetClass: "equity", instrument: "AAPL", venue: "DTC" },
    why: "Columbus Day trades and does not settle",
    dates: "2026-10-09 -> 2026-10-13; 2026-10-12 -> 2026-10-13",
  },
  {
    of: { assetClass: "equity", instrument: "JPM", venue: "XNYS" },
    why: "Thanksgiving",
    dates: "2026-11-25 -> 2026-11-27; 2026-11-27 -> 2026-11-30",
  },
  {
    of: { assetClass: "equity", instrument: "AAPL", venue: "DTC" },
    why: "Good Friday",
    dates: "2026-04-02 -> 2026-04-06",
  },
  {
    of: { assetClass: "bond", instrument: "US912810TM09", venue: "Fedwire" },
    why: "a Treasury over Columbus Day, and over Good Friday",
    dates: "2026-10-09 -> 2026-10-13; 2026-04-02 -> 2026-04-06",
  },
  {
    of: { assetClass: "bond", instrument: "US037833BX70", venue: "DTC" },
    why: "a corporate bond over Columbus Day",
    dates: "2026-10-09 -> 2026-10-13",
  },
  {
    of: { assetClass: "fx", instrument: "USD/JPY" },
    why: "Golden Week",
    dates: "2026-04-27 -> 2026-04-30; 2026-04-28 -> 2026-05-01; 2026-04-29 -> 2026-05-01; " +
      "2026-04-30 -> 2026-05-07; 2026-05-04 -> 2026-05-08",
  },
  {
    of: { assetClass: "fx", instrument: "USD/CAD" },
    why: "T+1",
    dates: "2026-05-15 -> 2026-05-19; 2026-06-30 -> 2026-07-02; 2026-11-25 -> 2026-11-27",
  },
  {
    of: { assetClass: "fx", instrument: "EUR/USD" },
    why: "a US holiday on the day in between does not count",
    dates: "2026-10-08 -> 2026-10-13; 2026-10-09 -> 2026-10-13; 2026-11-24 -> 2026-11-27; " +
      "2026-11-25 -> 2026-11-27",
  },
  {
    of: { assetClass: "fx", instrument: "EUR/USD" },
    why: "TARGET holidays",
    dates: "2026-04-01 -> 2026-04-07; 2026-04-02 -> 2026-04-08; 2026-04-30 -> 2026-05-05",
  },
  {
    of: { assetClass: "fx", instrument: "GBP/USD" },
    why: "early May",
    dates: "2026-04-30 -> 2026-05-05",
  },
  {
    of: { assetClass: "fx", instrument: "EUR/GBP" },
    why: "a cross waits for both centres",
    dates: "2026-04-29 -> 2026-05-05",
  },
  {
    of: { assetClass: "equity", instrument: "AZN", venue: "CREST" },
    why: "Easter and early May in London",
    dates: "2026-04-02 -> 2026-04-08; 2026-04-30 -> 2026-05-05",
  },
  {
    of: { assetClass: "equity", instrument: "SAP", venue: "Clearstream" },
    why: "Easter and 1 May in Germany",
    dates: "2026-04-01 -> 2026-04-07; 2026-04-29 -> 2026-05-04",
  },
  {
    of: { assetClass: "equity", instrument: "SAP", venue: "XETR" },
    why: "the EU's switch to T+1",
    dates: "2027-10-07 -> 2027-10-11; 2027-10-08 -> 2027-10-12; 2027-10-11 -> 2027-10-12",
  },
];

for (const { of, why, dates } of CASES) {
  for (const line of dates.split("; ")) {
    const [tradeDate, settles] = line.split(" -> ") as [string, string];
    Deno.test(`settlementDate() of ${of.assetClass} ${of.instrument} traded ${tradeDate} is ${settles}: ${why}`, () => {
      const answer = settlementDate({ ...of, tradeDate });
      assert.equal(answer.kind === "settlement" ? answer.settlementDate : answer.text, settles);
    });
  }
}

for (const day of ["2026-10-12", "2026-11-11"]) {
  Deno.test(`settlementDate() says that US bonds do not trade on ${day}`, () => {
    for (const instrument of ["US912810TM09", "US037833BX70"]) {
      const answer = settlementDate({ assetClass: "bond", instrument, tradeDate: day });
      assert(answer.kind === "settlement");
      assert.match(
        answer.why,
        new RegExp(`^${day} is not a trading day \\(SIFMA: (Columbus|Veterans) Day\\)`),
      );
      assert(answer.countedFrom > day);
    }
  });
}
