/**
 * What an execution is worth while nobody has booked it: the severity of its break goes by value.
 *
 * @module
 */

import { findInstrument } from "../shared/trade/instrument_ids.ts";
import { notionalOf } from "../shared/trade/notional.ts";
import { multiplyByRate, rateOf } from "../shared/trade/rates.ts";

/** Its notional in USD, as a booking of the same would have it; null: our reference data does not list the instrument. */
export function streetValueUsd(
  { instrument, quantity, price, tradeDate }: {
    readonly instrument: string;
    readonly quantity: string;
    readonly price: string;
    readonly tradeDate: string;
  },
): string | null {
  const known = findInstrument(instrument);
  if (known === null) return null;
  return multiplyByRate(notionalOf(known, quantity, price), rateOf(known.currency, tradeDate));
}
