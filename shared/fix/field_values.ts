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
const LETTER_T = 84;
const LETTER_Z = 90;
const DATE_BYTES = 8;
const SECONDS_BYTES = 17;
const MILLIS_BYTES = 21;
/** Limits of {@link readDecimal}: whole digits and fraction digits. */
const WHOLE_DIGITS_MAX = 20;
const FRACTION_DIGITS_MAX = 8;

/** `2026-03-02T14:30:05.125000Z` */
const iso = new Uint8Array(27).fill(ZERO);
iso[4] = iso[7] = DASH;
iso[10] = LETTER_T;
iso[13] = iso[16] = COLON;
iso[19] = POINT;
iso[26] = LETTER_Z;

/** A UTCTimestamp as ISO 8601 with microseconds. @throws {FieldError} as {@link readTimestamp}. */
export function readTimestampAt(fields: Fields, index: number): string {
  const { bytes } = fields;
  const start = fields.starts[index]!;
  const length = fields.ends[index]! - start;
  if (length === MILLIS_BYTES && isAsLast(bytes, start)) return lastText;
  const isPlain = (length === SECONDS_BYTES || length === MILLIS_BYTES && bytes[start + 17] === POINT) &&
    bytes[start + 8] === DASH && bytes[start + 11] === COLON && bytes[start + 14] === COLON;
  if (!isPlain || !copyDate(bytes, start) || !copyTime(bytes, start + 9)) return slowTimestamp(fields, index);
  for (let digit = 0; digit < 3; digit++) {
    const byte = length === MILLIS_BYTES ? bytes[start + 18 + digit]! : ZERO;
    if (byte < ZERO || byte > ZERO + 9) return slowTimestamp(fields, index);
    iso[20 + digit] = byte;
  }
  const text = readLatin1(iso, 0, 27);
  if (length === MILLIS_BYTES) {
    for (let at = 0; at < MILLIS_BYTES; at++) lastBytes[at] = bytes[start + at]!;
    lastText = text;
  }
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
  const { bytes } = fields;
  const start = fields.starts[index]!;
  if (fields.ends[index]! - start === DATE_BYTES) {
    const digits = readDigits(bytes, start);
    const place = digits & (DAYS - 1);
    if (digits > 0 && knownDays[place] === digits) return dayTexts[place]!;
    if (copyDate(bytes, start)) {
      knownDays[place] = digits;
      return dayTexts[place] = readLatin1(iso, 0, 10);
    }
  }
  return readDate(fields.tags[index]!, fields.textAt(index));
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

function copyDate(bytes: Uint8Array, start: number): boolean {
  const century = copyPair(bytes, start, 0);
  const year = copyPair(bytes, start + 2, 2);
  const month = copyPair(bytes, start + 4, 5);
  const day = copyPair(bytes, start + 6, 8);
  return (century | year | month | day) >= 0 && isDate(century * 100 + year, month, day);
}

/** A leap second is left to the slow way, which knows what becomes of it. */
function copyTime(bytes: Uint8Array, start: number): boolean {
  const hour = copyPair(bytes, start, 11);
  const minute = copyPair(bytes, start + 3, 14);
  const second = copyPair(bytes, start + 6, 17);
  return (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60;
}

/** The number that two digits write, copied to `iso`; below zero where they are none. */
function copyPair(bytes: Uint8Array, from: number, to: number): number {
  const tens = bytes[from]!;
  const ones = bytes[from + 1]!;
  if (!isDigit(tens) || !isDigit(ones)) return -1;
  iso[to] = tens;
  iso[to + 1] = ones;
  return (tens - ZERO) * 10 + ones - ZERO;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

function slowTimestamp(fields: Fields, index: number): string {
  return readTimestamp(fields.tags[index]!, fields.textAt(index));
}
