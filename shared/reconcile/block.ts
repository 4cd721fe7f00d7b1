/**
 * A block: bookings of a whole order, or of parts of it by account, beside the fills of that order. They agree in
 * sum, and in the average price to its last decimal.
 *
 * @module
 */

import Big from "big.js";
import { type BookSide, compare, type Difference, exceeded, type Rules, type StreetSide } from "./compare.ts";

export interface BlockSides {
  /** Live bookings, the first one first. */
  readonly bookings: readonly BookSide[];
  /** Live fills of the order that no booking of their own has. */
  readonly fills: readonly StreetSide[];
  /** The order is terminal and all its fills are here, or its day is over: from then on a short sum is a break. */
  readonly isOver: boolean;
  /** AvgPxPrecision (74); null: the decimals of the bookings. */
  readonly decimals: number | null;
}

export interface BlockVerdict {
  readonly holds: readonly Difference[];
  /** One side is short, and may still come. */
  readonly inProgress: boolean;
}

export function judgeBlock({ bookings, fills, isOver, decimals }: BlockSides, rules: Rules): BlockVerdict {
  const [book] = bookings;
  const [street] = fills;
  if (book === undefined || street === undefined) return { holds: [], inProgress: !isOver };
  const ours = { quantity: sumOf(bookings), price: averageOf(bookings, places(bookings, decimals)) };
  const theirs = { quantity: sumOf(fills), price: averageOf(fills, places(bookings, decimals)) };
  const isShort = exceeded("quantity", book, ours.quantity, theirs.quantity, rules) !== null;
  if (isShort && !isOver) return { holds: [], inProgress: true };
  const noFees = { brokerageFee: null, clearingFee: null, exchangeFee: null };
  // The average has a tolerance of its own, so the prices of the two sides are made equal for the others.
  const others = compare({ ...book, ...ours }, { ...street, ...theirs, price: ours.price, ...noFees }, rules);
  return { holds: [...others, ...averageBreak(book, ours.price, theirs.price, rules)], inProgress: false };
}

function averageBreak(book: BookSide, ours: string, theirs: string, rules: Rules): Difference[] {
  // Of an average, a tick is its last decimal.
  const tick = new Big(10).pow(-decimalsOf(ours)).toFixed();
  const beyond = exceeded("average_price", book, ours, theirs, { ...rules, tickOf: () => tick });
  if (beyond === null) return [];
  const { toleranceId } = beyond;
  return [{
    type: "price",
    field: "price",
    book: ours,
    street: theirs,
    expected: null,
    differs: null,
    toleranceId,
  }];
}

interface Part {
  readonly quantity: string;
  readonly price: string;
}

function sumOf(parts: readonly Part[]): string {
  return parts.reduce((sum, { quantity }) => sum.plus(quantity), new Big(0)).toFixed();
}

/** Weighted by quantity, rounded half up from the exact quotient: big.js divides to DP places beyond the ones kept. */
function averageOf(parts: readonly Part[], decimals: number): string {
  const amount = parts.reduce(
    (sum, { quantity, price }) => sum.plus(new Big(quantity).times(price)),
    new Big(0),
  );
  return divideHalfUp(amount, new Big(sumOf(parts)), decimals);
}

/** Exact: the quotient's integer part at `decimals` places, and its remainder against half. */
function divideHalfUp(amount: Big, by: Big, decimals: number): string {
  const scale = Math.max(0, -amount.e + amount.c.length - 1, -by.e + by.c.length - 1);
  const unit = new Big(10).pow(scale);
  const numerator = BigInt(amount.times(unit).times(new Big(10).pow(decimals)).toFixed(0));
  const denominator = BigInt(by.times(unit).toFixed(0));
  const isNegative = numerator < 0n;
  const magnitude = isNegative ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return new Big(`${isNegative ? "-" : ""}${rounded}`).div(new Big(10).pow(decimals)).toFixed(decimals);
}

function places(bookings: readonly Part[], decimals: number | null): number {
  return decimals ?? Math.max(...bookings.map(({ price }) => decimalsOf(price)));
}

function decimalsOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}
