/**
 * Whether two sides mean the same thing by different names.
 *
 * @module
 */

import { COUNTERPARTIES } from "../trade/counterparties.ts";
import { instrumentId } from "../trade/instrument_ids.ts";
import type { AssetClass } from "../trade/trade.ts";

const COUNTERPARTY_BY_NAME = new Map(
  COUNTERPARTIES.flatMap(({ name, compId }) => [[plain(name), name], [plain(compId), name]]),
);

/** The name our reference data gives a counterparty; one it does not list keeps its own, in small letters. */
export function counterpartyId(name: string): string {
  const known = plain(name);
  return COUNTERPARTY_BY_NAME.get(known) ?? known;
}

export function sameCounterparty(a: string, b: string): boolean {
  return a === b || counterpartyId(a) === counterpartyId(b);
}

export function sameInstrument(a: string, b: string): boolean {
  return a === b || instrumentId(a) === instrumentId(b);
}

/**
 * Currency (15) of a currency pair is the one dealt in, which is either of the two; the booking has the one its
 * notional is in.
 */
export function sameCurrency(
  book: { readonly assetClass: AssetClass; readonly instrument: string; readonly currency: string },
  street: string,
): boolean {
  if (book.currency === street) return true;
  const pair = book.assetClass === "fx" ? instrumentId(book.instrument).split("/") : [];
  return pair.includes(street) && pair.includes(book.currency);
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
