/**
 * The money that changes hands when a trade settles.
 *
 * A security settles its principal and accrued interest against delivery, with the fees on top of what a buyer pays and
 * off what a seller gets. A future never settles its principal: each day's variation is paid.
 *
 * @module
 */

import { add, multiply, roundHalfUp, subtract } from "./decimal.ts";
import type { Side } from "./trade.ts";

const MINOR_DECIMALS = 2;

export interface Settling {
  readonly side: Side;
  /** Notional; a bond's at its clean price. */
  readonly principal: string;
  /** Of a bond; 0 elsewhere. */
  readonly accruedInterest: string;
  /** In the currency of the principal; fees billed in another currency are paid apart, and are 0 here. */
  readonly fees: string;
}

/** What the buyer pays, or the seller gets. */
export function settlementAmountOf({ side, principal, accruedInterest, fees }: Settling): string {
  const gross = add(principal, accruedInterest);
  return roundHalfUp(side === "buy" ? add(gross, fees) : subtract(gross, fees), MINOR_DECIMALS);
}

export interface FuturePosition {
  readonly side: Side;
  /** Contracts. */
  readonly quantity: string;
  readonly multiplier: string;
  /** The day before's settlement price, on the first day the trade's. */
  readonly from: string;
  /** The day's settlement price. */
  readonly to: string;
}

/** What a day's move pays to the holder of a position in a future; negative: what the holder pays. */
export function variationOf({ side, quantity, multiplier, from, to }: FuturePosition): string {
  const move = side === "buy" ? subtract(to, from) : subtract(from, to);
  return roundHalfUp(multiply(move, quantity, multiplier), MINOR_DECIMALS);
}
