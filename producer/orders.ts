/**
 * The fund's orders and what the broker does with them: how many fills, of which sizes, and how each ends. All
 * of it is decided when the order is opened; only prices come later.
 *
 * @module
 */

import { COUNTERPARTIES, type Counterparty } from "../shared/trade/counterparties.ts";
import type { AssetClass, Side } from "../shared/trade/trade.ts";
import { pickQuote, type Quote, stepPrice, symbolOn } from "./quotes.ts";
import type { Random } from "./random.ts";

export interface Order {
  readonly clOrdId: string;
  /** OrderID (37): the broker's own name for it. */
  readonly brokerOrderId: string;
  readonly quote: Quote;
  /** The contract traded, see `contractSymbol`. */
  readonly symbol: string;
  readonly side: Side;
  readonly counterparty: Counterparty;
  readonly quantity: number;
  /** What no fill is planned for: the broker cancels it in the end. */
  readonly remainder: number;
  /** Null for a market order. */
  readonly limitTicks: number | null;
  /** Sizes of the fills still to come, soonest last. */
  readonly fillsLeft: number[];
  /** When its latest message was or will be sent, in market milliseconds. */
  lastAtMs: number;
  cumQuantity: number;
  /** Ticks times quantity over all fills. */
  cumTicks: number;
}

/** Number of fills of an order, each as often as it stands here. */
const FILL_COUNTS = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];
const REMAINDER_SHARE = 0.1;
const MARKET_ORDER_SHARE = 0.3;
const LIMIT_TICKS_MAX = 8;
/** The worth of an order is spread from one to the other, small ones being the more frequent. */
const WORTH_USD_MIN = 20_000;
const WORTH_USD_SPREAD = 3_000_000;

export interface OrderBook {
  /** Opens an order at an instant whose business day is `tradeDate`. */
  open(atMs: number, tradeDate: string): Order;
}

export function openOrderBook(
  tag: string,
  quotes: ReadonlyMap<AssetClass, readonly Quote[]>,
  random: Random,
): OrderBook {
  let opened = 0;
  return {
    open(atMs, tradeDate) {
      const number = String(++opened).padStart(6, "0");
      const quote = pickQuote(quotes, random);
      const counterparty = random.pick(COUNTERPARTIES);
      const side = random.chance(0.5) ? "buy" : "sell";
      const fillsLeft = splitLots(quote, random);
      const remainder = random.chance(REMAINDER_SHARE) ? random.between(1, 3) * quote.instrument.lot : 0;
      return {
        clOrdId: `O-${tag}-${number}`,
        brokerOrderId: `${counterparty.compId}-${tag}-${number}`,
        quote,
        symbol: symbolOn(quote, tradeDate),
        side,
        counterparty,
        quantity: fillsLeft.reduce((sum, size) => sum + size, remainder),
        remainder,
        limitTicks: random.chance(MARKET_ORDER_SHARE) ? null : limitOf(quote, side, random),
        fillsLeft,
        lastAtMs: atMs,
        cumQuantity: 0,
        cumTicks: 0,
      };
    },
  };
}

/** The price of an order's next fill: the market's, but never worse than the limit. */
export function fillTicks({ quote, side, limitTicks }: Order, random: Random): number {
  const ticks = stepPrice(quote, random);
  if (limitTicks === null) return ticks;
  return side === "buy" ? Math.min(ticks, limitTicks) : Math.max(ticks, limitTicks);
}

function limitOf(quote: Quote, side: Side, random: Random): number {
  const away = random.between(0, LIMIT_TICKS_MAX);
  return side === "buy" ? quote.ticks + away : Math.max(1, quote.ticks - away);
}

/** Sizes of the fills, in units: together the lots that the order is worth, each at least one. */
function splitLots({ lotUsd, instrument }: Quote, random: Random): number[] {
  const draw = random.between(0, 1_000);
  const worthUsd = WORTH_USD_MIN + WORTH_USD_SPREAD * draw * draw / 1_000_000;
  const fills = random.pick(FILL_COUNTS);
  let lotsLeft = Math.max(fills, Math.round(worthUsd / lotUsd));
  const sizes: number[] = [];
  for (let left = fills; left > 0; left--) {
    const spare = lotsLeft - left;
    const lots = left === 1 ? lotsLeft : 1 + random.between(0, Math.floor(spare * 2 / left));
    lotsLeft -= lots;
    sizes.push(lots * instrument.lot);
  }
  return sizes;
}
