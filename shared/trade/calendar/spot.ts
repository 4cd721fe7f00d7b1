/**
 * Value dates of spot foreign exchange. Each currency counts its own business days from the trade date; the value
 * date is the first day, at or after the latest of them, on which both currencies and the US dollar can be paid.
 *
 * In a T+2 pair a US holiday on the day in between does not hold the dollar back, because nothing is paid on it,
 * except against the Latin American currencies whose own rule counts it.
 *
 * @module
 */

import { isOfficial, isOpen, nextDay, weekendName } from "./calendar.ts";
import type { Calendars, CurrencyId } from "./calendars.ts";
import { closedText, firstOpen, type Settlement } from "./settle.ts";

const SPOT_DAYS = 2;
/** Against the dollar these are paid the next day: one continent, one working day. */
const NEXT_DAY_AGAINST_USD = ["CAD", "TRY", "PHP", "RUB"];
/** Against these the dollar must be payable on the day in between as well. */
const COUNTS_USD_HOLIDAYS = ["ARS", "CLP", "MXN"];

/** @throws {UncoveredDayError} If a day up to the value date is not covered. */
export function settleSpot(
  pair: readonly [CurrencyId, CurrencyId],
  tradeDate: string,
  calendars: Calendars,
): Settlement {
  const countedFrom = firstWeekday(tradeDate);
  const days = spotDays(pair);
  const ends = pair.map((currency) => countFor(currency, pair, countedFrom, days, calendars));
  const paid = [...new Set<CurrencyId>([...pair, "USD"])];
  const asked = paid.map((currency) => calendars[currency]);
  const latest = ends.toSorted().at(-1)!;
  const settlementDate = firstOpen(asked, latest);
  const cycle = `T+${days}`;
  const why = [
    ...(countedFrom === tradeDate
      ? []
      : [`${tradeDate} is a ${weekendName(tradeDate)}, so it is counted from ${countedFrom}.`]),
    `${pair.join("/")} spot is ${cycle}, counted per currency: ${
      pair.map((currency, at) => `${currency} ${ends[at]}`).join(", ")
    }.`,
    ...usdText(pair, countedFrom, days, calendars),
    ...(settlementDate === latest ? [] : [`${latest} is not good for all of ${paid.join(", ")}.`]),
    ...closedText(asked, countedFrom, settlementDate),
  ];
  return {
    settlementDate,
    countedFrom,
    cycle,
    calendars: paid,
    provisional: asked.some((calendar) => !isOfficial(calendar, countedFrom, settlementDate)),
    why: why.join(" "),
  };
}

/** Business days from trade to value date. */
export function spotDays(pair: readonly string[]): number {
  return pair.includes("USD") && pair.some((currency) => NEXT_DAY_AGAINST_USD.includes(currency))
    ? 1
    : SPOT_DAYS;
}

function countFor(
  currency: CurrencyId,
  pair: readonly string[],
  from: string,
  days: number,
  calendars: Calendars,
): string {
  const skipsHolidays = currency !== "USD" || pair.some((other) => COUNTS_USD_HOLIDAYS.includes(other));
  let day = from;
  for (let left = days; left > 0;) {
    day = nextDay(day);
    const isBetween = left > 1 && !skipsHolidays;
    if (isBetween ? weekendName(day) === null : isOpen(calendars[currency], day)) left--;
  }
  return day;
}

/** Says so when a US holiday was passed over as the day in between. */
function usdText(pair: readonly CurrencyId[], from: string, days: number, calendars: Calendars): string[] {
  const between = firstWeekday(nextDay(from));
  const isPassedOver = pair.includes("USD") && days > 1 &&
    !pair.some((currency) => COUNTS_USD_HOLIDAYS.includes(currency)) && !isOpen(calendars.USD, between);
  return isPassedOver
    ? [`The US holiday of ${between} lies in between and does not hold the dollar back.`]
    : [];
}

/** Currencies trade on every weekday, holidays of one country included. */
function firstWeekday(from: string): string {
  let day = from;
  while (weekendName(day) !== null) day = nextDay(day);
  return day;
}
