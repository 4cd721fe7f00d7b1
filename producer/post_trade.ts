/**
 * What follows a trade on the street.
 *
 * @module
 */

import type { Fill } from "./bookings.ts";
import type { Order } from "./orders.ts";
import type { Floor } from "./trading.ts";

export interface PostTrade {
  afterFill(fill: Fill, atMs: number): void;
  afterOrder(order: Order, atMs: number): void;
}

export function openPostTrade(_floor: Floor): PostTrade {
  return { afterFill() {}, afterOrder() {} };
}
