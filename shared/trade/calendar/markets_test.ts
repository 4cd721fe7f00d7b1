import assert from "node:assert/strict";
import { CALENDARS } from "./calendars.ts";
import { type Market, MARKETS } from "./markets.ts";
import { settleSecurity } from "./settle.ts";

/** Dated public examples per market: `trade date -> settlement date: why`. */
const EXAMPLES: Readonly<Partial<Record<Market, string>>> = {
  us_equity: `
    2024-05-22 -> 2024-05-24: T+2 before the switch
    2024-06-18 -> 2024-06-20: Juneteenth
    2024-07-03 -> 2024-07-05: Independence Day
    2024-11-08 -> 2024-11-12: Veterans Day is no settlement day
    2024-11-11 -> 2024-11-12: and trades
    2024-12-24 -> 2024-12-26: Christmas
    2025-01-08 -> 2025-01-09: NYSE mourned President Carter, DTCC settled
    2025-01-09 -> 2025-01-13: nobody traded then, so from the 10th
    2025-04-17 -> 2025-04-21: Good Friday
    2026-07-02 -> 2026-07-06: Independence Day kept on Friday the 3rd
    2026-11-10 -> 2026-11-12: Veterans Day
    2026-11-21 -> 2026-11-24: a Saturday counts from Monday
    2026-12-31 -> 2027-01-04: New Year
    2027-06-17 -> 2027-06-21: Juneteenth on Saturday, kept on Friday
    2027-12-23 -> 2027-12-27: Christmas on Saturday, kept on Friday
    2027-12-30 -> 2027-12-31: New Year on Saturday is not kept
    2027-12-31 -> 2028-01-03: and Monday is open
    2028-11-10 -> 2028-11-13: Veterans Day on Saturday is not kept`,
  us_treasury: `
    2024-05-22 -> 2024-05-23: T+1 long before equities
    2024-10-11 -> 2024-10-15: Columbus Day
    2025-01-09 -> 2025-01-10: bonds traded until 14:00
    2025-04-17 -> 2025-04-21: Good Friday
    2025-04-18 -> 2025-04-22: Good Friday 2025 was a full close
    2026-04-03 -> 2026-04-07: Good Friday 2026 traded, and SIFMA asked for T+2
    2026-04-06 -> 2026-04-07: T+1 again
    2026-11-11 -> 2026-11-13: no trading on Veterans Day
    2028-11-10 -> 2028-11-13: Veterans Day on Saturday is not kept`,
  us_corporate: `
    2024-05-23 -> 2024-05-28: T+2
    2024-05-28 -> 2024-05-29: T+1
    2026-04-03 -> 2026-04-06: Good Friday 2026 traded, corporates kept T+1
    2026-10-12 -> 2026-10-14: no trading on Columbus Day`,
  ca_security: `
    2024-05-23 -> 2024-05-27: T+2 over no holiday of Canada's
    2024-05-24 -> 2024-05-28: the last T+2 day
    2024-05-27 -> 2024-05-28: the first T+1 day, Memorial Day in the US
    2024-09-27 -> 2024-10-01: Truth and Reconciliation is no settlement day
    2024-09-30 -> 2024-10-01: and trades
    2025-08-01 -> 2025-08-05: Civic Holiday
    2026-02-13 -> 2026-02-17: Family Day
    2026-05-15 -> 2026-05-19: Victoria Day
    2026-10-09 -> 2026-10-13: Thanksgiving
    2026-11-10 -> 2026-11-12: Remembrance Day is no settlement day
    2026-11-11 -> 2026-11-12: and trades
    2026-12-24 -> 2026-12-29: Boxing Day in lieu on Monday
    2028-06-30 -> 2028-07-04: Canada Day in lieu on Monday`,
  uk_security: `
    2024-03-27 -> 2024-04-02: Easter
    2024-05-02 -> 2024-05-07: early May
    2024-08-22 -> 2024-08-27: summer bank holiday
    2025-12-23 -> 2025-12-29: Christmas
    2026-12-24 -> 2026-12-30: Boxing Day's substitute
    2027-10-07 -> 2027-10-11: T+2
    2027-10-08 -> 2027-10-12: the last T+2 day
    2027-10-11 -> 2027-10-12: T+1
    2027-12-24 -> 2027-12-29: both Christmas days have substitutes
    2027-12-31 -> 2028-01-04: New Year's substitute`,
  uk_gilt: `
    2026-04-02 -> 2026-04-07: T+1 over Easter
    2026-05-01 -> 2026-05-05: T+1 over early May
    2027-10-08 -> 2027-10-11: T+1 before and after`,
  de_security: `
    2024-12-20 -> 2024-12-24: Christmas Eve settles
    2024-12-23 -> 2024-12-27: and 25 and 26 December do not
    2024-12-27 -> 2024-12-31: New Year's Eve settles
    2024-12-30 -> 2025-01-02: New Year
    2026-05-21 -> 2026-05-25: Whit Monday trades and settles
    2026-12-24 -> 2026-12-30: no trading, so from the 28th
    2026-12-30 -> 2027-01-04: T+2 over New Year's Eve and Day
    2027-10-08 -> 2027-10-12: the last T+2 day`,
  eu_security: `
    2025-04-16 -> 2025-04-22: Easter
    2026-04-30 -> 2026-05-05: Labour Day
    2026-12-24 -> 2026-12-29: Euronext trades on Christmas Eve
    2027-10-11 -> 2027-10-12: T+1`,
  ch_security: `
    2024-07-31 -> 2024-08-05: National Day
    2024-12-30 -> 2025-01-03: New Year and Berchtold's Day; 31 December settles
    2026-05-12 -> 2026-05-15: Ascension Day
    2026-05-21 -> 2026-05-26: Whit Monday
    2027-10-08 -> 2027-10-12: T+2
    2027-10-11 -> 2027-10-12: T+1`,
  jp_security: `
    2024-12-27 -> 2025-01-06: the turn of the year
    2026-04-28 -> 2026-05-01: Showa Day
    2026-05-01 -> 2026-05-08: Golden Week with its substitute
    2026-09-17 -> 2026-09-24: Silver Week with its Citizens' Holiday
    2026-11-20 -> 2026-11-25: Labour Thanksgiving Day
    2027-03-18 -> 2027-03-23: the equinox on Sunday moves to Monday
    2028-10-05 -> 2028-10-10: Sports Day`,
  jp_government: `
    2026-04-28 -> 2026-04-30: T+1 over Showa Day`,
  cme_future: `
    2026-01-16 -> 2026-01-20: Martin Luther King Day has no trade date of its own
    2026-10-09 -> 2026-10-13: Columbus Day trades, and dollars are not paid
    2026-10-12 -> 2026-10-13: the same
    2026-11-25 -> 2026-11-27: Thanksgiving
    2026-11-26 -> 2026-11-30: its session belongs to the 27th`,
  ice_future: `
    2026-04-02 -> 2026-04-06: Good Friday, and Easter Monday trades
    2026-11-25 -> 2026-11-27: Brent trades on Thanksgiving, dollars are not paid
    2026-12-24 -> 2026-12-28: Christmas`,
  eurex_future: `
    2026-05-29 -> 2026-06-01: over a weekend
    2026-12-23 -> 2026-12-24: Christmas Eve pays
    2026-12-30 -> 2026-12-31: New Year's Eve pays`,
  us_option: `
    2026-10-09 -> 2026-10-13: Columbus Day
    2026-11-27 -> 2026-11-30: over a weekend`,
};

