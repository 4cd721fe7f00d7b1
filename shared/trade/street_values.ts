/**
 * Values of FIX fields as the pipeline needs them: what a key can hold, what a side is, what an amount may be.
 *
 * @module
 */

import { FieldError, type Fields, isPositiveAt, readCount, readDecimal, readDecimalAt } from "../fix/mod.ts";
import type { Side } from "./trade.ts";

/** Identities are keys, and a key that an index cannot hold would block the batch it is in. */
const IDENTITY_CHARS_MAX = 255;

/** Side (54): sell short and its exempt form are sells; a cross or a loan is neither. */
const SIDES: ReadonlyMap<string, Side> = new Map<string, Side>([
  ["1", "buy"],
  ["2", "sell"],
  ["3", "buy"],
  ["4", "sell"],
  ["5", "sell"],
  ["6", "sell"],
  ["D", "buy"],
  ["E", "sell"],
]);

export function readIdentity(tag: number, text: string): string {
  if (text.includes("\0")) throw new FieldError(tag, text.slice(0, 80), "holds a NUL byte");
  if (text.length <= IDENTITY_CHARS_MAX) return text;
  throw new FieldError(tag, text.slice(0, 80), `is longer than ${IDENTITY_CHARS_MAX} characters`);
}

export function readSide(tag: number, text: string): Side {
  const side = SIDES.get(text);
  if (side === undefined) {
    throw new FieldError(tag, text, "is neither a buy nor a sell", "value_out_of_range");
  }
  return side;
}

export function readOrdStatus(tag: number, text: string): string {
  if (/^[0-9A-E]$/.test(text)) return text;
  throw new FieldError(tag, text.slice(0, 80), "is no OrdStatus", "value_out_of_range");
}

export function readCurrency(tag: number, text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw new FieldError(tag, text.slice(0, 80), "is no ISO 4217 code");
}

export function readAmount(tag: number, text: string): string {
  const amount = readDecimal(tag, text);
  if (!amount.startsWith("-")) return amount;
  throw new FieldError(tag, text, "is negative", "value_out_of_range");
}

export function readPositive(tag: number, text: string): string {
  const amount = readAmount(tag, text);
  if (/[1-9]/.test(amount)) return amount;
  throw new FieldError(tag, text, "is not above zero", "value_out_of_range");
}

/** An average of many fills has any number of decimals; it is shown, never compared. */
export function readAverage(tag: number, text: string): string {
  return readAmount(tag, text.replace(/^(-?\d*\.\d{8})\d+$/, "$1"));
}

const ZERO = 48;
const NINE = 57;
const CAPITAL_A = 65;
const DASH = 45;
const BUY = 49;
const SELL = 50;
/** Below it an average cannot have more decimals than an amount may. */
const SHORT_AVERAGE_BYTES = 9;
const SEQ_NUM_DIGITS_MAX = 9;

/** The readers of the hot path: as those above, from a field's bytes. */
export type FieldReader<T> = (fields: Fields, index: number) => T;

export function readIdentityAt(fields: Fields, index: number): string {
  const { bytes } = fields;
  const start = fields.starts[index]!;
  const end = fields.ends[index]!;
  let at = end - start > IDENTITY_CHARS_MAX ? end : start;
  while (at < end && bytes[at] !== 0) at++;
  const text = fields.textAt(index);
  return at === end && end - start <= IDENTITY_CHARS_MAX ? text : readIdentity(fields.tags[index]!, text);
}

export function readSideAt(fields: Fields, index: number): Side {
  const start = fields.starts[index]!;
  const byte = fields.ends[index]! - start === 1 ? fields.bytes[start] : 0;
  if (byte === BUY) return "buy";
  return byte === SELL ? "sell" : readSide(fields.tags[index]!, fields.textAt(index));
}

export function readOrdStatusAt(fields: Fields, index: number): string {
  const text = fields.textAt(index);
  const byte = text.length === 1 ? text.charCodeAt(0) : 0;
  if ((byte >= ZERO && byte <= NINE) || (byte >= CAPITAL_A && byte <= CAPITAL_A + 4)) return text;
  return readOrdStatus(fields.tags[index]!, text);
}

export function readCurrencyAt(fields: Fields, index: number): string {
  const text = fields.textAt(index);
  return text.length === 3 && isCapital(text, 0) && isCapital(text, 1) && isCapital(text, 2)
    ? text
    : readCurrency(fields.tags[index]!, text);
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= CAPITAL_A && code < CAPITAL_A + 26;
}

export function readAmountAt(fields: Fields, index: number): string {
  if (fields.bytes[fields.starts[index]!] !== DASH) return readDecimalAt(fields, index);
  return readAmount(fields.tags[index]!, fields.textAt(index));
}

export function readPositiveAt(fields: Fields, index: number): string {
  if (isPositiveAt(fields, index)) return readDecimalAt(fields, index);
  return readPositive(fields.tags[index]!, fields.textAt(index));
}

export function readAverageAt(fields: Fields, index: number): string {
  const isShort = fields.ends[index]! - fields.starts[index]! <= SHORT_AVERAGE_BYTES;
  return isShort ? readAmountAt(fields, index) : readAverage(fields.tags[index]!, fields.textAt(index));
}

export function readSeqNumAt(fields: Fields, index: number): number {
  const end = fields.ends[index]!;
  let value = 0;
  let at = fields.starts[index]!;
  if (end - at <= SEQ_NUM_DIGITS_MAX) {
    for (; at < end; at++) {
      const digit = fields.bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === end) return value;
  }
  return readCount(fields.tags[index]!, fields.textAt(index));
}
