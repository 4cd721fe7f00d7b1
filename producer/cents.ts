/**
 * Amounts as whole cents, so that sums over a block need no decimals.
 *
 * @module
 */

import type { Fees } from "../shared/trade/fees.ts";
import { priceText, type Tick } from "./ticks.ts";

export type Cents = number;

/** In USD. */
export interface FeesInCents {
  readonly brokerage: Cents;
  readonly clearing: Cents;
  readonly exchange: Cents;
  readonly total: Cents;
}

const CENT: Tick = { units: 1, decimals: 2 };

export const ZERO_FEES: FeesInCents = { brokerage: 0, clearing: 0, exchange: 0, total: 0 };

/** @param amount With two decimals or none, as notionals and fees are. */
export function centsOf(amount: string): Cents {
  return amount.includes(".") ? Number(amount.replace(".", "")) : Number(amount) * 100;
}

export function centsText(cents: Cents): string {
  return cents < 0 ? `-${priceText(-cents, CENT)}` : priceText(cents, CENT);
}

export function feesInCents({ brokerage, clearing, exchange, total }: Fees): FeesInCents {
  return {
    brokerage: centsOf(brokerage),
    clearing: centsOf(clearing),
    exchange: centsOf(exchange),
    total: centsOf(total),
  };
}

export function addFees(fees: FeesInCents, more: FeesInCents, times: 1 | -1): FeesInCents {
  return {
    brokerage: fees.brokerage + times * more.brokerage,
    clearing: fees.clearing + times * more.clearing,
    exchange: fees.exchange + times * more.exchange,
    total: fees.total + times * more.total,
  };
}

/** Each rounded for itself, and the total their sum. */
export function shareOfFees(fees: FeesInCents, part: number): FeesInCents {
  const [brokerage, clearing, exchange] = [fees.brokerage, fees.clearing, fees.exchange].map((cents) =>
    Math.round(cents * part)
  ) as [Cents, Cents, Cents];
  return { brokerage, clearing, exchange, total: brokerage + clearing + exchange };
}
