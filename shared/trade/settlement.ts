/**
 * When a trade settles: the cycle of its market on the trade date, counted in business days.
 *
 * @module
 */

export type Market =
  | "us_equity"
  | "us_treasury"
  | "us_corporate"
  | "ca_equity"
  | "uk_equity"
  | "eu_security"
  | "ch_equity"
  | "fx_spot"
  | "fx_usd_cad"
  | "future"
  | "listed_option";

/** `days` business days after trade dates from `from` on, until the market's next row. */
export interface Cycle {
  readonly market: Market;
  readonly from: string;
  readonly days: number;
  /** Announced, and not yet law. */
  readonly provisional?: true;
}

/**
 * The T+1 switches: SEC Rule 15c6-1 (28 May 2024), Canada a day before; EU Regulation 2025/2075 and, provisionally,
 * the UK and Switzerland (11 October 2027). Futures settle their daily variation on the next business day.
 */
export const CYCLES: readonly Cycle[] = [
  { market: "us_equity", from: "2017-09-05", days: 2 },
  { market: "us_equity", from: "2024-05-28", days: 1 },
  { market: "us_treasury", from: "2017-09-05", days: 1 },
  { market: "us_corporate", from: "2017-09-05", days: 2 },
  { market: "us_corporate", from: "2024-05-28", days: 1 },
  { market: "ca_equity", from: "2017-09-05", days: 2 },
  { market: "ca_equity", from: "2024-05-27", days: 1 },
  { market: "uk_equity", from: "2017-09-05", days: 2 },
  { market: "uk_equity", from: "2027-10-11", days: 1, provisional: true },
  { market: "eu_security", from: "2017-09-05", days: 2 },
  { market: "eu_security", from: "2027-10-11", days: 1 },
  { market: "ch_equity", from: "2017-09-05", days: 2 },
  { market: "ch_equity", from: "2027-10-11", days: 1, provisional: true },
  { market: "fx_spot", from: "2017-09-05", days: 2 },
  { market: "fx_usd_cad", from: "2017-09-05", days: 1 },
  { market: "future", from: "2017-09-05", days: 1 },
  { market: "listed_option", from: "2017-09-05", days: 1 },
];

/** Trade dates before this have no cycle here. */
export const FIRST_TRADE_DATE = "2017-09-05";

/** Whether a market's calendar counts a day. */
export type IsBusinessDay = (day: Temporal.PlainDate) => boolean;

/**
 * @param tradeDate ISO day.
 * @returns ISO day.
 * @throws {RangeError} If the market has no cycle for that trade date.
 */
export function settlementDate(
  market: Market,
  tradeDate: string,
  isBusinessDay: IsBusinessDay = isWeekday,
): string {
  let day = Temporal.PlainDate.from(tradeDate);
  for (let left = cycleDays(market, tradeDate); left > 0;) {
    day = day.add({ days: 1 });
    if (isBusinessDay(day)) left--;
  }
  return day.toString();
}

function cycleDays(market: Market, tradeDate: string): number {
  const cycle = CYCLES.findLast((row) => row.market === market && row.from <= tradeDate);
  if (cycle === undefined) {
    const covered = `cycles are known for trade dates from ${FIRST_TRADE_DATE} on`;
    throw new RangeError(`Cannot settle a ${market} trade of ${tradeDate}: ${covered}`);
  }
  return cycle.days;
}

export function isWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}
