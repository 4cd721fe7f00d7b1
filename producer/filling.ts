/**
 * Makes a fill: what was traded, what the desk books of it, which fault it has if any, and what will become of it.
 *
 * @module
 */

import { drawChange } from "./changes.ts";
import { drawLife, settlesAtMs } from "./booking_life.ts";
import type { Fill } from "./bookings.ts";
import { tradeDateOf } from "./clock.ts";
import { drawFault, type FaultType } from "./faults.ts";
import { statesFees } from "./fee_fields.ts";
import { bookedTerms, rightTerms } from "./misbooking.ts";
import { fillTicks, type Order } from "./orders.ts";
import { affirmedByMs, canMissplit, isCaptured } from "./post_trade_rules.ts";
import { settlementDateOn } from "./quotes.ts";
import { priceText } from "./ticks.ts";
import type { Floor } from "./trading.ts";

const STP_SHARE = 0.88;
const PRIORITIES = ["low", "normal", "normal", "normal", "normal", "high"];
/** A desk books again soon after, and a broker sends again before it tells anything else of the order. */
const BOOKED_AGAIN_MIN_MS = 1_000;
const BOOKED_AGAIN_MAX_MS = 5_000;
const SENT_AGAIN_MIN_MS = 1;
const SENT_AGAIN_MAX_MS = 4;

/** @returns A function that makes the next fill of an order at a market time. */
export function openFilling(floor: Floor): (order: Order, atMs: number) => Fill {
  const { random, tag } = floor;
  let ids = 0;
  const nextId = () => `${tag}-${String(++ids).padStart(6, "0")}`;

  return (order, atMs) => {
    const { tick } = order.quote;
    const { plan } = order;
    const tradeDate = tradeDateOf(floor.clock.toEpoch(atMs));
    const settlementDate = settlementDateOn(order.quote, tradeDate);
    const id = nextId();
    const isWhole = plan.fillsLeft.length === 1 && plan.fills.length === 0;
    const quantity = plan.fillsLeft.pop()!;
    const ticks = fillTicks(order, random);
    const life = drawLife(random, floor.curedFailShare);
    const share = floor.faultShare * (floor.brokers.get(order.counterparty.compId)?.faults ?? 1);
    const can = (type: FaultType) =>
      canHave(floor, order, { type, isWhole, tradeDate, settlementDate, life });
    const fault = drawFault(Math.min(share, 1), floor.faultMix, can, random);
    const change = drawChange(floor, order, ticks, fault);
    const rightTicks = change?.kind === "correction" ? change.ticks : ticks;
    const traded = { quantity, ticks: rightTicks, tradeDate, settlementDate };
    const right = rightTerms(order, traded);
    const booked = bookedTerms(order, traded, right, fault, random);
    const traits = { stpEligible: random.chance(STP_SHARE), priority: random.pick(PRIORITIES) };
    const isLateStreet = random.chance(0.5);
    const fill: Fill = {
      execId: `E-${id}`,
      tradeId: tradeIdOf(tradeDate, id),
      order,
      quantity,
      ticks,
      price: priceText(ticks, tick),
      tradeDate,
      settlementDate,
      fault: fault === "duplicate" ? null : fault,
      change,
      again: null,
      lateSide: fault === "late" ? isLateStreet ? "street" : "book" : null,
      amounts: right,
      firstFees: ticks === rightTicks ? right.fees : rightTerms(order, { ...traded, ticks }).fees,
      right,
      life,
      booking: { ...booked, ...traits, version: 0 },
    };
    return fault === "duplicate" ? { ...fill, again: drawAgain(fill) } : fill;
  };

  /** The same fill under a name of its own: a second booking, or a second report. */
  function drawAgain(fill: Fill): Fill["again"] {
    const id = nextId();
    const copy: Fill = {
      ...fill,
      fault: "duplicate",
      life: drawLife(random, floor.curedFailShare),
      booking: { ...fill.booking },
    };
    if (random.chance(0.5)) {
      const afterMs = random.between(BOOKED_AGAIN_MIN_MS, BOOKED_AGAIN_MAX_MS);
      return { side: "book", afterMs, fill: { ...copy, tradeId: tradeIdOf(fill.tradeDate, id) } };
    }
    const execId = `E-${id}`;
    const afterMs = random.between(SENT_AGAIN_MIN_MS, SENT_AGAIN_MAX_MS);
    return { side: "street", afterMs, fill: { ...copy, execId, tradeId: execId } };
  }
}

interface Possible extends Pick<Fill, "tradeDate" | "settlementDate" | "life"> {
  readonly type: FaultType;
  /** Whether the fill is all of its order. */
  readonly isWhole: boolean;
}

/** Whether a fill can have a fault that others can see before the tape ends, and that is about this fill alone. */
function canHave(
  { fixVersion, clock, horizonMs }: Floor,
  order: Order,
  { type, isWhole, tradeDate, settlementDate, life }: Possible,
): boolean {
  switch (type) {
    case "fees":
      return statesFees(order);
    case "allocation":
      return isWhole && canMissplit(order);
    case "unaffirmed": {
      const byMs = affirmedByMs(order, tradeDate);
      return isWhole && fixVersion !== "4.2" && byMs !== null && clock.fromEpoch(byMs) <= horizonMs;
    }
    case "settlement_fail":
      return !isCaptured(order) && settlesAtMs({ life, settlementDate }, clock) <= horizonMs;
    default:
      return true;
  }
}

function tradeIdOf(tradeDate: string, id: string): string {
  return `T-${tradeDate.replaceAll("-", "")}-${id}`;
}
