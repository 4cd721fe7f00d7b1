/**
 * Adds to breaks what depends on the calendar and the time: their age and when they are due.
 *
 * @module
 */

import type { Severity } from "../../shared/reconcile/severity.ts";
import { type BreakClock, clockOf } from "../../shared/reconcile/sla.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import type { Calendars } from "../../shared/trade/calendar/mod.ts";

/** The middle office works while the New York exchanges trade. */
export function businessCalendar(calendars: Calendars): Calendar {
  return calendars.XNYS;
}

interface Opened {
  readonly severity: Severity;
  readonly opened_at: string;
  readonly closed_at: string | null;
}

export function withClock<R extends Opened>(
  rows: readonly R[],
  calendar: Calendar,
  nowMs = Date.now(),
): (R & BreakClock)[] {
  return rows.map((row) => {
    const openedAtMs = Date.parse(row.opened_at);
    const closedAtMs = row.closed_at === null ? null : Date.parse(row.closed_at);
    return { ...row, ...clockOf({ severity: row.severity, openedAtMs, closedAtMs }, nowMs, calendar) };
  });
}
