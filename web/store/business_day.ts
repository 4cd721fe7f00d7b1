/**
 * A business date of the middle office: where it begins and ends. The days before it on which nobody worked belong to
 * it, so that every instant is of one business date.
 *
 * @module
 */

import { dayOf, midnightMs } from "../../shared/reconcile/sla.ts";
import { type Calendar, isOpen, nextDay } from "../../shared/trade/calendar/calendar.ts";

export interface BusinessDay {
  /** ISO day. */
  readonly date: string;
  /** UTC: midnight in New York after the business date before it. */
  readonly since: string;
  /** UTC: midnight in New York after it. */
  readonly until: string;
}

/**
 * @throws {UncoveredDayError}
 * @returns Null: the calendar is closed on that day.
 */
export function toBusinessDay(date: string, calendar: Calendar): BusinessDay | null {
  if (!isOpen(calendar, date)) return null;
  let first = date;
  for (let day = dayBefore(date); !isOpen(calendar, day); day = dayBefore(day)) first = day;
  const isoAt = (day: string) => new Date(midnightMs(day)).toISOString();
  return { date, since: isoAt(first), until: isoAt(nextDay(date)) };
}

/** The day it is for the middle office, open or not. */
export function today(): string {
  return dayOf(Date.now());
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
