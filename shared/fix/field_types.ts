/**
 * The data types of FIX, and whether bytes have the shape of one. Nothing is made of them: a check costs no
 * allocation.
 *
 * @module
 */

import { ANY_VALUE, BY_BIT } from "./enum_tables.ts";
import { isDate } from "./values.ts";

export const STRING = 1;
const CHAR = 2;
export const INT = 3;
const COUNT = 4;
const FLOAT = 5;
const BOOLEAN = 6;
const TIMESTAMP = 7;
const TIME = 8;
const DATE = 9;
const MONTH_YEAR = 10;
const DAY_OF_MONTH = 11;
const TZ_TIMESTAMP = 12;
const TZ_TIME = 13;
export const MULTIPLE = 14;
export const MULTIPLE_CHAR = 15;
export const DATA = 16;
const CURRENCY = 17;
const COUNTRY = 18;

/** By the dictionary's name of the type. */
export const TYPE_CODES: Readonly<Record<string, number>> = {
  STRING,
  EXCHANGE: STRING,
  LANGUAGE: STRING,
  CHAR,
  INT,
  SEQNUM: COUNT,
  LENGTH: COUNT,
  NUMINGROUP: COUNT,
  FLOAT,
  QTY: FLOAT,
  PRICE: FLOAT,
  PRICEOFFSET: FLOAT,
  AMT: FLOAT,
  PERCENTAGE: FLOAT,
  BOOLEAN,
  UTCTIMESTAMP: TIMESTAMP,
  UTCTIMEONLY: TIME,
  UTCDATE: DATE,
  UTCDATEONLY: DATE,
  LOCALMKTDATE: DATE,
  MONTHYEAR: MONTH_YEAR,
  DAYOFMONTH: DAY_OF_MONTH,
  TZTIMESTAMP: TZ_TIMESTAMP,
  TZTIMEONLY: TZ_TIME,
  MULTIPLEVALUESTRING: MULTIPLE,
  MULTIPLESTRINGVALUE: MULTIPLE,
  MULTIPLECHARVALUE: MULTIPLE_CHAR,
  DATA,
  XMLDATA: DATA,
  CURRENCY,
  COUNTRY,
};

/** How a value with a list is judged: one byte of it, a look-up, several values of it. */
export const ONE_OF_BYTES = 32;
export const ONE_OF_LIST = 33;
export const SOME_OF_LIST = 34;

/** @param kind Of the list of values, as in `EnumTables.kinds`. */
export function toCheck(type: number, kind: number): number {
  if (kind === ANY_VALUE) return type;
  if (type === MULTIPLE || type === MULTIPLE_CHAR) return SOME_OF_LIST;
  return kind === BY_BIT ? ONE_OF_BYTES : ONE_OF_LIST;
}

/** Whether seconds may have any fraction up to picoseconds, or as before FIX 5.0 SP2 milliseconds or none. */
export type Fractions = "any" | "milliseconds";

const COLON = 58;
const DASH = 45;
const POINT = 46;
const SPACE = 32;
const ZERO = 48;
/** `20260302-14:30:05` */
const TIMESTAMP_BYTES = 17;
const DATE_BYTES = 8;
const TIME_BYTES = 8;
const FRACTION_DIGITS_MAX = 12;

/** Whether the value in `[start, end)`, which is not empty, has the shape its type asks for. */
export function hasType(
  type: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  fractions: Fractions,
): boolean {
  switch (type) {
    case CHAR:
      return end - start === 1;
    case INT:
      return isDigits(bytes, bytes[start] === DASH ? start + 1 : start, end);
    case COUNT:
      return isDigits(bytes, start, end);
    case FLOAT:
      return isFloat(bytes, start, end);
    case BOOLEAN:
      return end - start === 1 && (bytes[start] === 89 || bytes[start] === 78);
    case TIMESTAMP:
      return isTimestamp(bytes, start, end, fractions);
    case TIME:
      return isTime(bytes, start, end, fractions);
    case DATE:
      return end - start === DATE_BYTES && isDay(bytes, start);
    case MONTH_YEAR:
      return isMonthYear(bytes, start, end);
    case DAY_OF_MONTH:
      return isDayOfMonth(bytes, start, end);
    case TZ_TIMESTAMP:
      return isDay(bytes, start) && bytes[start + DATE_BYTES] === DASH &&
        isTzTime(bytes, start + DATE_BYTES + 1, end);
    case TZ_TIME:
      return isTzTime(bytes, start, end);
    case MULTIPLE:
      return isMultiple(bytes, start, end, end - start);
    case MULTIPLE_CHAR:
      return isMultiple(bytes, start, end, 1);
    case CURRENCY:
      return isCapitals(bytes, start, end, 3);
    case COUNTRY:
      return isCapitals(bytes, start, end, 2);
    default:
      return true;
  }
}

function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return false;
  for (let at = start; at < end; at++) if (!isDigit(bytes[at]!)) return false;
  return true;
}

