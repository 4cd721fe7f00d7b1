/**
 * What is wrong with a booking whatever the street says: what its source reports, and fees that do not add up.
 *
 * @module
 */

import { add } from "../trade/decimal.ts";
import type { AssetClass } from "../trade/trade.ts";
import { type Difference, exceeded, type Rules } from "./compare.ts";

/** A live booking, as far as it can be wrong by itself. Amounts are decimal text. */
export interface Booking {
  readonly assetClass: AssetClass;
  readonly tradeDate: string;
  readonly instrument: string;
  readonly counterparty: string;
  /** What the source itself calls a break. */
  readonly reported: string | null;
  readonly brokerageFee: string;
  readonly clearingFee: string;
  readonly exchangeFee: string;
  readonly totalFees: string;
}

export function judgeBooking(
  booking: Booking,
  rules: Rules,
): (Omit<Difference, "type"> & { readonly type: "reported" | "fees" })[] {
  const found = [];
  const { reported, brokerageFee, clearingFee, exchangeFee, totalFees } = booking;
  if (reported !== null) found.push({ ...ALONE, type: "reported" as const, field: "status", book: reported });
  const sum = add(brokerageFee, clearingFee, exchangeFee);
  const beyond = exceeded("total_fees", booking, totalFees, sum, rules);
  if (beyond !== null) {
    const wrong = { field: "total_fees", book: totalFees, expected: sum, differs: "book" as const };
    found.push({ ...ALONE, ...wrong, type: "fees" as const, toleranceId: beyond.toleranceId });
  }
  return found;
}

const ALONE = { street: null, expected: null, differs: null, toleranceId: null };
