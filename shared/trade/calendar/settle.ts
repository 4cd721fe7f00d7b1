/**
 * Counts settlement days: from the trade date, or from the next trading day after it, on every calendar of the
 * market at once.
 *
 * @module
 */

import {
  type Calendar,
  closureOf,
  daysBetween,
  isOfficial,
  isOpen,
  nextDay,
  weekendName,
} from "./calendar.ts";
import type { Calendars } from "./calendars.ts";
import { cycleOn, type MarketRules } from "./markets.ts";

export interface Settlement {
  readonly settlementDate: string;
  /** The trade date, or the next trading day when that is none. */
  readonly countedFrom: string;
  /** Such as `T+1`. */
  readonly cycle: string;
  /** Identifiers of the calendars that were asked: the trading calendar first. */
  readonly calendars: readonly string[];
  /** The cycle, or a day that was counted, is not official yet. */
  readonly provisional: boolean;
  /** Sentences for people. */
  readonly why: string;
}

/**
 * @param tradeDate ISO day.
 * @throws {UncoveredDayError} If the trade date, or a day up to the settlement date, is not covered.
 */
export function settleSecurity(rules: MarketRules, tradeDate: string, calendars: Calendars): Settlement {
  const trading = calendars[rules.trading];
  const settling = rules.settlement.map((id) => calendars[id]);
  const countedFrom = firstOpen([trading], tradeDate);
  const cycle = cycleOn(rules, countedFrom);
  const settlementDate = countDays(settling, countedFrom, cycle.days);
  const rolled = countedFrom !== tradeDate;
  const provisional = cycle.status === "provisional" ||
    (rolled && !isOfficial(trading, tradeDate, countedFrom)) ||
    settling.some((calendar) => !isOfficial(calendar, countedFrom, settlementDate));
  const cycleText = `T+${cycle.days}`;
  const standing = cycle.status === "provisional" ? ", provisional" : "";
  const why = [
    ...(rolled ? [rollText(trading, tradeDate, countedFrom)] : []),
    `${rules.name} settle ${cycleText} for trade dates from ${cycle.from} (${cycle.source}${standing}).`,
    ...closedText(settling, countedFrom, settlementDate),
  ];
  return {
    settlementDate,
    countedFrom,
    cycle: cycleText,
    calendars: [...new Set([rules.trading, ...rules.settlement])],
    provisional,
    why: why.join(" "),
  };
}

/** The first day, from this one on, on which all calendars are open. */
export function firstOpen(calendars: readonly Calendar[], from: string): string {
  let day = from;
  while (!isOpenOnAll(calendars, day)) day = nextDay(day);
  return day;
}

/** The day that is `days` open days after `from`. */
export function countDays(calendars: readonly Calendar[], from: string, days: number): string {
  let day = from;
  for (let left = days; left > 0; left--) day = firstOpen(calendars, nextDay(day));
  return day;
}

export function rollText(calendar: Calendar, tradeDate: string, countedFrom: string): string {
  const closure = closureOf(calendar, tradeDate);
  return `${tradeDate} is not a trading day (${calendar.id}: ${closure}), so it is counted from ${countedFrom}.`;
}

/** Names the weekdays after `from` and up to `to` that were closed; weekends go without saying. */
export function closedText(calendars: readonly Calendar[], from: string, to: string): string[] {
  const closed = daysBetween(nextDay(from), to).filter((day) => weekendName(day) === null).flatMap((day) => {
    const names = calendars.flatMap((calendar) => {
      const name = closureOf(calendar, day);
      return name === null ? [] : [`${calendar.id}: ${name}`];
    });
    return names.length === 0 ? [] : [`${day} (${names.join(", ")})`];
  });
  return closed.length === 0 ? [] : [`Closed: ${closed.join(", ")}.`];
}

function isOpenOnAll(calendars: readonly Calendar[], day: string): boolean {
  return calendars.every((calendar) => isOpen(calendar, day));
}
