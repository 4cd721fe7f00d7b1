/**
 * The fund's own record of a fill: the 20 attributes of a trade and its versions, as they go to the topic
 * `trades`. A booking with a fault keeps it in every version.
 *
 * @module
 */

import { type Fees, feesOf } from "../shared/trade/fees.ts";
import { notionalOf } from "../shared/trade/notional.ts";
import { toUsd } from "../shared/trade/rates.ts";
import type { EventType, Stage } from "../shared/trade/trade.ts";
import type { Life } from "./booking_life.ts";
import type { Fault, FaultType } from "./faults.ts";
import type { Order } from "./orders.ts";

/** One execution of an order, as the broker saw it and as the fund booked it. */
export interface Fill {
  readonly execId: string;
  readonly tradeId: string;
  readonly order: Order;
  readonly quantity: number;
  /** As the broker first reports it. */
  readonly ticks: number;
  readonly price: string;
  readonly tradeDate: string;
  readonly settlementDate: string;
  readonly fault: FaultType | null;
  readonly change: Change | null;
  /** As both sides should have them in the end. */
  readonly amounts: Amounts;
  readonly life: Life;
  readonly booking: Booking;
}

/** What the broker takes back, some seconds after it reported the execution. A fill with a fault has no change. */
export type Change =
  | { readonly kind: "correction"; readonly ticks: number; readonly afterMs: number }
  | { readonly kind: "bust"; readonly afterMs: number };

export interface Amounts {
  readonly quantity: string;
  readonly price: string;
  readonly notional: string;
  readonly fees: Fees;
}

/** What stays the same in all versions of a booking. */
export interface Booking extends Amounts {
  readonly stpEligible: boolean;
  /** An amendment changes it. */
  priority: string;
  version: number;
}

/** A step in a booking's life. */
export interface BookingStep {
  readonly eventType: EventType;
  readonly stage: Stage;
}

const PROCESSED_BY = "sim-1";

export function amountsOf({ quote: { instrument } }: Order, quantity: string, price: string): Amounts {
  const notional = notionalOf(instrument, quantity, price);
  const notionalUsd = toUsd(notional, instrument.currency);
  return { quantity, price, notional, fees: feesOf(instrument.assetClass, quantity, notionalUsd) };
}

/**
 * The record of a booking's version.
 *
 * @param paired Whether the record names its execution; a book without a street has none.
 */
export function bookingRecord(fill: Fill, step: BookingStep, timestamp: string, paired: boolean): string {
  const { order, booking } = fill;
  const { instrument } = order.quote;
  return JSON.stringify({
    trade_id: fill.tradeId,
    version: booking.version,
    event_type: step.eventType,
    ...(paired && { exec_id: fill.execId }),
    order_id: order.clOrdId,
    asset_class: instrument.assetClass,
    instrument: order.symbol,
    side: order.side,
    quantity: booking.quantity,
    price: booking.price,
    currency: instrument.currency,
    notional_value: booking.notional,
    counterparty: order.counterparty.name,
    status: step.stage,
    settlement_venue: instrument.venue,
    trade_date: fill.tradeDate,
    settlement_date: fill.settlementDate,
    brokerage_fee: booking.fees.brokerage,
    clearing_fee: booking.fees.clearing,
    exchange_fee: booking.fees.exchange,
    total_fees: booking.fees.total,
    priority: booking.priority,
    stp_eligible: booking.stpEligible,
    timestamp,
    processed_by: PROCESSED_BY,
  });
}

/** The answer key's line for a fill, or nothing when the fill is sound. */
export function faultOf({ fault, execId, tradeId, amounts, booking }: Fill): Fault | null {
  switch (fault) {
    case null:
      return null;
    case "price":
      return { execId, tradeId, type: fault, field: fault, book: booking.price, street: amounts.price };
    case "quantity":
      return { execId, tradeId, type: fault, field: fault, book: booking.quantity, street: amounts.quantity };
    case "missing_book":
      return { execId, tradeId: execId, type: fault, field: null, book: null, street: null };
    case "missing_street":
      return { execId, tradeId, type: fault, field: null, book: null, street: null };
  }
}
