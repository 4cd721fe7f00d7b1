/**
 * A calendar: which days a market trades, a depository settles or a currency is paid. Its holidays are dated rows
 * as their source published them, so that a day is either covered, or an error; no rule fills a gap.
 *
 * @module
 */

/** `official`: published by the named source. `provisional`: by its standing rule, not yet published. */
export type Standing = "official" | "provisional";

/** What one source says of a stretch of days: those listed are closed, the other weekdays are open. */
export interface Publication {
  readonly status: Standing;
  readonly source: string;
  /** First and last day that it speaks of, ISO. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly (readonly [date: string, name: string])[];
}

export interface PublishedCalendar {
  readonly id: string;
  readonly name: string;
  /** In order of their days, without a gap from `FIRST_DAY` to `LAST_DAY`. */
  readonly published: readonly Publication[];
}

export interface Holiday {
  readonly calendar: string;
  readonly date: string;
  readonly name: string;
  readonly status: Standing;
  readonly source: string;
}

export interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly published: readonly Publication[];
  readonly holidays: ReadonlyMap<string, Holiday>;
}

/** Every calendar covers these days and no others. */
export const FIRST_DAY = "2024-01-01";
export const LAST_DAY = "2029-01-31";

// Days are counted in UTC milliseconds, which know no summer time: five times as fast as Temporal here, and every
// booking asks for a settlement date.
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;
const ISO_DAY_CHARS = 10;

/** A day before `FIRST_DAY` or after `LAST_DAY` was needed. Asking again does not help; new rows do. */
export class UncoveredDayError extends RangeError {
  override readonly name = "UncoveredDayError";

  constructor(readonly day: string) {
    super(`${day} is outside the covered years: the calendars reach from ${FIRST_DAY} to ${LAST_DAY}`);
  }
}

export function openCalendar({ id, name, published }: PublishedCalendar): Calendar {
  const holidays = published.flatMap(({ days, status, source }) =>
    days.map(([date, name]): Holiday => ({ calendar: id, date, name, status, source }))
  );
  return { id, name, published, holidays: new Map(holidays.map((holiday) => [holiday.date, holiday])) };
}

/** @throws {UncoveredDayError} */
export function isOpen(calendar: Calendar, day: string): boolean {
  return closureOf(calendar, day) === null;
}

/**
 * @returns Why the day is closed, such as `Saturday` or `Columbus Day`; null for an open day.
 * @throws {UncoveredDayError}
 */
export function closureOf(calendar: Calendar, day: string): string | null {
  if (day < FIRST_DAY || day > LAST_DAY) throw new UncoveredDayError(day);
  return weekendName(day) ?? calendar.holidays.get(day)?.name ?? null;
}

/** Whether all that is known of these days, first and last included, is official. */
export function isOfficial(calendar: Calendar, from: string, to: string): boolean {
  return calendar.published.every((part) => part.status === "official" || part.to < from || part.from > to) &&
    daysBetween(from, to).every((day) => calendar.holidays.get(day)?.status !== "provisional");
}

export function weekendName(day: string): string | null {
  const dayOfWeek = (EPOCH_WEEKDAY + Date.parse(day) / DAY_MS) % 7;
  return dayOfWeek === 6 ? "Saturday" : dayOfWeek === 0 ? "Sunday" : null;
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, ISO_DAY_CHARS);
}

/** Both ends included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = nextDay(day)) days.push(day);
  return days;
}
