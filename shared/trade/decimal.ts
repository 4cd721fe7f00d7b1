/**
 * Exact decimal arithmetic on text. Amounts stay text from the source to the database; this is the only file
 * that calculates with them, and it never goes through a float.
 *
 * @module
 */

import Big from "big.js";

/** The widest amount anything here accepts: both the tables and the reader of records keep to it. */
export const INTEGER_DIGITS_MAX = 20;
export const FRACTION_DIGITS_MAX = 8;

/** Longer text is no amount, and is not looked at. */
const AMOUNT_CHARS_MAX = 64;
const AMOUNT = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/;
const PLAIN_AMOUNT = /^-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,8})?$/;

export type ReadAmount =
  | { readonly kind: "amount"; readonly text: string }
  | { readonly kind: "no_number" }
  | { readonly kind: "too_many_digits" };

/**
 * Reads an amount such as `98.40625000`, `-37.63` or `1.5e3`, and keeps the decimals it was written with.
 *
 * @returns Plain notation without exponent and leading zeros: at most 20 digits before the point and 8 after
 * it, where zeros beyond the eighth decimal are dropped.
 */
export function readAmount(source: string): ReadAmount {
  if (PLAIN_AMOUNT.test(source) && !source.startsWith("-")) return { kind: "amount", text: source };
  if (source.length > AMOUNT_CHARS_MAX) {
    return { kind: /^-?[0-9][0-9.eE+-]*$/.test(source) ? "too_many_digits" : "no_number" };
  }
  const match = AMOUNT.exec(source);
  if (match === null) return { kind: "no_number" };
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  return withDigits(sign!, whole!, fraction, Number(exponent));
}

function withDigits(sign: string, whole: string, fraction: string, exponent: number): ReadAmount {
  const digits = whole + fraction;
  if (/^0*$/.test(digits)) return { kind: "amount", text: scaled("", "0", fraction, 0) };
  if (Math.abs(exponent) > AMOUNT_CHARS_MAX * 2) return { kind: "too_many_digits" };
  const text = scaled(sign, whole, fraction, exponent);
  const [integer, decimals = ""] = text.replace("-", "").split(".");
  return integer!.length > INTEGER_DIGITS_MAX || decimals.length > FRACTION_DIGITS_MAX
    ? { kind: "too_many_digits" }
    : { kind: "amount", text };
}

/** Moves the point by the exponent, and drops leading zeros and zeros beyond the eighth decimal. */
function scaled(sign: string, whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point > 0 ? digits.padEnd(point, "0") : "0".repeat(1 - point) + digits;
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=[0-9])/, "");
  const decimals = padded.slice(at);
  const excess = decimals.slice(FRACTION_DIGITS_MAX);
  const kept = /^0*$/.test(excess) ? decimals.slice(0, FRACTION_DIGITS_MAX) : decimals;
  return sign + integer + (kept === "" ? "" : `.${kept}`);
}

/** The one text of a value: `98.410` and `98.41` are the same amount, and so are `-0` and `0`. */
export function normalAmount(amount: string): string {
  if (!amount.includes(".")) return amount === "-0" ? "0" : amount;
  const trimmed = amount.replace(/\.?0+$/, "");
  return trimmed === "-0" ? "0" : trimmed;
}

export function isNegative(amount: string): boolean {
  return amount.startsWith("-") && !isZero(amount);
}

export function isZero(amount: string): boolean {
  return /^-?0*\.?0*$/.test(amount);
}

export function add(...amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed();
}

export function subtract(from: string, amount: string): string {
  return new Big(from).minus(amount).toFixed();
}

export function multiply(...factors: readonly string[]): string {
  return factors.reduce((product, factor) => product.times(factor), new Big(1)).toFixed();
}

/** The quotient, rounded once, to `places` decimals; a half is rounded away from zero. */
export function divide(amount: string, by: string, places: number): string {
  const Rounding = Big();
  Rounding.DP = places;
  Rounding.RM = Big.roundHalfUp;
  return roundHalfUp(new Rounding(amount).div(by).toFixed(), places);
}

/** @returns Less than 0, 0, or more than 0, as for sorting. */
export function compare(a: string, b: string): number {
  return new Big(a).cmp(b);
}

/** Rounds to `places` decimals and writes all of them; a half is rounded away from zero. */
export function roundHalfUp(amount: string, places: number): string {
  const rounded = new Big(amount).toFixed(places, Big.roundHalfUp);
  return isNegative(rounded) ? rounded : rounded.replace("-", "");
}
