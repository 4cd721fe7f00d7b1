/**
 * When a trade in one of our instruments settles: by the calendars where they reach, else by weekdays alone, so that
 * a simulated market can run in any year.
 *
 * @module
 */

import { UncoveredDayError } from "./calendar/calendar.ts";
import { CALENDARS, type CurrencyId } from "./calendar/calendars.ts";
import { cycleOn, type Market as SecurityMarket, MARKETS } from "./calendar/markets.ts";
import { settleSecurity } from "./calendar/settle.ts";
import { settleSpot, spotDays } from "./calendar/spot.ts";
import type { Instrument } from "./instrument.ts";

export type Market = SecurityMarket | "fx_spot";

/** Trade dates before this have no cycle here. */
export const FIRST_TRADE_DATE = "2017-09-05";

/** Whether a market's calendar counts a day. */
export type IsBusinessDay = (day: Temporal.PlainDate) => boolean;

/**
 * @param tradeDate ISO day.
 * @returns ISO day.
 * @throws {RangeError} If there are no cycles for that trade date.
 */
export function settlementDateOf(
  { market, symbol }: Pick<Instrument, "market" | "symbol">,
  tradeDate: string,
): string {
  if (tradeDate < FIRST_TRADE_DATE) {
    const covered = `cycles are known for trade dates from ${FIRST_TRADE_DATE} on`;
    throw new RangeError(`Cannot settle ${symbol} traded on ${tradeDate}: ${covered}`);
  }
  try {
    const settlement = market === "fx_spot"
      ? settleSpot(pairOf(symbol), tradeDate, CALENDARS)
      : settleSecurity(MARKETS[market], tradeDate, CALENDARS);
    return settlement.settlementDate;
  } catch (error) {
    if (!(error instanceof UncoveredDayError)) throw error;
    const days = market === "fx_spot" ? spotDays(pairOf(symbol)) : cycleOn(MARKETS[market], tradeDate).days;
    return countWeekdays(tradeDate, days);
  }
}

export function isWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}

function countWeekdays(from: string, days: number): string {
  let day = Temporal.PlainDate.from(from);
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    if (isWeekday(day)) left--;
  }
  return day.toString();
}

function pairOf(symbol: string): [CurrencyId, CurrencyId] {
  return symbol.split("/") as [CurrencyId, CurrencyId];
}