function isFloat(bytes: Uint8Array, start: number, end: number): boolean {
  let at = bytes[start] === DASH ? start + 1 : start;
  const wholeAt = at;
  while (at < end && isDigit(bytes[at]!)) at++;
  const wholeDigits = at - wholeAt;
  if (at === end) return wholeDigits > 0;
  if (bytes[at] !== POINT) return false;
  const fractionAt = ++at;
  while (at < end && isDigit(bytes[at]!)) at++;
  return at === end && wholeDigits + at - fractionAt > 0;
}

function isTimestamp(bytes: Uint8Array, start: number, end: number, fractions: Fractions): boolean {
  if (end - start < TIMESTAMP_BYTES) return false;
  if (isAsLast(bytes, start)) {
    return isDigit(bytes[start + KNOWN_BYTES]!) && isFraction(bytes, start + TIMESTAMP_BYTES, end, fractions);
  }
  const isSound = isDay(bytes, start) && bytes[start + DATE_BYTES] === DASH &&
    isTime(bytes, start + DATE_BYTES + 1, end, fractions);
  if (isSound && bytes[start + KNOWN_BYTES - 1]! < SIX) {
    lastKnown.set(bytes.subarray(start, start + KNOWN_BYTES));
  }
  return isSound;
}

/** `20260302-14:30:0`: neighbouring messages share it, and one that was sound is sound again. */
const KNOWN_BYTES = 16;
const SIX = 54;
const lastKnown = new Uint8Array(KNOWN_BYTES);

/** From the end, where two timestamps differ first. */
function isAsLast(bytes: Uint8Array, start: number): boolean {
  for (let at = KNOWN_BYTES - 1; at >= 0; at--) if (bytes[start + at] !== lastKnown[at]) return false;
  return true;
}

/** A leap second is the sixty-first of any minute, as zones differ. */
function isTime(bytes: Uint8Array, start: number, end: number, fractions: Fractions): boolean {
  if (end - start < TIME_BYTES || bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) return false;
  return isPair(bytes, start, 23) && isPair(bytes, start + 3, 59) && isPair(bytes, start + 6, 60) &&
    isFraction(bytes, start + TIME_BYTES, end, fractions);
}

function isFraction(bytes: Uint8Array, start: number, end: number, fractions: Fractions): boolean {
  if (start === end) return true;
  const digits = end - start - 1;
  if (bytes[start] !== POINT || !isDigits(bytes, start + 1, end)) return false;
  return fractions === "any" ? digits <= FRACTION_DIGITS_MAX : digits === 3;
}

/** `14:30Z`, `14:30:05.125+01`, `14:30:05-05:30` */
function isTzTime(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 6 || bytes[start + 2] !== COLON) return false;
  if (!isPair(bytes, start, 23) || !isPair(bytes, start + 3, 59)) return false;
  let at = start + 5;
  if (bytes[at] === COLON) {
    if (!isPair(bytes, at + 1, 60)) return false;
    at += 3;
    if (bytes[at] === POINT) {
      const fractionAt = ++at;
      while (at < end && isDigit(bytes[at]!)) at++;
      if (at === fractionAt || at - fractionAt > FRACTION_DIGITS_MAX) return false;
    }
  }
  if (bytes[at] === 90) return at + 1 === end;
  if (bytes[at] !== 43 && bytes[at] !== DASH) return false;
  if (!isPair(bytes, at + 1, 14)) return false;
  return at + 3 === end || (at + 6 === end && bytes[at + 3] === COLON && isPair(bytes, at + 4, 59));
}

/** `202603`, `20260302` or a week of the month, `202603w2`. */
function isMonthYear(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === DATE_BYTES) {
    if (bytes[start + 6] !== 119) return isDay(bytes, start);
    const week = bytes[start + 7]! - ZERO;
    if (week < 1 || week > 5) return false;
  } else if (end - start !== 6) return false;
  return isDigits(bytes, start, start + 6) && isDate(number(bytes, start, 4), number(bytes, start + 4, 2), 1);
}

function isDayOfMonth(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 2 || !isDigits(bytes, start, end)) return false;
  const day = number(bytes, start, end - start);
  return day >= 1 && day <= 31;
}

/** Values parted by one space, each of at most `bytesMax`. */
function isMultiple(bytes: Uint8Array, start: number, end: number, bytesMax: number): boolean {
  let valueAt = start;
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] !== SPACE) continue;
    if (at === valueAt || at - valueAt > bytesMax) return false;
    valueAt = at + 1;
  }
  return true;
}

function isCapitals(bytes: Uint8Array, start: number, end: number, count: number): boolean {
  if (end - start !== count) return false;
  for (let at = start; at < end; at++) if (bytes[at]! < 65 || bytes[at]! > 90) return false;
  return true;
}

function isDay(bytes: Uint8Array, start: number): boolean {
  const century = pair(bytes, start);
  const year = pair(bytes, start + 2);
  const month = pair(bytes, start + 4);
  const day = pair(bytes, start + 6);
  return (century | year | month | day) >= 0 && isDate(century * 100 + year, month, day);
}

function isPair(bytes: Uint8Array, at: number, max: number): boolean {
  const value = pair(bytes, at);
  return value >= 0 && value <= max;
}

/** The number that two digits write, or one below zero. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function number(bytes: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let at = start; at < start + digits; at++) value = value * 10 + bytes[at]! - ZERO;
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}
