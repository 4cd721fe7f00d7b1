/**
 * The fund's orders and what the broker does with them: how many fills, of which sizes, and how each ends. All
 * of it is decided when the order is opened; only prices come later.
 *
 * @module
 */

import { COUNTERPARTIES, type Counterparty } from "../shared/trade/counterparties.ts";
import type { AssetClass, Side } from "../shared/trade/trade.ts";
import type { Fill } from "./bookings.ts";
import { pickQuote, type Quote, stepPrice, symbolOn } from "./quotes.ts";
import type { Random } from "./random.ts";

/** What an order asks for; a replace request changes it, under a ClOrdID (11) of its own. */
export interface Terms {
  readonly clOrdId: string;
  /** OrigClOrdID (41): the terms before these. */
  readonly origClOrdId: string | null;
  readonly quantity: number;
  /** No more than this may be shown to the market; null: all of it. */
  readonly displayQuantity: number | null;
  /** Null for a market order. */
  readonly limitTicks: number | null;
}

export interface Order {
  /** Of the chain's first terms. */
  readonly clOrdId: string;
  /** OrderID (37): the broker's own name for it. */
  readonly brokerOrderId: string;
  readonly quote: Quote;
  /** The contract traded, see `contractSymbol`. */
  readonly symbol: string;
  readonly side: Side;
  readonly counterparty: Counterparty;
  /** The fund's book that it is for. */
  readonly account: string;
  readonly plan: OrderPlan;
  readonly state: OrderState;
}

/** What is still to come. */
export interface OrderPlan {
  /** Of the next fill. */
  terms: Terms;
  /** Asked for after so many fills. An order changes once at most, so each of its messages names the first terms. */
  amendment: { readonly afterFills: number; readonly terms: Terms } | null;
  /** Sizes of the fills still to come, soonest last. */
  readonly fillsLeft: number[];
  readonly fills: Fill[];
  /** What no fill is planned for: it is cancelled in the end. */
  readonly remainder: number;
  /** When its latest message was or will be sent, in market milliseconds. */
  lastAtMs: number;
}

/** What the broker has told so far. */
export interface OrderState {
  terms: Terms;
  cumQuantity: number;
  /** Ticks times quantity over all fills. */
  cumTicks: number;
  /** OrdStatus (39) of an order that will have no more fills. */
  endStatus: string | null;
}

/** Number of fills of an order, each as often as it stands here. */
const FILL_COUNTS = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];
const REMAINDER_SHARE = 0.1;
const MARKET_ORDER_SHARE = 0.3;
const LIMIT_TICKS_MAX = 8;
const ICEBERG_SHARE = 0.06;
const AMENDED_SHARE = 0.06;
const AMENDED_LOTS_MAX = 5;
const AMENDED_TICKS_MAX = 4;
/** The worth of an order is spread from one to the other, small ones being the more frequent. */
const WORTH_USD_MIN = 20_000;
const WORTH_USD_SPREAD = 3_000_000;

const ACCOUNTS: Readonly<Record<AssetClass, string>> = {
  equity: "BW-EQUITY",
  bond: "BW-CREDIT",
  fx: "BW-MACRO",
  derivative: "BW-MACRO",
  commodity: "BW-COMMODITY",
};

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
      const clOrdId = `O-${tag}-${number}`;
      const fillsLeft = splitLots(quote, random);
      const remainder = random.chance(REMAINDER_SHARE) ? random.between(1, 3) * quote.instrument.lot : 0;
      const quantity = fillsLeft.reduce((sum, size) => sum + size, remainder);
      const limitTicks = random.chance(MARKET_ORDER_SHARE) ? null : limitOf(quote, side, random);
      const shown = Math.ceil(quantity / quote.instrument.lot / 5) * quote.instrument.lot;
      const displayQuantity = limitTicks !== null && random.chance(ICEBERG_SHARE) ? shown : null;
      const settled: Terms = { clOrdId, origClOrdId: null, quantity, displayQuantity, limitTicks };
      const isAmended = random.chance(AMENDED_SHARE) && displayQuantity === null;
      const amendment = isAmended ? amend(settled, { quote, side, fillsLeft }, random) : null;
      const terms = amendment?.from ?? settled;
      return {
        clOrdId,
        brokerOrderId: `${counterparty.compId}-${tag}-${number}`,
        quote,
        symbol: symbolOn(quote, tradeDate),
        side,
        counterparty,
        account: ACCOUNTS[quote.instrument.assetClass],
        plan: { terms, amendment, fillsLeft, fills: [], remainder, lastAtMs: atMs },
        state: { terms, cumQuantity: 0, cumTicks: 0, endStatus: null },
      };
    },
  };
}

/** The price of an order's next fill: the market's, but never worse than the limit. */
export function fillTicks({ quote, side, plan: { terms: { limitTicks } } }: Order, random: Random): number {
  const ticks = stepPrice(quote, random);
  if (limitTicks === null) return ticks;
  return side === "buy" ? Math.min(ticks, limitTicks) : Math.max(ticks, limitTicks);
}

function limitOf(quote: Quote, side: Side, random: Random): number {
  const away = random.between(0, LIMIT_TICKS_MAX);
  return side === "buy" ? quote.ticks + away : Math.max(1, quote.ticks - away);
}

/** Terms to begin with, such that a replace request on the way makes them what the fills need. */
function amend(
  settled: Terms,
  { quote: { instrument: { lot } }, side, fillsLeft }:
    & Pick<Order, "quote" | "side">
    & Pick<OrderPlan, "fillsLeft">,
  random: Random,
): { from: Terms; afterFills: number; terms: Terms } {
  const afterFills = random.between(0, fillsLeft.length - 1);
  const terms = { ...settled, clOrdId: `${settled.clOrdId}-R`, origClOrdId: settled.clOrdId };
  if (settled.limitTicks !== null && random.chance(0.5)) {
    const ticks = random.between(1, AMENDED_TICKS_MAX);
    const limitTicks = side === "buy" ? settled.limitTicks + ticks : Math.max(1, settled.limitTicks - ticks);
    return { from: settled, afterFills, terms: { ...terms, limitTicks } };
  }
  const filled = fillsLeft.slice(fillsLeft.length - afterFills).reduce((sum, size) => sum + size, 0);
  const lotsToCome = (settled.quantity - filled) / lot;
  const quantity = lotsToCome > 1 && random.chance(0.6)
    ? filled + random.between(1, lotsToCome - 1) * lot
    : settled.quantity + random.between(1, AMENDED_LOTS_MAX) * lot;
  return { from: { ...settled, quantity }, afterFills, terms };
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
