/**
 * Reads the fields of a JSON record, each by its description. A field that cannot be read throws a `FieldError`,
 * which `readTrade` alone turns into a reject.
 *
 * @module
 */

import { readAmount } from "./decimal.ts";
import { isCurrency } from "./rates.ts";
import { isDate, readInstant } from "./instant.ts";
import type { Instant } from "./instant.ts";
import { TRADE_FIELDS, type TradeField, type TradeFieldName } from "./trade_fields.ts";

export type JsonRecord = Readonly<Record<string, unknown>>;

/** A field that cannot become part of a trade; `code` is stable. */
export class FieldError extends SyntaxError {
  override readonly name = "FieldError";

  constructor(readonly code: string, field: TradeFieldName, problem: string, seen?: unknown) {
    super(`Cannot read ${field}: it ${problem}${seen === undefined ? "" : `, not ${show(seen)}`}`);
  }
}

const SHOWN_CHARS_MAX = 60;
/** PostgreSQL text cannot hold U+0000, and no name has a line break. */
// deno-lint-ignore no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

const WORDS = new Map(
  Object.entries(TRADE_FIELDS as Record<string, TradeField>)
    .filter(([, field]) => field.words !== undefined)
    .map(([name, field]) => [name, new Map(Object.entries(field.words!))]),
);

export function hasField(record: JsonRecord, name: TradeFieldName): boolean {
  return record[name] !== undefined && record[name] !== null;
}

export function readText(record: JsonRecord, name: TradeFieldName): string {
  const value = readString(record, name);
  const { charsMax } = TRADE_FIELDS[name] as TradeField;
  if (charsMax !== undefined && value.length > charsMax) {
    throw new FieldError("out_of_range", name, `must have at most ${charsMax} characters`, value);
  }
  if (value.trim() === "") throw new FieldError("bad_value", name, "must not be empty", value);
  if (CONTROL_CHARACTER.test(value) || !value.isWellFormed()) {
    throw new FieldError("bad_value", name, "must be text without control characters", value);
  }
  return value;
}

/** Reads a text of which some words are ours in any case; another text is kept as it is. */
export function readOpenWord(record: JsonRecord, name: TradeFieldName): string {
  const value = readText(record, name);
  return wordOf(name, value) ?? value;
}

export function readChoice<T extends string>(record: JsonRecord, name: TradeFieldName): T {
  const value = readString(record, name);
  const word = wordOf(name, value);
  if (word === undefined) {
    const words = [...new Set(WORDS.get(name)!.values())].join(", ");
    throw new FieldError(`unknown_${name}`, name, `must be one of ${words}`, value);
  }
  return word as T;
}

/** The stored word for `value`, or nothing when it is none of the field's words. */
export function wordOf(name: TradeFieldName, value: string): string | undefined {
  const words = WORDS.get(name)!;
  return words.get(value) ?? words.get(value.trim().toLowerCase());
}

export function readCurrency(record: JsonRecord, name: TradeFieldName): string {
  const value = readString(record, name);
  if (isCurrency(value)) return value;
  const code = value.trim().toUpperCase();
  if (!isCurrency(code)) {
    throw new FieldError("unknown_currency", name, "must be a currency we have a rate for", value);
  }
  return code;
}

/** Numbers reach this as the text that they had in the source, see `readTrade`. */
export function readAmountField(record: JsonRecord, name: TradeFieldName): string {
  const value = readPresent(record, name);
  if (typeof value !== "string") throw new FieldError("wrong_type", name, "must be a decimal number", value);
  const amount = readAmount(value);
  if (amount.kind === "amount") return amount.text;
  if (amount.kind === "too_many_digits") {
    const bounds = "must have at most 20 digits before the point and 8 after it";
    throw new FieldError("out_of_range", name, bounds, value);
  }
  throw new FieldError("bad_value", name, "must be a decimal number", value);
}

export function readFlag(record: JsonRecord, name: TradeFieldName): boolean {
  const value = readPresent(record, name);
  if (typeof value !== "boolean") throw new FieldError("wrong_type", name, "must be true or false", value);
  return value;
}

export function readVersion(record: JsonRecord, name: TradeFieldName): number {
  const value = readPresent(record, name);
  if (typeof value !== "number") throw new FieldError("wrong_type", name, "must be a whole number", value);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new FieldError("out_of_range", name, "must be a whole number from 0 to 2^53 - 1", value);
  }
  return value;
}

export function readDate(record: JsonRecord, name: TradeFieldName): string {
  const value = readString(record, name);
  if (!isDate(value)) throw new FieldError("bad_value", name, "must be a day such as 2026-11-23", value);
  return value;
}

export function readTimestamp(record: JsonRecord, name: TradeFieldName): Instant {
  const value = readString(record, name);
  const instant = readInstant(value);
  if (instant === null) {
    throw new FieldError("bad_value", name, "must be an instant such as 2026-11-23T14:30:05.125Z", value);
  }
  return instant;
}

function readString(record: JsonRecord, name: TradeFieldName): string {
  const value = readPresent(record, name);
  if (typeof value !== "string") throw new FieldError("wrong_type", name, "must be text", value);
  return value;
}

function readPresent(record: JsonRecord, name: TradeFieldName): unknown {
  if (!hasField(record, name)) throw new FieldError("missing_field", name, "is missing");
  return record[name];
}

/** What was seen, short, and safe to store whatever it was. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return String(value);
  const shown = JSON.stringify(value.slice(0, SHOWN_CHARS_MAX));
  return value.length > SHOWN_CHARS_MAX ? `${shown} … (${value.length} characters)` : shown;
}
