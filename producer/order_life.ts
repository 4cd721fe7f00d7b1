/**
 * An order's way from its first message to its last: placed and acknowledged or refused, perhaps replaced,
 * perhaps cancelled, and at its end handed over to what comes after the trade.
 *
 * @module
 */

import {
  acknowledgement,
  cancelReject,
  ended,
  orderStatus,
  pending,
  rejection,
  REJECTIONS,
  replaced,
} from "./broker_reports.ts";
import type { Fill } from "./bookings.ts";
import { tradeDateOf } from "./clock.ts";
import { cancelRequest, dontKnow, newOrder, replaceRequest } from "./fund_orders.ts";
import type { Order, Terms } from "./orders.ts";
import { openPostTrade } from "./post_trade.ts";
import type { Tell, Teller } from "./street_message.ts";
import type { Floor } from "./trading.ts";

const REJECTED_SHARE = 0.02;
/** Of the orders with a remainder, those that the fund itself cancels; of the others, those that expire. */
const REQUESTED_SHARE = 0.5;
const EXPIRED_SHARE = 0.3;
/** Of the filled orders, those whose cancel or replace request comes too late. */
const TOO_LATE_SHARE = 0.02;
const DOUBTED_SHARE = 0.002;
/** When a bust may have left something open, its order ends after the last of them. */
const AFTER_BUSTS_MS = 5_500;

export interface OrderLife {
  /** Places an order, and sometimes before it one that is refused. */
  begin(atMs: number): Order;
  /** Replaces the order if it is time for that. */
  amend(order: Order, atMs: number): void;
  afterFill(fill: Fill, atMs: number): void;
  /** After the last fill. */
  end(order: Order, atMs: number): void;
}

export function openOrderLife(floor: Floor): OrderLife {
  const { agenda, random, fixVersion } = floor;
  const postTrade = openPostTrade(floor);

  function tell(order: Order, by: Teller, atMs: number, tell: Tell): void {
    agenda.add(atMs, { kind: "told", order, by, tell });
  }

  function place(atMs: number): Order {
    const order = floor.book.open(atMs, tradeDateOf(floor.clock.toEpoch(atMs)));
    const { terms } = order.plan;
    tell(order, "fund", atMs, (moment) => newOrder(order, terms, moment));
    return order;
  }

  function begin(atMs: number): Order {
    if (random.chance(REJECTED_SHARE)) {
      const refused = place(atMs);
      const reason = random.pick(REJECTIONS);
      tell(refused, "broker", atMs + latency(), (moment) => rejection(refused, reason, moment));
    }
    const order = place(atMs);
    order.plan.lastAtMs = atMs + latency();
    tell(order, "broker", order.plan.lastAtMs, (moment) => acknowledgement(order, moment));
    return order;
  }

  function amend(order: Order, atMs: number): void {
    const { amendment, fills } = order.plan;
    if (amendment === null || amendment.afterFills !== fills.length) return;
    const { terms } = amendment;
    const askedMs = Math.max(order.plan.lastAtMs, atMs) + latency();
    const pendingMs = askedMs + latency();
    const doneMs = pendingMs + latency();
    tell(order, "fund", askedMs, (moment) => replaceRequest(order, terms, moment));
    tell(order, "broker", pendingMs, (moment) => pending(order, terms, "E", moment));
    tell(order, "broker", doneMs, (moment) => replaced(order, terms, moment));
    order.plan.terms = terms;
    order.plan.lastAtMs = doneMs;
  }

  function afterFill(fill: Fill, atMs: number): void {
    const { order, fault } = fill;
    const isDoubted = random.chance(DOUBTED_SHARE);
    const doubtedMs = atMs + random.between(300, 900);
    const answeredMs = doubtedMs + random.between(500, 2_000);
    if (isDoubted && fault !== "missing_street" && fault !== "late" && fixVersion !== "4.2") {
      tell(order, "fund", doubtedMs, (moment) => dontKnow(fill, moment));
      tell(order, "broker", answeredMs, (moment) => orderStatus(order, moment));
    }
    postTrade.afterFill(fill, atMs);
  }

  function end(order: Order, atMs: number): void {
    const { fills, remainder } = order.plan;
    if (fills.some(({ change }) => change?.kind === "bust")) cancelUnasked(order, atMs + AFTER_BUSTS_MS);
    else if (remainder > 0) endRemainder(order, atMs + random.between(200, 2_000));
    else if (random.chance(TOO_LATE_SHARE) && order.plan.amendment === null) askTooLate(order, atMs);
    postTrade.afterOrder(order, atMs);
  }

  function endRemainder(order: Order, atMs: number): void {
    const isRequested = random.chance(REQUESTED_SHARE) && order.plan.amendment === null;
    if (!isRequested) return cancelUnasked(order, atMs);
    const asked = cancelTerms(order);
    const pendingMs = atMs + latency();
    tell(order, "fund", atMs, (moment) => cancelRequest(order, asked, moment));
    tell(order, "broker", pendingMs, (moment) => pending(order, asked, "6", moment));
    tell(order, "broker", pendingMs + latency(), (moment) => ended(order, "4", asked, moment));
  }

  function cancelUnasked(order: Order, atMs: number): void {
    const how = random.chance(EXPIRED_SHARE) ? "C" : "4";
    tell(order, "broker", atMs, (moment) => ended(order, how, null, moment));
  }

  /** The request crosses the report of the last fill. */
  function askTooLate(order: Order, filledMs: number): void {
    const request = random.chance(0.7) ? "F" : "G";
    const asked = request === "F" ? cancelTerms(order) : raisedTerms(order);
    const atMs = filledMs + random.between(1, 15);
    tell(
      order,
      "fund",
      atMs,
      (moment) =>
        request === "F" ? cancelRequest(order, asked, moment) : replaceRequest(order, asked, moment),
    );
    tell(order, "broker", atMs + latency(), (moment) => cancelReject(order, asked, request, moment));
  }

  /** From one firm to the other and through its systems. */
  function latency(): number {
    return random.between(5, 60);
  }

  return { begin, amend, afterFill, end };
}

function cancelTerms({ clOrdId, plan: { terms } }: Order): Terms {
  return { ...terms, clOrdId: `${clOrdId}-C`, origClOrdId: terms.clOrdId };
}

function raisedTerms({ clOrdId, quote, plan: { terms } }: Order): Terms {
  const quantity = terms.quantity + quote.instrument.lot;
  return { ...terms, clOrdId: `${clOrdId}-R`, origClOrdId: terms.clOrdId, quantity };
}
