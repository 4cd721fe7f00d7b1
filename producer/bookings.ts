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
import type { Change } from "./changes.ts";
import type { Fault, FaultType } from "./faults.ts";
import type { Terms } from "./misbooking.ts";
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
  /** Told once more under another name, which is a fault of its own. */
  readonly again: { readonly side: "book" | "street"; readonly afterMs: number; readonly fill: Fill } | null;
  /** Which side is sent only after the other has waited for long. */
  readonly lateSide: "book" | "street" | null;
  /** As both sides should have them in the end. */
  readonly amounts: Amounts;
  readonly right: Terms;
  /** Of the price that the broker reports first. */
  readonly firstFees: Fees;
  readonly life: Life;
  readonly booking: Booking;
}

export interface Amounts {
  readonly quantity: string;
  readonly price: string;
  readonly notional: string;
  readonly fees: Fees;
}

/** What stays the same in all versions of a booking. */
export interface Booking extends Terms {
  readonly stpEligible: boolean;
  /** An amendment changes it. */
  priority: string;
  version: number;
}

/** A step in a booking's life. */
export interface BookingStep {
  readonly eventType: EventType;
  readonly stage: Stage;
  /** What the custodian says, from the instruction on. */
  readonly settlement?: SettlementStatus;
}

export type SettlementStatus = "instructed" | "matched" | "partially_settled" | "settled" | "failed";

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
    instrument: booking.instrument,
    side: booking.side,
    quantity: booking.quantity,
    price: booking.price,
    currency: booking.currency,
    notional_value: booking.notional,
    counterparty: booking.counterparty,
    status: step.stage,
    settlement_venue: instrument.venue,
    trade_date: fill.tradeDate,
    settlement_date: booking.settlementDate,
    ...settlementOf(fill, step),
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

/** Shares that were there are settled, the rest later. */
const PARTIAL_PERCENT = 60;

function settlementOf({ life, order, booking }: Fill, { settlement }: BookingStep) {
  if (settlement === undefined) return {};
  const fields = { settlement_status: settlement };
  if (settlement === "failed") return { ...fields, settlement_reason: life.failReason };
  if (settlement === "settled") return { ...fields, settled_quantity: booking.quantity };
  if (settlement !== "partially_settled") return fields;
  const { lot } = order.quote.instrument;
  const lots = Math.max(1, Math.floor(Number(booking.quantity) / lot * PARTIAL_PERCENT / 100));
  return { ...fields, settled_quantity: String(lots * lot) };
}

/** The answer key's line for a fill, or nothing when the fill is sound. */
export function faultOf(fill: Fill): Fault | null {
  const { fault, execId, tradeId, change } = fill;
  const line = (field: string | null, book: string | null, street: string | null, id = tradeId): Fault => (
    { execId, tradeId: id, type: fault!, field, book, street }
  );
  switch (fault) {
    case null:
      return null;
    case "missing_book":
      return line(null, null, null, execId);
    case "bust":
      return change?.kind === "bust"
        ? line("status", "booked", "busted")
        : line("status", "cancelled", "filled");
    case "missing_street":
    case "duplicate":
    case "allocation":
    case "unaffirmed":
    case "late":
      return line(null, null, null);
    case "settlement_fail":
      return line("settlement_status", "failed", null);
    default:
      return line(...valuesOf(fill, fault));
  }
}

/** Of a fault in one value: the column of the trade, and what each side has there. */
function valuesOf({ right, booking }: Fill, fault: FaultType): [string, string, string] {
  const differs = (
    column: string,
    of: (terms: Terms) => string,
  ): [string, string, string] => [column, of(booking), of(right)];
  switch (fault) {
    case "settlement_date":
      return differs("settlement_date", (terms) => terms.settlementDate);
    case "fees":
      return differs("brokerage_fee", ({ fees }) => fees.brokerage);
    default:
      return differs(fault, (terms) => terms[fault as ValueFault]);
  }
}

type ValueFault = "price" | "quantity" | "side" | "instrument" | "counterparty" | "currency";
