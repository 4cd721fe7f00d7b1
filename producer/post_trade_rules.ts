/**
 * Who does what after a trade: which trades are allocated, confirmed or captured, who calculates the money, and by
 * when the fund must have affirmed.
 *
 * @module
 */

import type { AssetClass } from "../shared/trade/trade.ts";
import type { Market } from "../shared/trade/settlement.ts";
import type { Order } from "./orders.ts";

const WORKFLOWS: Readonly<Record<AssetClass, "allocate" | "confirm" | "capture">> = {
  equity: "allocate",
  bond: "allocate",
  fx: "confirm",
  derivative: "capture",
  commodity: "capture",
};
/** Brokers that calculate an allocation's money themselves. */
const CALCULATING = new Set(["GSCO", "UBSW"]);
/** US securities that settle against payment are affirmed by 21:00 New York on trade date (DTCC ITP). */
const AFFIRMED_BY = { time: "21:00", zone: "America/New_York" };
const AFFIRMED_MARKETS: ReadonlySet<Market> = new Set<Market>(["us_equity", "us_corporate"]);

export function workflowOf({ quote: { instrument } }: Order) {
  return WORKFLOWS[instrument.assetClass];
}

export function isCaptured(order: Order): boolean {
  return workflowOf(order) === "capture";
}

export function isCalculating({ counterparty }: Order): boolean {
  return CALCULATING.has(counterparty.compId);
}

export function canMissplit(order: Order): boolean {
  return workflowOf(order) === "allocate";
}

/** @returns Milliseconds since 1970; null where there is no cut-off. */
export function affirmedByMs({ quote: { instrument } }: Order, tradeDate: string): number | null {
  if (!AFFIRMED_MARKETS.has(instrument.market)) return null;
  if (tradeDate !== latest.tradeDate) latest = { tradeDate, byMs: toCutOffMs(tradeDate) };
  return latest.byMs;
}

/** Thousands of fills share a day. */
let latest = { tradeDate: "", byMs: 0 };

function toCutOffMs(tradeDate: string): number {
  const { time, zone } = AFFIRMED_BY;
  return Temporal.PlainDateTime.from(`${tradeDate}T${time}`).toZonedDateTime(zone).epochMilliseconds;
}
