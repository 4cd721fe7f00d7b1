/**
 * The mistakes a desk makes, put into one side of a fill: at most one a fill, and nothing in any message shows
 * it. Only the answer key knows.
 *
 * @module
 */

import type { Random } from "./random.ts";

export const FAULT_TYPES = ["price", "quantity", "missing_book", "missing_street"] as const;
export type FaultType = typeof FAULT_TYPES[number];

/** A line of the answer key. */
export interface Fault {
  readonly execId: string;
  /** The booking; where that is missing, the ExecID. */
  readonly tradeId: string;
  readonly type: FaultType;
  /** What differs; null where a whole side is missing. */
  readonly field: "price" | "quantity" | null;
  readonly book: string | null;
  readonly street: string | null;
}

/** Decides which fault a fill has, if any. */
export function drawFault(share: number, random: Random): FaultType | null {
  const isFaulty = random.chance(share);
  const type = random.pick(FAULT_TYPES);
  return isFaulty ? type : null;
}

const OFF_BY_MAX = 20;

/** A wrong number of ticks: two digits swapped, or some ticks off. Never the right one, never below one. */
export function wrongTicks(ticks: number, random: Random): number {
  if (random.chance(0.5)) {
    const swapped = swapDigits(ticks, random);
    if (swapped !== null && swapped * 2 > ticks && swapped < ticks * 2) return swapped;
  }
  const off = random.between(1, OFF_BY_MAX);
  return random.chance(0.5) || off >= ticks ? ticks + off : ticks - off;
}

/** A wrong number of lots: two digits swapped, a zero too many, or some lots off. */
export function wrongQuantity(quantity: number, lot: number, random: Random): number {
  const lots = quantity / lot;
  const kind = random.between(1, 3);
  if (kind === 1) {
    const swapped = swapDigits(lots, random);
    if (swapped !== null) return swapped * lot;
  }
  if (kind === 2) return quantity * 10;
  const off = random.between(1, OFF_BY_MAX);
  return (random.chance(0.5) || off >= lots ? lots + off : lots - off) * lot;
}

/** Swaps two different neighbouring digits; the first stays none of them when that would make it 0. */
function swapDigits(number: number, random: Random): number | null {
  const digits = String(number);
  const places = [...digits.slice(1)].flatMap((digit, at) =>
    digit !== digits[at] && !(at === 0 && digit === "0") ? [at] : []
  );
  if (places.length === 0) return null;
  const at = random.pick(places);
  return Number(digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2));
}
