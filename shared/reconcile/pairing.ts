/**
 * Bookings that state no ExecID, and executions that no booking states: which belong together. First by the order
 * they name, then by what they say; one to one, and never where two would do as well.
 *
 * @module
 */

import { add, compare as compareAmounts, normalAmount } from "../trade/decimal.ts";
import type { AssetClass, Side } from "../trade/trade.ts";
import { exceeded, type Rules } from "./compare.ts";
import { counterpartyId, sameCounterparty, sameInstrument } from "./identity.ts";
import { instrumentId } from "../trade/instrument_ids.ts";

/** A live booking without a pair. */
export interface LooseBooking {
  readonly tradeId: string;
  readonly orderId: string | null;
  /** The ExecID it states, which no execution has: it is no partner for another, only a candidate. */
  readonly execId: string | null;
  readonly assetClass: AssetClass;
  readonly tradeDate: string;
  readonly instrument: string;
  readonly side: Side;
  readonly quantity: string;
  readonly price: string;
  readonly counterparty: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** A live execution without a booking; its key is the pair's. */
export interface LooseFill {
  readonly key: string;
  readonly orderId: string | null;
  readonly tradeDate: string;
  readonly instrument: string;
  readonly side: Side;
  readonly quantity: string;
  readonly price: string;
  readonly counterparty: string;
  readonly atMs: number;
}

/** How sure a pair is: by its order, by all that both say, or by all but one field. */
export type Pass = 2 | 3 | 4;

export interface Match {
  readonly pairs: readonly { readonly key: string; readonly tradeId: string; readonly pass: Pass }[];
  /** Fills and bookings of an order that agree in sum at most. */
  readonly blocks: readonly Block[];
  /** Who else it might have been, by the fill's key, the most alike first. */
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
}

export interface Block {
  readonly orderId: string;
  readonly keys: readonly string[];
  readonly tradeIds: readonly string[];
}

export interface Candidate {
  readonly tradeId: string;
  readonly differs: readonly string[];
}

/** A booking with one wrong field must be this close in time. */
export const WINDOW_MS = 15 * 60_000;
const CANDIDATES_MAX = 5;
const CANDIDATE_DIFFERS_MAX = 2;

export function match(fills: readonly LooseFill[], bookings: readonly LooseBooking[], rules: Rules): Match {
  const pairs: { key: string; tradeId: string; pass: Pass }[] = [];
  const blocks: Block[] = [];
  const fillsLeft = new Set(fills.toSorted(byTime(({ key }) => key)));
  const bookingsLeft = new Set(
    bookings.filter(({ execId }) => execId === null).toSorted(byTime(({ tradeId }) => tradeId)),
  );
  const take = (fill: LooseFill, booking: LooseBooking, pass: Pass) => {
    pairs.push({ key: fill.key, tradeId: booking.tradeId, pass });
    fillsLeft.delete(fill);
    bookingsLeft.delete(booking);
  };
  const byOrder = Map.groupBy(bookingsLeft, ({ orderId }) => orderId);
  for (const [orderId, ofOrder] of byOrder) {
    if (orderId === null) continue;
    const block = matchOrder([...fillsLeft].filter((fill) => fill.orderId === orderId), ofOrder, take, rules);
    if (block === null) continue;
    blocks.push({ orderId, ...block });
    for (const fill of [...fillsLeft]) if (block.keys.includes(fill.key)) fillsLeft.delete(fill);
    for (const one of [...bookingsLeft]) if (block.tradeIds.includes(one.tradeId)) bookingsLeft.delete(one);
  }
  const byEconomics = Map.groupBy(bookingsLeft, economics);
  for (const fill of [...fillsLeft]) {
    const same = (byEconomics.get(economics(fill)) ?? []).find((booking) =>
      bookingsLeft.has(booking) && differing(fill, booking, rules).length === 0
    );
    if (same) take(fill, same, 3);
  }
  matchAllButOne(fillsLeft, bookingsLeft, take, rules);
  return { pairs, blocks, candidates: candidatesOf(fillsLeft, bookings, pairs, rules) };
}

/** What is left of an order: what agrees goes first; then what adds up is a block, and the rest by what is nearest. */
function matchOrder(
  fills: readonly LooseFill[],
  bookings: readonly LooseBooking[],
  take: (fill: LooseFill, booking: LooseBooking, pass: Pass) => void,
  rules: Rules,
): Omit<Block, "orderId"> | null {
  let [f, b] = [[...fills], [...bookings]];
  const takeWhere = (suits: (differs: readonly string[]) => boolean) => {
    for (const fill of [...f]) {
      const booking = b.find((one) => suits(differing(fill, one, rules)));
      if (booking === undefined) continue;
      take(fill, booking, 2);
      f = f.filter((one) => one !== fill);
      b = b.filter((one) => one !== booking);
    }
  };
  takeWhere((differs) => differs.length === 0);
  if (f.length === 0 || b.length === 0) return null;
  if (compareAmounts(add(...f.map(quantityOf)), add(...b.map(quantityOf))) !== 0) {
    takeWhere((differs) => differs.length === 1 && differs[0] !== "quantity");
    takeWhere((differs) => !differs.includes("quantity"));
  } else if (f.length === 1 && b.length === 1) {
    takeWhere(() => true);
  }
  if (f.length === 0 || b.length === 0) return null;
  return { keys: f.map(({ key }) => key), tradeIds: b.map(({ tradeId }) => tradeId) };
}

/** One field differs, the time fits, and neither side has another one of which that is true. */
function matchAllButOne(
  fills: ReadonlySet<LooseFill>,
  bookings: ReadonlySet<LooseBooking>,
  take: (fill: LooseFill, booking: LooseBooking, pass: Pass) => void,
  rules: Rules,
): void {
  const near = [...fills].flatMap((fill) =>
    [...bookings].filter((booking) =>
      Math.abs(fill.atMs - booking.atMs) <= WINDOW_MS && differing(fill, booking, rules).length === 1
    ).map((booking) => ({ fill, booking }))
  );
  for (const { fill, booking } of near) {
    const rivals = near.filter((other) => other.fill === fill || other.booking === booking);
    if (rivals.length === 1) take(fill, booking, 4);
  }
}

/** The fields in which a fill and a booking do not agree. */
export function differing(fill: LooseFill, booking: LooseBooking, rules: Rules): string[] {
  const differs: string[] = [];
  if (!sameInstrument(booking.instrument, fill.instrument)) differs.push("instrument");
  if (booking.side !== fill.side) differs.push("side");
  if (exceeded("quantity", booking, booking.quantity, fill.quantity, rules) !== null) {
    differs.push("quantity");
  }
  if (!sameCounterparty(booking.counterparty, fill.counterparty)) differs.push("counterparty");
  if (booking.tradeDate !== fill.tradeDate) differs.push("trade_date");
  if (exceeded("price", booking, booking.price, fill.price, rules) !== null) differs.push("price");
  return differs;
}

function candidatesOf(
  fills: Iterable<LooseFill>,
  bookings: readonly LooseBooking[],
  pairs: Match["pairs"],
  rules: Rules,
): Map<string, Candidate[]> {
  const taken = new Set(pairs.map(({ tradeId }) => tradeId));
  const found = new Map<string, Candidate[]>();
  for (const fill of fills) {
    const alike = bookings.filter(({ tradeId }) => !taken.has(tradeId))
      .map((booking) => ({ tradeId: booking.tradeId, differs: differing(fill, booking, rules) }))
      .filter(({ differs }) => differs.length <= CANDIDATE_DIFFERS_MAX)
      .toSorted((a, b) => a.differs.length - b.differs.length || (a.tradeId < b.tradeId ? -1 : 1));
    if (alike.length > 0) found.set(fill.key, alike.slice(0, CANDIDATES_MAX));
  }
  return found;
}

function economics(one: LooseFill | LooseBooking): string {
  const { instrument, side, counterparty, tradeDate } = one;
  return [instrumentId(instrument), side, normalAmount(one.quantity), counterpartyId(counterparty), tradeDate]
    .join(
      "\0",
    );
}

function quantityOf({ quantity }: { readonly quantity: string }): string {
  return quantity;
}

function byTime<T extends { readonly atMs: number }>(idOf: (one: T) => string): (a: T, b: T) => number {
  return (a, b) => a.atMs - b.atMs || (idOf(a) < idOf(b) ? -1 : 1);
}
