import assert from "node:assert/strict";
import { type Market, settlementDate } from "./settlement.ts";

const CASES: { market: Market; traded: string; settles: string; why: string }[] = [
  { market: "us_equity", traded: "2024-05-22", settles: "2024-05-24", why: "T+2 before the switch" },
  { market: "us_equity", traded: "2024-05-28", settles: "2024-05-29", why: "T+1 from the switch on" },
  { market: "us_equity", traded: "2026-11-23", settles: "2026-11-24", why: "T+1" },
  { market: "us_equity", traded: "2026-11-20", settles: "2026-11-23", why: "Friday to Monday" },
  { market: "us_corporate", traded: "2026-11-20", settles: "2026-11-23", why: "T+1" },
  { market: "us_treasury", traded: "2024-05-22", settles: "2024-05-23", why: "T+1 long before the switch" },
  { market: "ca_equity", traded: "2024-05-24", settles: "2024-05-28", why: "T+2 on the last day before" },
  { market: "ca_equity", traded: "2024-05-27", settles: "2024-05-28", why: "a day before the US" },
  { market: "uk_equity", traded: "2026-11-19", settles: "2026-11-23", why: "T+2 over a weekend" },
  { market: "eu_security", traded: "2027-10-07", settles: "2027-10-11", why: "T+2" },
  { market: "eu_security", traded: "2027-10-08", settles: "2027-10-12", why: "the last T+2 day" },
  { market: "eu_security", traded: "2027-10-11", settles: "2027-10-12", why: "the first T+1 day" },
  { market: "ch_equity", traded: "2027-10-11", settles: "2027-10-12", why: "provisionally with the EU" },
  { market: "fx_spot", traded: "2026-11-18", settles: "2026-11-20", why: "spot is T+2" },
  { market: "fx_spot", traded: "2026-11-20", settles: "2026-11-24", why: "T+2 over a weekend" },
  { market: "fx_usd_cad", traded: "2026-11-20", settles: "2026-11-23", why: "USD/CAD is T+1" },
  { market: "future", traded: "2026-11-20", settles: "2026-11-23", why: "variation on the next day" },
  { market: "listed_option", traded: "2026-11-23", settles: "2026-11-24", why: "premium on the next day" },
];

for (const { market, traded, settles, why } of CASES) {
  Deno.test(`settlementDate() of ${market} traded ${traded} is ${settles}: ${why}`, () => {
    assert.equal(settlementDate(market, traded), settles);
  });
}

Deno.test("settlementDate() counts the business days of the calendar it is given", () => {
  const columbusDay = "2026-10-12";
  const isOpen = (day: Temporal.PlainDate) => day.dayOfWeek <= 5 && day.toString() !== columbusDay;
  assert.equal(settlementDate("us_equity", "2026-10-09", isOpen), "2026-10-13");
});

Deno.test("settlementDate() refuses a trade date before its cycles", () => {
  assert.throws(() => settlementDate("us_equity", "2017-09-01"), /cycles are known .* from 2017-09-05/);
});
