/**
 * The trading floor: turns each interval of the market into one fill, of an order that is open or of a new one,
 * and puts all that comes with it on the agenda.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { drawLife } from "./booking_life.ts";
import { type Fill, toBooking } from "./bookings.ts";
import { type MarketClock, tradeDateOf } from "./clock.ts";
import { drawFault, wrongQuantity, wrongTicks } from "./faults.ts";
import type { Happening } from "./happening.ts";
import { fillTicks, type Order, type OrderBook } from "./orders.ts";
import { settlementDateOn } from "./quotes.ts";
import type { Random } from "./random.ts";
import { REJECTIONS } from "./street_messages.ts";
import { priceText } from "./ticks.ts";

export interface Floor {
  readonly tag: string;
  readonly book: OrderBook;
  readonly agenda: Agenda<Happening>;
  readonly clock: MarketClock;
  readonly random: Random;
  readonly faultShare: number;
}

const REJECTED_SHARE = 0.02;
const NEW_ORDER_SHARE = 0.5;
const OPEN_ORDERS_MAX = 40;
const STP_SHARE = 0.88;
const PRIORITIES = ["low", "normal", "normal", "normal", "normal", "high"];

/** @returns A function that makes the next fill, at or after the given market time, and says when it will be. */
export function openTrading(floor: Floor): (fromMs: number) => number {
  const { random, agenda } = floor;
  const openOrders: Order[] = [];
  let fills = 0;

  return (fromMs) => {
    const order = nextOrder(fromMs);
    const atMs = Math.max(order.lastAtMs, fromMs) + random.between(20, 300);
    order.lastAtMs = atMs;
    agenda.add(atMs, { kind: "filled", fill: toFill(floor, order, atMs, ++fills) });
    if (order.fillsLeft.length === 0) finish(order, atMs);
    return atMs;
  };

  function nextOrder(fromMs: number): Order {
    const mustBeNew = openOrders.length === 0;
    const mayBeNew = openOrders.length < OPEN_ORDERS_MAX;
    const isNew = random.chance(NEW_ORDER_SHARE);
    return mustBeNew || (mayBeNew && isNew) ? openOrder(fromMs) : random.pick(openOrders);
  }

  function openOrder(fromMs: number): Order {
    if (random.chance(REJECTED_SHARE)) {
      const refused = place(fromMs);
      const reason = random.pick(REJECTIONS);
      agenda.add(fromMs + random.between(5, 60), { kind: "rejected", order: refused, reason });
    }
    const order = place(fromMs);
    order.lastAtMs = fromMs + random.between(5, 60);
    agenda.add(order.lastAtMs, { kind: "acknowledged", order });
    openOrders.push(order);
    return order;
  }

  function place(fromMs: number): Order {
    const order = floor.book.open(fromMs, tradeDateOf(floor.clock.toEpoch(fromMs)));
    agenda.add(fromMs, { kind: "ordered", order });
    return order;
  }

  function finish(order: Order, atMs: number): void {
    openOrders.splice(openOrders.indexOf(order), 1);
    if (order.remainder === 0) return;
    agenda.add(atMs + random.between(200, 2_000), { kind: "cancelled", order });
  }
}

function toFill(floor: Floor, order: Order, atMs: number, number: number): Fill {
  const { random, tag } = floor;
  const { tick, instrument } = order.quote;
  const tradeDate = tradeDateOf(floor.clock.toEpoch(atMs));
  const id = `${tag}-${String(number).padStart(6, "0")}`;
  const quantity = order.fillsLeft.pop()!;
  const ticks = fillTicks(order, random);
  const fault = drawFault(floor.faultShare, random);
  const bookedQuantity = fault === "quantity" ? wrongQuantity(quantity, instrument.lot, random) : quantity;
  const bookedTicks = fault === "price" ? wrongTicks(ticks, random) : ticks;
  const traits = { stpEligible: random.chance(STP_SHARE), priority: random.pick(PRIORITIES) };
  return {
    execId: `E-${id}`,
    tradeId: `T-${tradeDate.replaceAll("-", "")}-${id}`,
    order,
    quantity,
    ticks,
    price: priceText(ticks, tick),
    tradeDate,
    settlementDate: settlementDateOn(order.quote, tradeDate),
    fault,
    life: drawLife(random),
    booking: toBooking(order, String(bookedQuantity), priceText(bookedTicks, tick), traits),
  };
}
