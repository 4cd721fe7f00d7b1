/**
 * Days and instants as text: ISO 8601 days, and UTC instants with microseconds.
 *
 * @module
 */

export interface Instant {
  /** `2026-11-23T14:30:05.125000Z` */
  readonly text: string;
  /** Since 1970-01-01T00:00:00Z. */
  readonly epochMicros: number;
}

/** Beyond these years a day is a mistake, and its microseconds would not fit a double exactly. */
const YEAR_MIN = 1970;
const YEAR_MAX = 2199;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:?[0-9]{2})?$/i;

/** Whether the text names a real day such as `2026-11-23`, from 1970 to 2199. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1) return false;
  return day <= MONTH_DAYS[month - 1]! || (month === 2 && day === 29 && isLeapYear(year));
}

/**
 * Reads an instant such as `2026-11-23T14:30:05.125Z`, also with an offset, with a space for the `T`, or without a
 * zone, which is UTC. Digits beyond the microsecond are cut off.
 *
 * @returns Nothing if the text has another shape or names no real instant.
 */
export function readInstant(text: string): Instant | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, date, hours, minutes, seconds, fraction = "", zone = "Z"] = match;
  if (!isDate(date!) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  const wholeSeconds = `${date}T${hours}:${minutes}:${seconds}`;
  const epochMs = Date.parse(`${wholeSeconds}Z`);
  if (zone === "Z" || zone === "z") {
    return { text: `${wholeSeconds}.${micros}Z`, epochMicros: epochMs * 1_000 + Number(micros) };
  }
  return withOffset(epochMs, micros, zone);
}

function withOffset(epochMs: number, micros: string, zone: string): Instant | null {
  const offsetHours = Number(zone.slice(1, 3));
  const offsetMinutes = Number(zone.slice(-2));
  if (offsetHours > 18 || offsetMinutes > 59) return null;
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000;
  const utcMs = zone.startsWith("-") ? epochMs + offsetMs : epochMs - offsetMs;
  const utcText = new Date(utcMs).toISOString().slice(0, 19);
  if (!isDate(utcText.slice(0, 10))) return null;
  return { text: `${utcText}.${micros}Z`, epochMicros: utcMs * 1_000 + Number(micros) };
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
