/**
 * What is taken back of a fill, some seconds after it was reported: the broker corrects or busts it, or the desk
 * cancels its booking. A fault is a change that the other side does not follow.
 *
 * @module
 */

import type { FaultType } from "./faults.ts";
import type { Order } from "./orders.ts";
import type { Floor } from "./trading.ts";

export type Change =
  | { readonly kind: "correction"; readonly ticks: number; readonly afterMs: number }
  /** `isFollowed`: the desk cancels its booking. */
  | { readonly kind: "bust"; readonly isFollowed: boolean; readonly afterMs: number }
  /** The desk cancels its booking of an execution that stands. */
  | { readonly kind: "unbooking"; readonly afterMs: number };

const CHANGE_MIN_MS = 1_000;
const CHANGE_MAX_MS = 5_000;
const CORRECTED_TICKS_MAX = 5;

/** A corrected price stays within the limit: lower for a buy, higher for a sell. */
export function drawChange(
  floor: Floor,
  order: Order,
  ticks: number,
  fault: FaultType | null,
): Change | null {
  const { random, bustShare, correctionShare } = floor;
  const times = floor.brokers.get(order.counterparty.compId);
  const isBust = random.chance(Math.min(bustShare * (times?.busts ?? 1), 1));
  const isCorrection = random.chance(Math.min(correctionShare * (times?.corrections ?? 1), 1));
  const afterMs = random.between(CHANGE_MIN_MS, CHANGE_MAX_MS);
  const off = random.between(1, CORRECTED_TICKS_MAX);
  if (fault === "bust") {
    const isByBroker = random.chance(0.5);
    return isByBroker ? { kind: "bust", isFollowed: false, afterMs } : { kind: "unbooking", afterMs };
  }
  if (fault !== null) return null;
  if (isBust) return { kind: "bust", isFollowed: true, afterMs };
  if (!isCorrection) return null;
  const isLower = order.side === "buy" && off < ticks;
  return { kind: "correction", ticks: isLower ? ticks - off : ticks + off, afterMs };
}
