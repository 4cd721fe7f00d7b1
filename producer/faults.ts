/**
 * The mistakes that a desk, a broker or a custodian makes, each named by the break that it must cause: at most one
 * a fill, and nothing in any message shows it. Only the answer key knows.
 *
 * @module
 */

import type { Random } from "./random.ts";

export const FAULT_TYPES = [
  "price",
  "quantity",
  "missing_book",
  "missing_street",
  "side",
  "instrument",
  "counterparty",
  "currency",
  "settlement_date",
  "fees",
  "duplicate",
  "bust",
  "allocation",
  "unaffirmed",
  "settlement_fail",
  "late",
] as const;
export type FaultType = typeof FAULT_TYPES[number];

/** How often each type is drawn, beside the others. */
export type FaultMix = Readonly<Partial<Record<FaultType, number>>>;

/** A fill still has one booking at most, and none is taken back. */
export const DEFAULT_MIX: FaultMix = {
  price: 3,
  quantity: 3,
  missing_book: 3,
  missing_street: 3,
  side: 1,
  instrument: 1,
  counterparty: 1,
  currency: 1,
  settlement_date: 1,
  fees: 1,
};

/** A line of the answer key. */
export interface Fault {
  readonly execId: string;
  /** The booking; where that is missing, the ExecID. */
  readonly tradeId: string;
  readonly type: FaultType;
  /** The column of the trade that differs; null where no single one does. */
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
}

/**
 * Decides which fault a fill has, if any.
 *
 * @param can Whether this fill can have it: the others then share its part, so that as many fills are faulty.
 */
export function drawFault(
  share: number,
  mix: FaultMix,
  can: (type: FaultType) => boolean,
  random: Random,
): FaultType | null {
  const isFaulty = random.chance(share);
  const draw = random.between(0, DRAW_MAX);
  if (!isFaulty) return null;
  const possible = FAULT_TYPES.filter((type) => (mix[type] ?? 0) > 0 && can(type));
  const sum = possible.reduce((total, type) => total + mix[type]!, 0);
  let left = draw / (DRAW_MAX + 1) * sum;
  return possible.find((type) => (left -= mix[type]!) < 0) ?? possible.at(-1) ?? null;
}

const DRAW_MAX = 999_999;
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
