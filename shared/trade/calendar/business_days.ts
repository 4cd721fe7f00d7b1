/**
 * Ages in business days: how many days a calendar was open between two days.
 *
 * @module
 */

import { type Calendar, isOpen, nextDay } from "./calendar.ts";

/**
 * Open days after `from` and up to `to`: 0 for the same day, 1 from a Friday to the Monday after it.
 *
 * @param from ISO day.
 * @param to ISO day; before `from` there are none.
 * @throws {UncoveredDayError} If a day between them is not covered.
 */
export function businessDaysBetween(calendar: Calendar, from: string, to: string): number {
  let days = 0;
  for (let day = from; day < to;) {
    day = nextDay(day);
    if (isOpen(calendar, day)) days += 1;
  }
  return days;
}
