/**
 * The value types of the hot path, read from a field's bytes: what is well formed becomes its text in one
 * step, and all else goes to {@link "./values.ts"}, which says what is wrong.
 *
 * @module
 */

import type { Fields } from "./fields.ts";
import { readLatin1 } from "./text.ts";
import { isDate, readDate, readDecimal, readTimestamp } from "./values.ts";

const ZERO = 48;
const COLON = 58;
const DASH = 45;
const POINT = 46;
const DATE_BYTES = 8;
const MILLIS_BYTES = 21;
/** Limits of {@link readDecimal}: whole digits and fraction digits. */
const WHOLE_DIGITS_MAX = 20;
const FRACTION_DIGITS_MAX = 8;

/** A UTCTimestamp as ISO 8601 with microseconds. @throws {FieldError} as {@link readTimestamp}. */
export function readTimestampAt(fields: Fields, index: number): string {
  const { bytes } = fields;
  const start = fields.starts[index]!;
  const length = fields.ends[index]! - start;
  if (length !== MILLIS_BYTES) return slowTimestamp(fields, index);
  if (isAsLast(bytes, start)) return lastText;
  const day = readDay(bytes, start);
  if (day === "" || bytes[start + DATE_BYTES] !== DASH || !isTime(bytes, start + DATE_BYTES + 1)) {
    return slowTimestamp(fields, index);
  }
  const text = day + "T" + readLatin1(bytes, start + DATE_BYTES + 1, start + MILLIS_BYTES) + "000Z";
  for (let at = 0; at < MILLIS_BYTES; at++) lastBytes[at] = bytes[start + at]!;
  lastText = text;
  return text;
}

/** SendingTime (52) and TransactTime (60) of a message are often the same. */
const lastBytes = new Uint8Array(MILLIS_BYTES);
let lastText = "";

/** From the end, where two timestamps differ first. */
function isAsLast(bytes: Uint8Array, start: number): boolean {
  for (let at = MILLIS_BYTES - 1; at >= 0; at--) if (bytes[start + at] !== lastBytes[at]) return false;
  return true;
}

/** Days that were read, by their digits as a number: a market speaks of a few at a time. */
const DAYS = 256;
const knownDays = new Int32Array(DAYS);
const dayTexts: string[] = new Array(DAYS).fill("");

/** A date as an ISO day. @throws {FieldError} as {@link readDate}. */
export function readDateAt(fields: Fields, index: number): string {
  const start = fields.starts[index]!;
  const day = fields.ends[index]! - start === DATE_BYTES ? readDay(fields.bytes, start) : "";
  return day === "" ? readDate(fields.tags[index]!, fields.textAt(index)) : day;
}

/** The ISO day that eight digits name; empty where they name none. */
function readDay(bytes: Uint8Array, start: number): string {
  const digits = readDigits(bytes, start);
  const place = digits & (DAYS - 1);
  if (digits > 0 && knownDays[place] === digits) return dayTexts[place]!;
  if (!isDate(Math.trunc(digits / 10_000), Math.trunc(digits / 100) % 100, digits % 100)) return "";
  knownDays[place] = digits;
  const text = readLatin1(bytes, start, start + DATE_BYTES);
  return dayTexts[place] = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

function readDigits(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + DATE_BYTES; at++) {
    const byte = bytes[at]!;
    if (!isDigit(byte)) return -1;
    value = value * 10 + byte - ZERO;
  }
  return value;
}

/** A Qty, Price or Amt as decimal text. @throws {FieldError} as {@link readDecimal}. */
export function readDecimalAt(fields: Fields, index: number): string {
  const { bytes } = fields;
  const start = fields.starts[index]!;
  const end = fields.ends[index]!;
  let at = start;
  while (at < end && isDigit(bytes[at]!)) at++;
  const whole = at - start;
  let fraction = 1;
  if (at < end && bytes[at] === POINT) {
    const pointAt = at++;
    while (at < end && isDigit(bytes[at]!)) at++;
    fraction = at - pointAt - 1;
  }
  const isPlain = at === end && whole > 0 && whole <= WHOLE_DIGITS_MAX && fraction > 0 &&
    fraction <= FRACTION_DIGITS_MAX;
  const text = readLatin1(bytes, start, end);
  return isPlain ? text : readDecimal(fields.tags[index]!, text);
}

/** Whether a decimal has a digit above zero, and no sign. */
export function isPositiveAt(fields: Fields, index: number): boolean {
  const { bytes } = fields;
  const end = fields.ends[index]!;
  if (bytes[fields.starts[index]!] === DASH) return false;
  for (let at = fields.starts[index]!; at < end; at++) {
    if (bytes[at]! > ZERO && bytes[at]! <= ZERO + 9) return true;
  }
  return false;
}

/** `14:30:05.125`; a leap second is left to the slow way, which knows what becomes of it. */
function isTime(bytes: Uint8Array, start: number): boolean {
  return bytes[start + 2] === COLON && bytes[start + 5] === COLON && bytes[start + 8] === POINT &&
    isBelow(bytes, start, 24) && isBelow(bytes, start + 3, 60) && isBelow(bytes, start + 6, 60) &&
    isDigit(bytes[start + 9]!) && isDigit(bytes[start + 10]!) && isDigit(bytes[start + 11]!);
}

/** Whether two digits write a number below the limit. */
function isBelow(bytes: Uint8Array, at: number, limit: number): boolean {
  const tens = bytes[at]!;
  const ones = bytes[at + 1]!;
  return isDigit(tens) && isDigit(ones) && (tens - ZERO) * 10 + ones - ZERO < limit;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

function slowTimestamp(fields: Fields, index: number): string {
  return readTimestamp(fields.tags[index]!, fields.textAt(index));
}
