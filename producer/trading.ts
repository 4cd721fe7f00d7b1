/**
 * The trading floor: turns each interval of the market into one fill, of an order that is open or of a new one,
 * and puts all that comes with it on the agenda.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { drawLife } from "./booking_life.ts";
import { amountsOf, type Change, type Fill } from "./bookings.ts";
import { type MarketClock, tradeDateOf } from "./clock.ts";
import { drawFault, type FaultType, wrongQuantity, wrongTicks } from "./faults.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening } from "./happening.ts";
import { openOrderLife } from "./order_life.ts";
import { fillTicks, type Order, type OrderBook } from "./orders.ts";
import { settlementDateOn } from "./quotes.ts";
import type { Random } from "./random.ts";
import { priceText } from "./ticks.ts";

export interface Floor {
  readonly tag: string;
  readonly book: OrderBook;
  readonly agenda: Agenda<Happening>;
  readonly clock: MarketClock;
  readonly random: Random;
  /** For what follows a trade: it differs by FIX version, and bookings must not. */
  readonly backOffice: Random;
  readonly fixVersion: FixVersion;
  readonly faultShare: number;
  readonly bustShare: number;
  readonly correctionShare: number;
}

const NEW_ORDER_SHARE = 0.5;
const OPEN_ORDERS_MAX = 40;
const STP_SHARE = 0.88;
const PRIORITIES = ["low", "normal", "normal", "normal", "normal", "high"];
/** A broker finds a mistake between these, after the fill. */
const CHANGE_MIN_MS = 1_000;
const CHANGE_MAX_MS = 5_000;
const CORRECTED_TICKS_MAX = 5;

/** @returns A function that makes the next fill, at or after the given market time, and says when it will be. */
export function openTrading(floor: Floor): (fromMs: number) => number {
  const { random, agenda } = floor;
  const life = openOrderLife(floor);
  const openOrders: Order[] = [];
  let fills = 0;

  return (fromMs) => {
    const order = nextOrder(fromMs);
    const { plan } = order;
    life.amend(order, fromMs);
    const atMs = Math.max(plan.lastAtMs, fromMs) + random.between(20, 300);
    plan.lastAtMs = atMs;
    const fill = toFill(floor, order, atMs, ++fills);
    plan.fills.push(fill);
    agenda.add(atMs, { kind: "filled", fill });
    life.afterFill(fill, atMs);
    if (plan.fillsLeft.length === 0) {
      openOrders.splice(openOrders.indexOf(order), 1);
      life.end(order, atMs);
    }
    return atMs;
  };

  function nextOrder(fromMs: number): Order {
    const mustBeNew = openOrders.length === 0;
    const mayBeNew = openOrders.length < OPEN_ORDERS_MAX;
    const isNew = random.chance(NEW_ORDER_SHARE);
    if (!mustBeNew && !(mayBeNew && isNew)) return random.pick(openOrders);
    const order = life.begin(fromMs);
    openOrders.push(order);
    return order;
  }
}

function toFill(floor: Floor, order: Order, atMs: number, number: number): Fill {
  const { random, tag } = floor;
  const { tick, instrument } = order.quote;
  const tradeDate = tradeDateOf(floor.clock.toEpoch(atMs));
  const id = `${tag}-${String(number).padStart(6, "0")}`;
  const quantity = order.plan.fillsLeft.pop()!;
  const ticks = fillTicks(order, random);
  const fault = drawFault(floor.faultShare, random);
  const change = drawChange(floor, order, ticks, fault);
  const rightTicks = change?.kind === "correction" ? change.ticks : ticks;
  const bookedQuantity = fault === "quantity" ? wrongQuantity(quantity, instrument.lot, random) : quantity;
  const bookedTicks = fault === "price" ? wrongTicks(ticks, random) : rightTicks;
  const traits = { stpEligible: random.chance(STP_SHARE), priority: random.pick(PRIORITIES) };
  const amounts = amountsOf(order, String(quantity), priceText(rightTicks, tick));
  const isBookedRight = fault !== "price" && fault !== "quantity";
  const booked = isBookedRight
    ? amounts
    : amountsOf(order, String(bookedQuantity), priceText(bookedTicks, tick));
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
    change,
    amounts,
    life: drawLife(random),
    booking: { ...booked, ...traits, version: 0 },
  };
}

/** A corrected price stays within the limit: lower for a buy, higher for a sell. */
function drawChange(floor: Floor, { side }: Order, ticks: number, fault: FaultType | null): Change | null {
  const { random, bustShare, correctionShare } = floor;
  const isBust = random.chance(bustShare);
  const isCorrection = random.chance(correctionShare);
  const afterMs = random.between(CHANGE_MIN_MS, CHANGE_MAX_MS);
  const off = random.between(1, CORRECTED_TICKS_MAX);
  if (fault !== null) return null;
  if (isBust) return { kind: "bust", afterMs };
  if (!isCorrection) return null;
  const isLower = side === "buy" && off < ticks;
  return { kind: "correction", ticks: isLower ? ticks - off : ticks + off, afterMs };
}
