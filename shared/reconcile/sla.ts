/**
 * The clock of a break: when it is due by its severity, and how old it is. Both run in business time, because nobody
 * works on a break at night; a break of Friday evening is not three days old on Monday.
 *
 * @module
 */

import { businessDaysBetween } from "../trade/calendar/business_days.ts";
import { type Calendar, isOpen, nextDay, UncoveredDayError } from "../trade/calendar/calendar.ts";
import { firstOpen } from "../trade/calendar/settle.ts";
import type { Severity } from "./severity.ts";

/** Where the middle office works, and its hours there. */
const ZONE = "America/New_York";
const OPENS = "08:00";
const CLOSES = "18:00";

/** Business hours from opening to due. A business day has ten. */
export const SLA_HOURS: Readonly<Record<Severity, number>> = { critical: 2, high: 4, medium: 10, low: 30 };

const HOUR_MS = 3_600_000;

export interface BreakClock {
  /** ISO day: when it opened, or the next business day after that. */
  readonly business_date: string | null;
  /** Business days from there to now, or to when it was closed. */
  readonly age_business_days: number | null;
  /** UTC, milliseconds. */
  readonly due_at: string | null;
  /** Open, or closed, after it was due. */
  readonly overdue: boolean | null;
}

/** The calendars do not reach there. */
const UNKNOWN: BreakClock = { business_date: null, age_business_days: null, due_at: null, overdue: null };

/**
 * The clock of a break, as it stands at `nowMs`.
 *
 * @param closedAtMs Null while it is open: then time runs to now.
 */
export function clockOf(
  { severity, openedAtMs, closedAtMs }: {
    readonly severity: Severity;
    readonly openedAtMs: number;
    readonly closedAtMs: number | null;
  },
  nowMs: number,
  calendar: Calendar,
): BreakClock {
  try {
    const dueAtMs = dueMs(openedAtMs, severity, calendar);
    const untilMs = closedAtMs ?? nowMs;
    const businessDate = firstOpen([calendar], dayOf(openedAtMs));
    return {
      business_date: businessDate,
      age_business_days: businessDaysBetween(calendar, businessDate, dayOf(untilMs)),
      due_at: new Date(dueAtMs).toISOString(),
      overdue: untilMs > dueAtMs,
    };
  } catch (error) {
    if (error instanceof UncoveredDayError) return UNKNOWN;
    throw error;
  }
}

/**
 * When a break is due that opened then.
 *
 * @returns Milliseconds since 1970.
 * @throws {UncoveredDayError}
 */
export function dueMs(openedAtMs: number, severity: Severity, calendar: Calendar): number {
  let leftMs = SLA_HOURS[severity] * HOUR_MS;
  let day = dayOf(openedAtMs);
  for (let fromMs = openedAtMs;; day = nextDay(day)) {
    if (!isOpen(calendar, day)) continue;
    const startMs = Math.max(fromMs, instantMs(day, OPENS));
    const endMs = instantMs(day, CLOSES);
    if (startMs + leftMs <= endMs) return startMs + leftMs;
    leftMs -= Math.max(endMs - startMs, 0);
    fromMs = endMs;
  }
}

/**
 * Where a list of overdue breaks ends: those of this severity that opened before the instant returned were due before
 * now. The inverse of `dueMs`.
 *
 * @returns Milliseconds since 1970.
 * @throws {UncoveredDayError}
 */
export function overdueBeforeMs(nowMs: number, severity: Severity, calendar: Calendar): number {
  let leftMs = SLA_HOURS[severity] * HOUR_MS;
  let day = dayOf(nowMs);
  for (let untilMs = nowMs - 1;; day = dayBefore(day)) {
    if (!isOpen(calendar, day)) continue;
    const startMs = instantMs(day, OPENS);
    const endMs = Math.min(untilMs, instantMs(day, CLOSES));
    if (endMs - leftMs >= startMs) return endMs - leftMs + 1;
    leftMs -= Math.max(endMs - startMs, 0);
    untilMs = startMs;
  }
}

/** The day it is in New York. */
export function dayOf(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(ZONE).toPlainDate().toString();
}

/** When a day begins in New York. */
export function midnightMs(day: string): number {
  return instantMs(day, "00:00");
}

function instantMs(day: string, time: string): number {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(ZONE).epochMilliseconds;
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
