/**
 * The contract of a future or option that is active on a day, by its exchange symbol.
 *
 * @module
 */

import type { Instrument } from "./instrument.ts";

/** CME Group month codes, January to December; all exchanges here use them. */
const MONTH_LETTERS = "FGHJKMNQUVXZ";

/**
 * @param tradeDate ISO day.
 * @returns `ESZ6` for a future, `AAPL261218C00270000` (OCC) for an option, the symbol of anything else.
 */
export function contractSymbol(instrument: Instrument, tradeDate: string): string {
  if (instrument.kind === "future") return futureSymbol(instrument, tradeDate);
  if (instrument.kind === "option") return optionSymbol(instrument, tradeDate);
  return instrument.symbol;
}

function futureSymbol({ symbol, months, monthsAhead }: Instrument, tradeDate: string): string {
  let month = monthOf(tradeDate).add({ months: monthsAhead ?? 1 });
  while (!months!.includes(MONTH_LETTERS[month.month - 1]!)) month = month.add({ months: 1 });
  return `${symbol}${MONTH_LETTERS[month.month - 1]}${month.year % 10}`;
}

/** Monthly options expire on the third Friday; the active one is next month's. */
function optionSymbol({ symbol, right, strike }: Instrument, tradeDate: string): string {
  const first = monthOf(tradeDate).add({ months: 1 }).toPlainDate({ day: 1 });
  const expiry = first.add({ days: (12 - first.dayOfWeek) % 7 + 14 });
  const day = expiry.toString().replaceAll("-", "").slice(2);
  return `${symbol}${day}${right}${String(strike! * 1_000).padStart(8, "0")}`;
}

function monthOf(tradeDate: string): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.from(tradeDate.slice(0, 7));
}
