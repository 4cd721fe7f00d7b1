/**
 * What follows a trade on the street, by what was traded: securities are allocated and confirmed, currencies
 * confirmed, and what is cleared is captured trade by trade. FIX 4.2 has allocations only.
 *
 * @module
 */

import {
  allocation,
  allocationAck,
  allocationRefusal,
  allocationReport,
  allocationReportAck,
  settlementInstruction,
} from "./allocations.ts";
import { type Block, type Share, toBlocks } from "./blocks.ts";
import type { Fill } from "./bookings.ts";
import { affirmation, confirmation, tradeCapture, tradeCaptureAck } from "./confirmations.ts";
import type { Order } from "./orders.ts";
import { isCalculating, isCaptured, workflowOf } from "./post_trade_rules.ts";
import type { Tell, Teller } from "./street_message.ts";
import type { Floor } from "./trading.ts";

export interface PostTrade {
  afterFill(fill: Fill, atMs: number): void;
  /** After its last fill. */
  afterOrder(order: Order, atMs: number): void;
}

const SPLIT_SHARE = 0.05;
const INSTRUCTED_SHARE = 0.04;

/** `unconfirmed`: the broker never confirms; `unaffirmed`: the fund never affirms. */
type Flaw =
  | { readonly kind: "none" }
  | { readonly kind: "missplit" | "misconfirmed" | "unconfirmed" | "unaffirmed"; readonly fill: Fill };

const NO_FLAW: Flaw = { kind: "none" };

export function openPostTrade({ agenda, backOffice, clock, fixVersion }: Floor): PostTrade {
  const { between, chance } = backOffice;

  function tell(order: Order, by: Teller, atMs: number, tell: Tell, completes?: Fill): void {
    agenda.add(atMs, { kind: "told", order, by, tell, completes });
  }

  /** What no report told is in no report's capture either. Changes are over when it is sent. */
  function afterFill(fill: Fill, atMs: number): void {
    const { order, fault, change } = fill;
    if (fixVersion === "4.2" || !isCaptured(order)) return;
    const reportedMs = atMs + between(6_000, 10_000);
    const answeredMs = reportedMs + between(200, 1_500);
    if (fault === "missing_street" || change?.kind === "bust") return;
    agenda.add(reportedMs, {
      kind: "told",
      order,
      by: "broker",
      tell: (moment) => tradeCapture(fill, clock.toEpoch(atMs), moment),
      isHeld: fill.lateSide === "street",
    });
    tell(order, "fund", answeredMs, (moment) => tradeCaptureAck(fill, moment));
  }

  function afterOrder(order: Order, atMs: number): void {
    const workflow = workflowOf(order);
    if (workflow === "capture" || (workflow === "confirm" && fixVersion === "4.2")) return;
    const isSplit = chance(SPLIT_SHARE) && workflow === "allocate";
    for (const block of toBlocks(order, isSplit ? between(30, 80) : 100)) {
      const startMs = atMs + between(10_000, 15_000);
      if (workflow === "confirm") confirm(block, startMs, false);
      else allocate(block, startMs);
    }
  }

  function allocate(block: Block, atMs: number): void {
    const { order } = block;
    const isPreliminary = isCalculating(order);
    const flaw = drawFlaw(block);
    const answeredMs = atMs + between(300, 2_000);
    if (flaw.kind === "missplit") return refuse(block, flaw.fill, atMs, answeredMs);
    const isUnconfirmed = flaw.kind === "unconfirmed";
    tell(order, "fund", atMs, (moment) => allocation(block, isPreliminary, moment));
    tell(
      order,
      "broker",
      answeredMs,
      (moment) => allocationAck(block, isPreliminary, moment),
      isUnconfirmed ? flaw.fill : undefined,
    );
    if (isPreliminary) {
      const reportedMs = answeredMs + between(500, 2_000);
      tell(order, "broker", reportedMs, (moment) => allocationReport(block, moment));
      tell(order, "fund", reportedMs + between(200, 1_000), (moment) => allocationReportAck(block, moment));
    }
    if (chance(INSTRUCTED_SHARE)) {
      tell(order, "fund", atMs + between(100, 500), (moment) => settlementInstruction(block, moment));
    }
    if (fixVersion !== "4.2" && !isUnconfirmed) {
      confirm(block, answeredMs + between(3_000, 10_000), true, flaw);
    }
  }

  /** The accounts do not add up to the block, and the broker refuses it. */
  function refuse(block: Block, fill: Fill, atMs: number, answeredMs: number): void {
    const { order, shares } = block;
    const wrong = { ...block, shares: withWrongQuantity(shares, order) };
    tell(order, "fund", atMs, (moment) => allocation(wrong, isCalculating(order), moment));
    tell(order, "broker", answeredMs, (moment) => allocationRefusal(block, moment), fill);
  }

  function confirm(block: Block, fromMs: number, isAllocated: boolean, flaw: Flaw = NO_FLAW): void {
    const shares = flaw.kind === "misconfirmed" ? withWrongQuantity(block.shares, block.order) : block.shares;
    const isAffirmed = flaw.kind !== "unaffirmed";
    for (const [at, share] of shares.entries()) {
      const confirmed = { block, share, isAllocated };
      const atMs = fromMs + between(0, 500);
      const completes = at === 0 && flaw.kind !== "none" ? flaw.fill : undefined;
      tell(block.order, "broker", atMs, (moment) => confirmation(confirmed, moment), completes);
      const affirmedMs = atMs + between(1_000, 10_000);
      if (isAffirmed) tell(block.order, "fund", affirmedMs, (moment) => affirmation(confirmed, moment));
    }
  }

  /** A fault after the trade belongs to an order of one fill, so that it is that fill's alone. */
  function drawFlaw({ order, fills }: Block): Flaw {
    const fill = fills[0]!;
    const isEarly = chance(0.5);
    if (fill.fault === "allocation") {
      return { kind: isEarly || fixVersion === "4.2" ? "missplit" : "misconfirmed", fill };
    }
    if (fill.fault === "unaffirmed") {
      return { kind: isEarly && !isCalculating(order) ? "unconfirmed" : "unaffirmed", fill };
    }
    return NO_FLAW;
  }

  return { afterFill, afterOrder };
}

/** A lot too many in the first account. */
function withWrongQuantity([first, ...others]: readonly Share[], { quote }: Order): Share[] {
  return [{ ...first!, quantity: first!.quantity + quote.instrument.lot }, ...others];
}
