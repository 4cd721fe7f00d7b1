/**
 * The FIX 4.4 messages of an order's life: the fund's NewOrderSingle (D) and the broker's ExecutionReports (8).
 *
 * @module
 */

import { encodeMessage, type FieldToEncode } from "../shared/fix/mod.ts";
import { FUND_COMP_ID } from "../shared/trade/counterparties.ts";
import type { Instrument } from "../shared/trade/instrument.ts";
import type { Fill } from "./bookings.ts";
import type { Order } from "./orders.ts";
import { averageText, priceText } from "./ticks.ts";

/** Numbers the messages from one firm to another, and stamps when they were sent. */
export interface Session {
  readonly sender: string;
  readonly target: string;
  readonly seqNum: number;
  /** Milliseconds since 1970. */
  readonly sentAtMs: number;
}

/** SecurityType (167); of government bonds, US Treasuries have their own. */
const SECURITY_TYPES: Readonly<Record<Instrument["kind"], string>> = {
  share: "CS",
  government_bond: "EUSOV",
  corporate_bond: "CORP",
  spot: "FOR",
  future: "FUT",
  option: "OPT",
};
/** Traded over the counter, at no exchange. */
const NO_EXCHANGE = "XXXX";
const MARKET_ORDER = "1";
const LIMIT_ORDER = "2";
const DAY_ORDER = "0";

export function newOrder(session: Session, order: Order): Uint8Array {
  return encode("D", session, [
    [11, order.clOrdId],
    ...instrumentFields(order),
    [54, sideOf(order)],
    [60, toFixTime(session.sentAtMs)],
    [38, String(order.quantity)],
    ...termFields(order),
  ]);
}

/** The broker has the order: ExecType and OrdStatus New (0). */
export function acknowledgement(session: Session, order: Order, reportId: string): Uint8Array {
  return encode("8", session, [
    ...reportFields(order, reportId, "0", "0"),
    ...quantityFields(order, order.quantity),
    [60, toFixTime(session.sentAtMs)],
  ]);
}

/** The broker refuses the order: ExecType and OrdStatus Rejected (8). */
export function rejection(session: Session, order: Order, reportId: string, reason: Rejection): Uint8Array {
  return encode("8", session, [
    ...reportFields(order, reportId, "8", "8"),
    [103, reason.code],
    ...quantityFields(order, 0),
    [60, toFixTime(session.sentAtMs)],
    [58, reason.text],
  ]);
}

/** What was left of the order is cancelled by the broker: ExecType and OrdStatus Canceled (4). */
export function cancellation(session: Session, order: Order, reportId: string): Uint8Array {
  return encode("8", session, [
    ...reportFields(order, reportId, "4", "4"),
    ...quantityFields(order, 0),
    [60, toFixTime(session.sentAtMs)],
    [58, "Unsolicited cancel"],
  ]);
}

/** An execution: ExecType Trade (F), OrdStatus PartiallyFilled (1) or Filled (2). */
export function execution(session: Session, fill: Fill): Uint8Array {
  const { order } = fill;
  const { exchange } = order.quote.instrument;
  const left = order.quantity - order.cumQuantity;
  return encode("8", session, [
    ...reportFields(order, fill.execId, "F", left === 0 ? "2" : "1"),
    ...termFields(order),
    [32, String(fill.quantity)],
    [31, fill.price],
    ...(exchange === NO_EXCHANGE ? [] : [[30, exchange] as const]),
    ...quantityFields(order, left),
    [75, fill.tradeDate.replaceAll("-", "")],
    [60, toFixTime(session.sentAtMs)],
    [64, fill.settlementDate.replaceAll("-", "")],
  ]);
}

/** OrdRejReason (103) and Text (58). */
export interface Rejection {
  readonly code: string;
  readonly text: string;
}

export const REJECTIONS: readonly Rejection[] = [
  { code: "3", text: "Order exceeds limit" },
  { code: "2", text: "Market closed" },
  { code: "1", text: "Unknown symbol" },
];

/** A UTCTimestamp with milliseconds, such as `20261123-14:30:05.125`. */
export function toFixTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}-${iso.slice(11, 23)}`;
}

function encode(msgType: string, session: Session, body: readonly FieldToEncode[]): Uint8Array {
  const header: FieldToEncode[] = [
    [49, session.sender],
    [56, session.target],
    [34, String(session.seqNum)],
    [52, toFixTime(session.sentAtMs)],
  ];
  return encodeMessage({ beginString: "FIX.4.4", msgType, fields: [...header, ...body] });
}

function reportFields(order: Order, execId: string, execType: string, ordStatus: string): FieldToEncode[] {
  return [
    [37, order.brokerOrderId],
    [11, order.clOrdId],
    [17, execId],
    [150, execType],
    [39, ordStatus],
    ...instrumentFields(order),
    [54, sideOf(order)],
    [38, String(order.quantity)],
  ];
}

function quantityFields(order: Order, left: number): FieldToEncode[] {
  const { cumQuantity, cumTicks, quote } = order;
  const average = cumQuantity === 0 ? "0" : averageText(cumTicks, cumQuantity, quote.tick);
  return [[151, String(left)], [14, String(cumQuantity)], [6, average]];
}

/** A bond has no symbol: its ISIN is the SecurityID (48) of source 4. */
function instrumentFields({ quote: { instrument }, symbol }: Order): FieldToEncode[] {
  const identity: FieldToEncode[] = instrument.assetClass === "bond"
    ? [[55, "[N/A]"], [48, symbol], [22, "4"]]
    : [[55, symbol]];
  const exchange: FieldToEncode[] = instrument.exchange === NO_EXCHANGE ? [] : [[207, instrument.exchange]];
  const type = instrument.market === "us_treasury" ? "TBOND" : SECURITY_TYPES[instrument.kind];
  return [...identity, [167, type], ...exchange];
}

function termFields({ limitTicks, quote }: Order): FieldToEncode[] {
  const kind: FieldToEncode[] = limitTicks === null
    ? [[40, MARKET_ORDER]]
    : [[40, LIMIT_ORDER], [44, priceText(limitTicks, quote.tick)]];
  return [...kind, [15, quote.instrument.currency], [59, DAY_ORDER]];
}

function sideOf({ side }: Order): string {
  return side === "buy" ? "1" : "2";
}

/** The two ends of a session, seen from the fund. */
export const toBroker = ({ counterparty }: Order) => ({ sender: FUND_COMP_ID, target: counterparty.compId });
export const fromBroker = ({ counterparty }: Order) => ({
  sender: counterparty.compId,
  target: FUND_COMP_ID,
});
