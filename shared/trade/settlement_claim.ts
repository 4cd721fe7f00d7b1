/**
 * What a late settlement may cost: an estimate of the interest claim, so that fails can be put in order before anyone
 * has sent a claim. Principal x rate x days / basis, with the overnight rate of the trade's currency.
 *
 * @module
 */

import { compare, divide, multiply, subtract } from "./decimal.ts";
import { isDate } from "./instant.ts";

/** For days late from `asOf` on; days before the first row take that one. */
export interface ClaimRateRow {
  readonly asOf: string;
  readonly source: string;
  /** A year's interest, 0.04 is 4 %, by currency; others take that of USD. */
  readonly rates: Readonly<
    Record<string, { readonly rate: string; readonly basis: 360 | 365; readonly name: string }>
  >;
}

export const CLAIM_RATES: readonly ClaimRateRow[] = [
  {
    asOf: "2026-11-20",
    source: "the fund's reference rates of that day, of the simulated market; day counts as each rate's own",
    rates: {
      USD: { rate: "0.0364", basis: 360, name: "SOFR" },
      EUR: { rate: "0.0193", basis: 360, name: "€STR" },
      GBP: { rate: "0.0372", basis: 365, name: "SONIA" },
      JPY: { rate: "0.0073", basis: 365, name: "TONA" },
      CHF: { rate: "0.0000", basis: 360, name: "SARON" },
      CAD: { rate: "0.0226", basis: 365, name: "CORRA" },
    },
  },
];

export interface Claim {
  /** In the trade's currency, two decimals. */
  readonly amount: string;
  readonly currency: string;
  /** Calendar days. */
  readonly days: number;
  readonly rate: string;
  readonly basis: number;
  /** Such as `SOFR as of 2026-11-20`. */
  readonly source: string;
}

export interface Late {
  readonly currency: string;
  /** Of the trade, in its currency. */
  readonly principal: string;
  readonly quantity: string;
  readonly settledQuantity: string | null;
  /** The day it should have settled on. */
  readonly settlementDate: string;
}

const DAY_MS = 86_400_000;
const MINOR_DECIMALS = 2;

/** @param day ISO day up to which interest runs. Null: it is not late yet. */
export function claimOf(late: Late, day: string): Claim | null {
  const { currency, principal, settlementDate } = late;
  const days = daysLate(settlementDate, day);
  if (days === 0) return null;
  const { asOf, rates } = CLAIM_RATES.findLast((row) => row.asOf <= day) ?? CLAIM_RATES[0]!;
  const { rate, basis, name } = rates[currency] ?? rates.USD!;
  const interest = multiply(principal, rate, String(days), openOf(late));
  const amount = divide(interest, multiply(String(basis), late.quantity), MINOR_DECIMALS);
  return { amount, currency, days, rate, basis, source: `${name} as of ${asOf}` };
}

/** Calendar days; 0 before the day after it was due. */
export function daysLate(settlementDate: string, day: string): number {
  if (!isDate(settlementDate) || !isDate(day)) throw new RangeError(`${settlementDate} or ${day} is no day`);
  return Math.max(0, Math.round((Date.parse(day) - Date.parse(settlementDate)) / DAY_MS));
}

function openOf({ quantity, settledQuantity }: Late): string {
  if (settledQuantity === null) return quantity;
  return compare(settledQuantity, quantity) < 0 ? subtract(quantity, settledQuantity) : "0";
}
