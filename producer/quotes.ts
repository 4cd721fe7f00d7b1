/**
 * The prices of the simulated market: each instrument walks by ticks around the price it started from.
 *
 * @module
 */

import { contractSymbol } from "../shared/trade/contracts.ts";
import { multiply } from "../shared/trade/decimal.ts";
import type { Instrument } from "../shared/trade/instrument.ts";
import { INSTRUMENTS } from "../shared/trade/instruments.ts";
import { toUsd } from "../shared/trade/rates.ts";
import { settlementDateOf } from "../shared/trade/settlement.ts";
import type { AssetClass } from "../shared/trade/trade.ts";
import type { Random } from "./random.ts";
import { readTick, type Tick, toTicks } from "./ticks.ts";

export interface Quote {
  readonly instrument: Instrument;
  readonly tick: Tick;
  /** What one lot is worth, roughly: it only sizes orders. */
  readonly lotUsd: number;
  readonly startTicks: number;
  ticks: number;
  /** What follows from the instrument and a day; thousands of orders share it. */
  day: { readonly tradeDate: string; readonly symbol: string; readonly settlementDate: string };
}

/** How often each asset class trades, of 100 orders. */
const SHARES: Readonly<Record<AssetClass, number>> = {
  equity: 42,
  bond: 18,
  fx: 20,
  derivative: 12,
  commodity: 8,
};
const STEP_TICKS_MAX = 3;
/** A price stays within this part of where it started. */
const RANGE_PART = 25;

export function openQuotes(): ReadonlyMap<AssetClass, readonly Quote[]> {
  return Map.groupBy(INSTRUMENTS.map(toQuote), ({ instrument }) => instrument.assetClass);
}

export function pickQuote(quotes: ReadonlyMap<AssetClass, readonly Quote[]>, random: Random): Quote {
  let draw = random.between(1, 100);
  for (const [assetClass, share] of Object.entries(SHARES) as [AssetClass, number][]) {
    draw -= share;
    if (draw <= 0) return random.pick(quotes.get(assetClass)!);
  }
  throw new RangeError("Cannot pick an asset class: the shares are less than 100");
}

/** Moves the price by up to three ticks, and back towards its start at the edge of its range. */
export function stepPrice(quote: Quote, random: Random): number {
  const range = Math.max(1, Math.floor(quote.startTicks / RANGE_PART));
  const stepped = quote.ticks + random.between(-STEP_TICKS_MAX, STEP_TICKS_MAX);
  quote.ticks = Math.min(Math.max(stepped, quote.startTicks - range), quote.startTicks + range);
  return quote.ticks;
}

/** The contract that is active on a day, see `contractSymbol`. */
export function symbolOn(quote: Quote, tradeDate: string): string {
  return dayOf(quote, tradeDate).symbol;
}

export function settlementDateOn(quote: Quote, tradeDate: string): string {
  return dayOf(quote, tradeDate).settlementDate;
}

function dayOf(quote: Quote, tradeDate: string): Quote["day"] {
  if (quote.day.tradeDate !== tradeDate) {
    quote.day = {
      tradeDate,
      symbol: contractSymbol(quote.instrument, tradeDate),
      settlementDate: settlementDateOf(quote.instrument, tradeDate),
    };
  }
  return quote.day;
}

function toQuote(instrument: Instrument): Quote {
  const { price, multiplier, lot, currency } = instrument;
  const tick = readTick(instrument.tick);
  const ticks = toTicks(price, tick);
  const lotUsd = Number(toUsd(multiply(price, multiplier, String(lot)), currency));
  const day = { tradeDate: "", symbol: "", settlementDate: "" };
  return { instrument, tick, ticks, startTicks: ticks, lotUsd, day };
}