for (const [market, lines] of Object.entries(EXAMPLES) as [Market, string][]) {
  for (const line of lines.trim().split(/\n */)) {
    const [, tradeDate, settles, why] = /^(\S+) -> (\S+): (.+)$/.exec(line)!;
    Deno.test(`settleSecurity() of ${market} traded ${tradeDate} is ${settles}: ${why}`, () => {
      const { settlementDate, why: reasons } = settleSecurity(MARKETS[market], tradeDate!, CALENDARS);
      assert.equal(settlementDate, settles, reasons);
    });
  }
}

const PROVISIONAL: { market: Market; tradeDate: string; want: boolean; why: string }[] = [
  { market: "us_equity", tradeDate: "2026-10-09", want: false, why: "all published" },
  { market: "us_equity", tradeDate: "2028-12-29", want: true, why: "settles in 2029, not published yet" },
  { market: "uk_security", tradeDate: "2027-10-08", want: false, why: "T+2 is law" },
  { market: "uk_security", tradeDate: "2027-10-11", want: true, why: "T+1 is not law yet" },
  { market: "ch_security", tradeDate: "2027-10-11", want: true, why: "T+1 is a recommendation" },
  { market: "de_security", tradeDate: "2027-10-11", want: false, why: "T+1 is law" },
  {
    market: "us_treasury",
    tradeDate: "2027-06-17",
    want: true,
    why: "Juneteenth on a Saturday is new to SIFMA",
  },
  { market: "us_treasury", tradeDate: "2027-06-21", want: false, why: "the rest of 2027 is published" },
  {
    market: "jp_security",
    tradeDate: "2028-03-16",
    want: true,
    why: "the equinox is announced a year before",
  },
  { market: "uk_security", tradeDate: "2028-05-02", want: true, why: "bank holidays of 2028 by rule" },
];

for (const { market, tradeDate, want, why } of PROVISIONAL) {
  Deno.test(`settleSecurity() of ${market} traded ${tradeDate} is ${want ? "" : "not "}provisional: ${why}`, () => {
    assert.equal(settleSecurity(MARKETS[market], tradeDate, CALENDARS).provisional, want);
  });
}

Deno.test("settleSecurity() says what it counted and what was closed", () => {
  const { why, calendars, cycle } = settleSecurity(MARKETS.us_equity, "2026-10-09", CALENDARS);
  assert.equal(
    why,
    "US equities settle T+1 for trade dates from 2024-05-28 (SEC Rule 15c6-1(a)). " +
      "Closed: 2026-10-12 (DTCC: Columbus Day).",
  );
  assert.deepEqual([calendars, cycle], [["XNYS", "DTCC"], "T+1"]);
});

Deno.test("MARKETS have cycles in order of their days, each with a source, and one for every covered day", () => {
  for (const { name, cycles } of Object.values(MARKETS)) {
    assert.deepEqual(cycles.map(({ from }) => from), cycles.map(({ from }) => from).toSorted(), name);
    assert(cycles[0]!.from <= "2024-01-01", name);
    for (const { source, days } of cycles) assert(source !== "" && days >= 1, name);
  }
});
