/**
 * What the fund asks of a broker: NewOrderSingle (D), OrderCancelReplaceRequest (G), OrderCancelRequest (F), and
 * its doubt about an execution, DontKnowTrade (Q).
 *
 * @module
 */

import type { FieldToEncode } from "../shared/fix/mod.ts";
import type { Fill } from "./bookings.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Order, Terms } from "./orders.ts";
import { fixTime, instrumentFields, type Moment, sideOf, type StreetMessage } from "./street_message.ts";
import { priceText } from "./ticks.ts";

const MARKET_ORDER = "1";
const LIMIT_ORDER = "2";
const DAY_ORDER = "0";
const AUTOMATED = "1";

export function newOrder(order: Order, terms: Terms, { version, atMs }: Moment): StreetMessage {
  return {
    msgType: "D",
    body: [
      [11, terms.clOrdId],
      ...orderFields(order, terms, version, atMs),
      ...termFields(order, terms),
    ],
  };
}

/** Asks for other terms: the ClOrdID (11) that they will have, and that of those they replace (41). */
export function replaceRequest(order: Order, terms: Terms, { version, atMs }: Moment): StreetMessage {
  return {
    msgType: "G",
    body: [
      [37, order.brokerOrderId],
      [41, terms.origClOrdId!],
      [11, terms.clOrdId],
      ...orderFields(order, terms, version, atMs),
      ...termFields(order, terms),
    ],
  };
}

export function cancelRequest(order: Order, terms: Terms, { version, atMs }: Moment): StreetMessage {
  return {
    msgType: "F",
    body: [
      [41, terms.origClOrdId!],
      [37, order.brokerOrderId],
      [11, terms.clOrdId],
      [1, order.account],
      ...instrumentFields(order, version),
      [54, sideOf(order)],
      [60, fixTime(atMs)],
      [38, String(terms.quantity)],
    ],
  };
}

/** The fund does not recognise an execution; 4.2 has the message too, but our brokers do not take it there. */
export function dontKnow({ order, execId, quantity, price }: Fill, { version }: Moment): StreetMessage {
  return {
    msgType: "Q",
    body: [
      [37, order.brokerOrderId],
      [17, execId],
      [127, "Z"],
      ...instrumentFields(order, version),
      [54, sideOf(order)],
      [38, String(order.state.terms.quantity)],
      [32, String(quantity)],
      [31, price],
      [58, "Not seen by the desk yet, please confirm"],
    ],
  };
}

function orderFields(order: Order, terms: Terms, version: FixVersion, atMs: number): FieldToEncode[] {
  const fields: FieldToEncode[] = [
    [1, order.account],
    [21, AUTOMATED],
    ...instrumentFields(order, version),
    [54, sideOf(order)],
    [60, fixTime(atMs)],
    [38, String(terms.quantity)],
  ];
  if (terms.displayQuantity !== null) {
    fields.push([version === "5.0SP2" ? 1138 : 111, String(terms.displayQuantity)]);
  }
  return fields;
}

/** OrdType (40) with its price, Currency (15) and TimeInForce (59). */
export function termFields({ quote }: Order, { limitTicks }: Terms): FieldToEncode[] {
  const currency: FieldToEncode[] = [[15, quote.instrument.currency], [59, DAY_ORDER]];
  return limitTicks === null
    ? [[40, MARKET_ORDER], ...currency]
    : [[40, LIMIT_ORDER], [44, priceText(limitTicks, quote.tick)], ...currency];
}
