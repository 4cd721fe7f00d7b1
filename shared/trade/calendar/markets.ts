/**
 * Settlement by market: the calendar it trades by, the calendars that must be open for a day to count, and its cycle
 * with every dated change. Adding a market, or a change of cycle, is adding rows here.
 *
 * @module
 */

import type { Standing } from "./calendar.ts";
import type { CalendarId } from "./calendars.ts";

/** `days` settlement days after trade dates from `from` on, until the market's next row. */
export interface Cycle {
  readonly from: string;
  readonly days: number;
  readonly status: Standing;
  readonly source: string;
}

export interface MarketRules {
  /** As a sentence begins: `US equities`. */
  readonly name: string;
  readonly trading: CalendarId;
  /** A day counts when all of them are open. */
  readonly settlement: readonly CalendarId[];
  readonly cycles: readonly Cycle[];
}

const official = (from: string, days: number, source: string): Cycle => ({
  from,
  days,
  status: "official",
  source,
});
const provisional = (from: string, days: number, source: string): Cycle => ({
  from,
  days,
  status: "provisional",
  source,
});

const US_T2 = official("2017-09-05", 2, "SEC Rule 15c6-1 as of 2017");
const US_T1 = official("2024-05-28", 1, "SEC Rule 15c6-1(a)");
const EU_T2 = official("2014-10-06", 2, "Regulation (EU) 909/2014, article 5");
const NEXT_DAY = (source: string) => [official("2017-09-05", 1, source)];
const EU_CYCLES = [EU_T2, official("2027-10-11", 1, "Regulation (EU) 2025/2075")];
const CANADA_CYCLES = [
  official("2017-09-05", 2, "NI 24-101 as of 2017"),
  official("2024-05-27", 1, "NI 24-101"),
];
const JAPAN_T2 = official("2019-07-16", 2, "JPX and JSDA, T+2 from 2019-07-16");
const SWITZERLAND_CYCLES = [
  official("2014-10-06", 2, "SIX, T+2 from 2014-10-06"),
  provisional("2027-10-11", 1, "swissSPTC recommendation of 2025-01"),
];

const MARKET_RULES = {
  us_equity: { name: "US equities", trading: "XNYS", settlement: ["DTCC"], cycles: [US_T2, US_T1] },
  us_corporate: {
    name: "US corporate and municipal bonds",
    trading: "SIFMA",
    settlement: ["SIFMA_SETTLEMENT"],
    cycles: [US_T2, US_T1],
  },
  us_treasury: {
    name: "US Treasuries",
    trading: "SIFMA",
    settlement: ["SIFMA_SETTLEMENT"],
    cycles: [
      official("2017-09-05", 1, "market convention, SIFMA"),
      official("2026-04-03", 2, "SIFMA, 2026-03-20: T+2 for trades of Good Friday 2026"),
      official("2026-04-04", 1, "market convention, SIFMA"),
    ],
  },
  ca_security: {
    name: "Canadian securities",
    trading: "XTSE",
    settlement: ["CAD"],
    cycles: CANADA_CYCLES,
  },
  uk_security: {
    name: "UK securities",
    trading: "XLON",
    settlement: ["GBP"],
    cycles: [
      official("2014-10-06", 2, "UK CSDR, article 5"),
      provisional(
        "2027-10-11",
        1,
        "draft Central Securities Depositories (Amendment) Regulations 2026, 2025-11-20",
      ),
    ],
  },
  uk_gilt: {
    name: "Gilts",
    trading: "XLON",
    settlement: ["GBP"],
    cycles: NEXT_DAY("market convention, Debt Management Office"),
  },
  de_security: {
    name: "Securities traded in Germany",
    trading: "XETR",
    settlement: ["EUR"],
    cycles: EU_CYCLES,
  },
  eu_security: {
    name: "Securities settled in euro",
    trading: "XPAR",
    settlement: ["EUR"],
    cycles: EU_CYCLES,
  },
  ch_security: {
    name: "Swiss securities",
    trading: "XSWX",
    settlement: ["CHF"],
    cycles: SWITZERLAND_CYCLES,
  },
  jp_security: {
    name: "Japanese securities",
    trading: "XJPX",
    settlement: ["JPY"],
    cycles: [JAPAN_T2],
  },
  jp_government: {
    name: "Japanese government bonds",
    trading: "XJPX",
    settlement: ["JPY"],
    cycles: [official("2018-05-01", 1, "JSDA, T+1 from 2018-05-01")],
  },
  cme_future: {
    name: "CME futures (daily variation, in dollars)",
    trading: "XCME",
    settlement: ["XCME", "USD"],
    cycles: NEXT_DAY("CME Clearing"),
  },
  ice_future: {
    name: "ICE energy futures (daily variation, in dollars)",
    trading: "IFEU",
    settlement: ["IFEU", "USD"],
    cycles: NEXT_DAY("ICE Clear Europe"),
  },
  eurex_future: {
    name: "Eurex futures (daily variation, in euro)",
    trading: "XETR",
    settlement: ["EUR"],
    cycles: NEXT_DAY("Eurex Clearing"),
  },
  us_option: {
    name: "US listed options (premium)",
    trading: "XNYS",
    settlement: ["DTCC"],
    cycles: NEXT_DAY("Options Clearing Corporation"),
  },
} satisfies Record<string, MarketRules>;

export type Market = keyof typeof MARKET_RULES;

export const MARKETS: Readonly<Record<Market, MarketRules>> = MARKET_RULES;

/** Before a market's first row, that row. */
export function cycleOn({ cycles }: MarketRules, tradeDate: string): Cycle {
  return cycles.findLast(({ from }) => from <= tradeDate) ?? cycles[0]!;
}
