/**
 * What is allocated, confirmed and settled together: the fills of an order on one trade date, shared out among
 * the fund's accounts. Amounts are whole cents, whatever the currency.
 *
 * @module
 */

import type { Fill } from "./bookings.ts";
import {
  addFees,
  type Cents,
  centsOf,
  type FeesInCents,
  feesInCents,
  shareOfFees,
  ZERO_FEES,
} from "./cents.ts";
import type { Order } from "./orders.ts";
import { averageText } from "./ticks.ts";

export interface Block {
  readonly order: Order;
  /** Unique in the run; message ids are made of it. */
  readonly id: string;
  readonly tradeDate: string;
  readonly settlementDate: string;
  /** None that was busted. */
  readonly fills: readonly Fill[];
  readonly quantity: number;
  readonly averagePrice: string;
  readonly gross: Cents;
  readonly net: Cents;
  readonly shares: readonly Share[];
}

/** The part of one account. */
export interface Share {
  readonly account: string;
  readonly quantity: number;
  readonly gross: Cents;
  readonly fees: FeesInCents;
  readonly net: Cents;
}

const SECOND_ACCOUNT = "BW-PARTNERS";

/**
 * @param percent What the order's own account gets of each block; the rest goes to another.
 */
export function toBlocks(order: Order, percent: number): Block[] {
  const sound = order.plan.fills.filter(({ change }) => change?.kind !== "bust");
  const byDay = [...Map.groupBy(sound, ({ tradeDate }) => tradeDate).values()];
  const number = order.clOrdId.slice(2);
  return byDay.map((fills, at) => toBlock(order, at === 0 ? number : `${number}-${at + 1}`, fills, percent));
}

/** What a buyer pays and a seller gets. Fees are billed in USD, so they are part of it in USD alone. */
export function netOf({ side, quote: { instrument } }: Order, gross: Cents, fees: FeesInCents): Cents {
  if (instrument.currency !== "USD") return gross;
  return side === "buy" ? gross + fees.total : gross - fees.total;
}

function toBlock(order: Order, id: string, fills: readonly Fill[], percent: number): Block {
  const { tick, instrument } = order.quote;
  let [quantity, ticks, gross, fees] = [0, 0, 0, ZERO_FEES];
  for (const fill of fills) {
    quantity += fill.quantity;
    ticks += fill.quantity * (fill.change?.kind === "correction" ? fill.change.ticks : fill.ticks);
    gross += centsOf(fill.amounts.notional);
    fees = addFees(fees, feesInCents(fill.amounts.fees), 1);
  }
  const lots = quantity / instrument.lot;
  const first = Math.max(1, Math.floor(lots * percent / 100)) * instrument.lot;
  const part = first / quantity;
  const ours = { gross: Math.round(gross * part), fees: shareOfFees(fees, part) };
  const theirs = { gross: gross - ours.gross, fees: addFees(fees, ours.fees, -1) };
  const share = (account: string, quantity: number, amounts: Pick<Share, "gross" | "fees">): Share => ({
    account,
    quantity,
    ...amounts,
    net: netOf(order, amounts.gross, amounts.fees),
  });
  const shares = [share(order.account, first, ours)];
  if (first < quantity) shares.push(share(SECOND_ACCOUNT, quantity - first, theirs));
  return {
    order,
    id,
    tradeDate: fills[0]!.tradeDate,
    settlementDate: fills[0]!.settlementDate,
    fills,
    quantity,
    averagePrice: averageText(ticks, quantity, tick),
    gross,
    net: netOf(order, gross, fees),
    shares,
  };
}
