/**
 * What the desk writes down of a fill: everything as it was, but for the one thing that its fault makes wrong.
 *
 * @module
 */

import { contractSymbol } from "../shared/trade/contracts.ts";
import { COUNTERPARTIES } from "../shared/trade/counterparties.ts";
import type { Instrument } from "../shared/trade/instrument.ts";
import { INSTRUMENTS } from "../shared/trade/instruments.ts";
import { type Amounts, amountsOf } from "./bookings.ts";
import { centsOf, centsText } from "./cents.ts";
import { DAY_MS } from "./clock.ts";
import { type FaultType, wrongQuantity, wrongTicks } from "./faults.ts";
import type { Order } from "./orders.ts";
import type { Random } from "./random.ts";
import { priceText } from "./ticks.ts";

/** What a booking shares with its execution. */
export interface Terms extends Amounts {
  readonly side: string;
  readonly instrument: string;
  readonly counterparty: string;
  readonly currency: string;
  readonly settlementDate: string;
}

/** As it was: the fill's number of units and ticks, and its days. */
interface Traded {
  readonly quantity: number;
  readonly ticks: number;
  readonly tradeDate: string;
  readonly settlementDate: string;
}

const CURRENCIES = ["USD", "EUR", "GBP", "JPY", "CHF", "CAD"];
const FEE_OFF_CENTS_MIN = 2;
const FEE_OFF_CENTS_MAX = 900;
const SATURDAY = 6;

export function rightTerms(order: Order, { quantity, ticks, settlementDate }: Traded): Terms {
  const { tick, instrument } = order.quote;
  return {
    ...amountsOf(order, String(quantity), priceText(ticks, tick)),
    side: order.side,
    instrument: order.symbol,
    counterparty: order.counterparty.name,
    currency: instrument.currency,
    settlementDate,
  };
}

/** @param right The same fill as it should be booked. Fees follow the broker's bill, whatever else is wrong. */
export function bookedTerms(
  order: Order,
  traded: Traded,
  right: Terms,
  fault: FaultType | null,
  random: Random,
): Terms {
  const { quantity, ticks, tradeDate, settlementDate } = traded;
  const { tick, instrument } = order.quote;
  const others = <T>(list: readonly T[], not: T) => list.filter((each) => each !== not);
  switch (fault) {
    case "price": {
      const price = priceText(wrongTicks(ticks, random), tick);
      return { ...right, ...amountsOf(order, right.quantity, price), fees: right.fees };
    }
    case "quantity": {
      const wrong = String(wrongQuantity(quantity, instrument.lot, random));
      return { ...right, ...amountsOf(order, wrong, right.price), fees: right.fees };
    }
    case "side":
      return { ...right, side: order.side === "buy" ? "sell" : "buy" };
    case "instrument":
      return { ...right, instrument: otherSymbol(order, tradeDate, random) };
    case "counterparty":
      return { ...right, counterparty: random.pick(others(COUNTERPARTIES, order.counterparty)).name };
    case "currency":
      return { ...right, currency: random.pick(CURRENCIES.filter((each) => !isOf(instrument, each))) };
    case "settlement_date":
      return { ...right, settlementDate: otherDate(tradeDate, settlementDate, random) };
    case "fees":
      return { ...right, fees: withOtherBrokerage(right.fees, random) };
    default:
      return right;
  }
}

/** Of a currency pair either one may be stated. */
function isOf({ currency, kind, symbol }: Instrument, code: string): boolean {
  return code === currency || (kind === "spot" && symbol.split("/").includes(code));
}

/** Another instrument of its kind, in its currency if there is one. */
function otherSymbol({ quote: { instrument }, symbol }: Order, tradeDate: string, random: Random): string {
  const alike = INSTRUMENTS.filter(({ assetClass }) => assetClass === instrument.assetClass)
    .map((each) => ({ ...each, contract: contractSymbol(each, tradeDate) }))
    .filter(({ contract }) => contract !== symbol);
  const samePaid = alike.filter(({ currency }) => currency === instrument.currency);
  return random.pick(samePaid.length > 0 ? samePaid : alike).contract;
}

/** A weekday later, or earlier where that is not before the trade. */
function otherDate(tradeDate: string, settlementDate: string, random: Random): string {
  const earlier = weekdayFrom(settlementDate, -1);
  return random.chance(0.5) && earlier >= tradeDate ? earlier : weekdayFrom(settlementDate, 1);
}

function weekdayFrom(day: string, step: 1 | -1): string {
  const date = new Date(Date.parse(day) + step * DAY_MS);
  while (date.getUTCDay() === 0 || date.getUTCDay() === SATURDAY) {
    date.setTime(date.getTime() + step * DAY_MS);
  }
  return date.toISOString().slice(0, 10);
}

/** Beyond a cent, which may be rounding. The total stays the sum. */
function withOtherBrokerage(fees: Amounts["fees"], random: Random): Amounts["fees"] {
  const [brokerage, total] = [centsOf(fees.brokerage), centsOf(fees.total)];
  const drawn = random.between(FEE_OFF_CENTS_MIN, FEE_OFF_CENTS_MAX);
  const off = random.chance(0.5) && drawn < brokerage ? -drawn : drawn;
  return { ...fees, brokerage: centsText(brokerage + off), total: centsText(total + off) };
}
