/**
 * The trading floor: turns each interval of the market into one fill, of an order that is open or of a new one,
 * and puts all that comes with it on the agenda.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import type { MarketClock } from "./clock.ts";
import type { FaultMix } from "./faults.ts";
import { openFilling } from "./filling.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening } from "./happening.ts";
import { openOrderLife } from "./order_life.ts";
import type { Order, OrderBook } from "./orders.ts";
import type { Random } from "./random.ts";

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
  readonly faultMix: FaultMix;
  readonly bustShare: number;
  readonly correctionShare: number;
  /** Of the settlements, those that fail first and are cured a day later. */
  readonly curedFailShare: number;
  /** By CompID: how many times as many faults, busts and corrections a broker has. */
  readonly brokers: ReadonlyMap<string, BrokerTimes>;
  /** The last market time of the tape. */
  readonly horizonMs: number;
}

export interface BrokerTimes {
  readonly faults: number;
  readonly busts: number;
  readonly corrections: number;
}

const NEW_ORDER_SHARE = 0.5;
const OPEN_ORDERS_MAX = 40;

/** @returns A function that makes the next fill, at or after the given market time, and says when it will be. */
export function openTrading(floor: Floor): (fromMs: number) => number {
  const { random, agenda } = floor;
  const life = openOrderLife(floor);
  const toFill = openFilling(floor);
  const openOrders: Order[] = [];

  return (fromMs) => {
    const order = nextOrder(fromMs);
    const { plan } = order;
    life.amend(order, fromMs);
    const atMs = Math.max(plan.lastAtMs, fromMs) + random.between(20, 300);
    plan.lastAtMs = atMs;
    const fill = toFill(order, atMs);
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
