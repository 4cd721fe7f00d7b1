/**
 * The principal of a trade, in the currency of its price.
 *
 * @module
 */

import { multiply, roundHalfUp } from "./decimal.ts";
import type { Instrument } from "./instrument.ts";

/** ISO 4217: currencies without a minor unit; all the others here have two decimals. */
const WHOLE_CURRENCIES: ReadonlySet<string> = new Set(["JPY", "KRW"]);
const MINOR_DECIMALS = 2;

/**
 * @param quantity Units; face amount of a bond, base currency of a currency pair, contracts of a future or option.
 * @param price As the instrument is quoted; a bond's is clean, so its notional is without accrued interest.
 */
export function notionalOf(
  instrument: Pick<Instrument, "multiplier" | "currency" | "quote">,
  quantity: string,
  price: string,
): string {
  const factor = instrument.quote === "percent" ? "0.01" : instrument.multiplier;
  const decimals = WHOLE_CURRENCIES.has(instrument.currency) ? 0 : MINOR_DECIMALS;
  return roundHalfUp(multiply(quantity, price, factor), decimals);
}
