/**
 * The value types of FIX, read from a field's text.
 *
 * @module
 */

import type { FaultCode } from "./faults.ts";

/**
 * A field of an intact message that cannot become part of a trade.
 * The same bytes fail the same way, so the record is set aside and never retried.
 */
export class FieldError extends SyntaxError {
  override readonly name = "FieldError";

  constructor(
    readonly tag: number,
    readonly value: string,
    problem: string,
    readonly code: FaultCode = "bad_format",
  ) {
    super(`Cannot read field ${tag}: "${value}" ${problem}`);
  }
}

const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)-(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?$/;
const DATE = /^(\d{4})(\d\d)(\d\d)$/;
const DECIMAL = /^-?(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;
/** As nearly all are written; asking makes no parts of them. */
const PLAIN_DECIMAL = /^\d{1,20}(?:\.\d{1,8})?$/;
const DIGITS_BEFORE_POINT_MAX = 20;
const DIGITS_AFTER_POINT_MAX = 8;
/** Below it PostgreSQL and Temporal disagree on calendars, and no trade is that old. */
const YEAR_MIN = 1900;

/**
 * Reads a UTCTimestamp such as `20260302-14:30:05.125`.
 *
 * @returns `2026-03-02T14:30:05.125000Z`, what is finer than a microsecond cut off. A leap second, which
 * the instants of PostgreSQL and Temporal cannot name, becomes the last microsecond before it.
 * @throws {FieldError} If the text has another shape, or names no real instant (30 February).
 * @see FIX 5.0 SP2, data type UTCTimestamp
 */
export function readTimestamp(tag: number, text: string): string {
  const parts = TIMESTAMP.exec(text);
  if (parts === null) throw new FieldError(tag, text, "is not a UTCTimestamp, YYYYMMDD-HH:MM:SS[.sss]");
  const [, year, month, day, hour, minute, second, fraction = ""] = parts;
  if (!isDate(Number(year), Number(month), Number(day))) {
    throw new FieldError(tag, text, "names no day of the calendar");
  }
  if (hour! > "23" || minute! > "59" || second! > "60" || (second === "60" && minute !== "59")) {
    throw new FieldError(tag, text, "names no time of the day");
  }
  const micros = second === "60" ? "59.999999" : `${second}.${fraction.slice(0, 6).padEnd(6, "0")}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${micros}Z`;
}

/**
 * Reads a LocalMktDate or UTCDateOnly such as `20260302`.
 *
 * @returns `2026-03-02`
 * @throws {FieldError} If the text has another shape, or names no day of the calendar.
 */
export function readDate(tag: number, text: string): string {
  const parts = DATE.exec(text);
  if (parts === null) throw new FieldError(tag, text, "is not a date, YYYYMMDD");
  const [, year, month, day] = parts;
  if (!isDate(Number(year), Number(month), Number(day))) {
    throw new FieldError(tag, text, "names no day of the calendar");
  }
  return `${year}-${month}-${day}`;
}

/**
 * Reads a Qty, Price or Amt as decimal text, never through a float.
 *
 * @returns The text as sent, but for a lone point: `.5` is `0.5`, `5.` is `5`.
 * @throws {FieldError} If it is no FIX float, or has more than 20 digits before or 8 after the point.
 */
export function readDecimal(tag: number, text: string): string {
  if (PLAIN_DECIMAL.test(text)) return text;
  const parts = DECIMAL.exec(text);
  if (parts === null) throw new FieldError(tag, text.slice(0, 80), "is not a decimal number");
  const [, whole = "0", fraction = parts[3] ?? ""] = parts;
  if (whole.length > DIGITS_BEFORE_POINT_MAX || fraction.length > DIGITS_AFTER_POINT_MAX) {
    throw new FieldError(tag, text.slice(0, 80), "has more than 20 digits before or 8 after the point");
  }
  if (parts[1] !== undefined && fraction !== "") return text;
  const sign = text.startsWith("-") ? "-" : "";
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/**
 * Reads a SeqNum, Length or NumInGroup.
 *
 * @throws {FieldError} If it is not a row of digits, or too large to count with.
 */
export function readCount(tag: number, text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new FieldError(tag, text.slice(0, 80), "is not a positive whole number");
  }
  return Number(text);
}

export function isDate(year: number, month: number, day: number): boolean {
  if (year < YEAR_MIN || month < 1 || month > 12 || day < 1) return false;
  return day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
