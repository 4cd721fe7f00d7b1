/**
 * What can be traded, and the conventions of each that notional, fees and settlement need.
 *
 * @module
 */

import type { Market } from "./settlement.ts";
import type { AssetClass } from "./trade.ts";

export interface Instrument {
  /** What both sides call it: ticker, ISIN of a bond, currency pair; of a future or option the root. */
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly kind: "share" | "government_bond" | "corporate_bond" | "spot" | "future" | "option";
  /** Of its price; for a currency pair the second one. */
  readonly currency: string;
  /** Units of value for one unit of quantity; futures and options: the contract's multiplier. */
  readonly multiplier: string;
  /** A bond is quoted in percent of its face amount, everything else per unit. */
  readonly quote: "unit" | "percent";
  readonly price: string;
  readonly tick: string;
  /** Quantities are multiples of it: a round lot, a denomination, one contract. */
  readonly lot: number;
  /** ISO 10383 code of where it trades. */
  readonly exchange: string;
  /** Where it settles. */
  readonly venue: string;
  readonly market: Market;
  /** Month letters of a future's contracts, and how many months ahead the active one is at least. */
  readonly months?: string;
  readonly monthsAhead?: number;
  /** Of an option: call or put, and its strike. */
  readonly right?: "C" | "P";
  readonly strike?: number;
}
