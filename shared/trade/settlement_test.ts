import assert from "node:assert/strict";
import { isCurrencyId } from "./calendar/calendars.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { settlementDateOf } from "./settlement.ts";

const CASES: { symbol: string; traded: string; settles: string; why: string }[] = [
  { symbol: "AAPL", traded: "2026-11-23", settles: "2026-11-24", why: "T+1" },
  { symbol: "AAPL", traded: "2026-11-25", settles: "2026-11-27", why: "T+1 over Thanksgiving" },
  { symbol: "US912810TM09", traded: "2026-11-20", settles: "2026-11-23", why: "Friday to Monday" },
  { symbol: "RY", traded: "2024-05-24", settles: "2024-05-28", why: "T+2 on the last day before" },
  { symbol: "AZN", traded: "2026-12-24", settles: "2026-12-30", why: "T+2 over Boxing Day's substitute" },
  { symbol: "SAP", traded: "2027-10-08", settles: "2027-10-12", why: "the last T+2 day" },
  { symbol: "NESN", traded: "2027-10-11", settles: "2027-10-12", why: "provisionally with the EU" },
  { symbol: "USD/JPY", traded: "2026-11-20", settles: "2026-11-25", why: "T+2 over a holiday in Tokyo" },
  { symbol: "USD/CAD", traded: "2026-11-20", settles: "2026-11-23", why: "USD/CAD is T+1" },
  { symbol: "ES", traded: "2026-11-20", settles: "2026-11-23", why: "variation on the next day" },
  { symbol: "SPX", traded: "2026-11-23", settles: "2026-11-24", why: "premium on the next day" },
  { symbol: "AAPL", traded: "2023-12-22", settles: "2023-12-26", why: "before the calendars, by weekdays" },
  { symbol: "AAPL", traded: "2029-01-31", settles: "2029-02-01", why: "across the calendars' end" },
  { symbol: "EUR/USD", traded: "2035-11-21", settles: "2035-11-23", why: "after the calendars, by weekdays" },
];

for (const { symbol, traded, settles, why } of CASES) {
  Deno.test(`settlementDateOf() ${symbol} traded ${traded} is ${settles}: ${why}`, () => {
    const instrument = INSTRUMENTS.find((each) => each.symbol === symbol)!;
    assert.equal(settlementDateOf(instrument, traded), settles);
  });
}

Deno.test("settlementDateOf() knows every instrument, and each of its currencies", () => {
  for (const instrument of INSTRUMENTS) {
    assert(settlementDateOf(instrument, "2026-11-23") > "2026-11-23", instrument.symbol);
    if (instrument.market === "fx_spot") assert(instrument.symbol.split("/").every(isCurrencyId));
  }
});

Deno.test("settlementDateOf() refuses a trade date before its cycles", () => {
  assert.throws(() => settlementDateOf(INSTRUMENTS[0]!, "2017-09-01"), /cycles are known .* from 2017-09-05/);
});
