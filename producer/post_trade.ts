/**
 * What follows a trade on the street, by what was traded: securities are allocated and confirmed, currencies
 * confirmed, and what is cleared is captured trade by trade. FIX 4.2 has allocations only.
 *
 * @module
 */

import type { AssetClass } from "../shared/trade/trade.ts";
import {
  allocation,
  allocationAck,
  allocationReport,
  allocationReportAck,
  settlementInstruction,
} from "./allocations.ts";
import { type Block, toBlocks } from "./blocks.ts";
import type { Fill } from "./bookings.ts";
import { affirmation, confirmation, tradeCapture, tradeCaptureAck } from "./confirmations.ts";
import type { Order } from "./orders.ts";
import type { Tell, Teller } from "./street_message.ts";
import type { Floor } from "./trading.ts";

export interface PostTrade {
  afterFill(fill: Fill, atMs: number): void;
  /** After its last fill. */
  afterOrder(order: Order, atMs: number): void;
}

const WORKFLOWS: Readonly<Record<AssetClass, "allocate" | "confirm" | "capture">> = {
  equity: "allocate",
  bond: "allocate",
  fx: "confirm",
  derivative: "capture",
  commodity: "capture",
};
/** Brokers that calculate an allocation's money themselves. */
const CALCULATING = new Set(["GSCO", "UBSW"]);
const SPLIT_SHARE = 0.05;
const INSTRUCTED_SHARE = 0.04;

export function openPostTrade({ agenda, backOffice, clock, fixVersion }: Floor): PostTrade {
  const { between, chance } = backOffice;

  function tell(order: Order, by: Teller, atMs: number, tell: Tell): void {
    agenda.add(atMs, { kind: "told", order, by, tell });
  }

  /** What no report told is in no report's capture either. Changes are over when it is sent. */
  function afterFill(fill: Fill, atMs: number): void {
    const { order, fault, change } = fill;
    if (fixVersion === "4.2" || workflowOf(order) !== "capture") return;
    const reportedMs = atMs + between(6_000, 10_000);
    const answeredMs = reportedMs + between(200, 1_500);
    if (fault === "missing_street" || change?.kind === "bust") return;
    tell(order, "broker", reportedMs, (moment) => tradeCapture(fill, clock.toEpoch(atMs), moment));
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
    const isPreliminary = CALCULATING.has(order.counterparty.compId);
    const answeredMs = atMs + between(300, 2_000);
    tell(order, "fund", atMs, (moment) => allocation(block, isPreliminary, moment));
    tell(order, "broker", answeredMs, (moment) => allocationAck(block, isPreliminary, moment));
    if (isPreliminary) {
      const reportedMs = answeredMs + between(500, 2_000);
      tell(order, "broker", reportedMs, (moment) => allocationReport(block, moment));
      tell(order, "fund", reportedMs + between(200, 1_000), (moment) => allocationReportAck(block, moment));
    }
    if (chance(INSTRUCTED_SHARE)) {
      tell(order, "fund", atMs + between(100, 500), (moment) => settlementInstruction(block, moment));
    }
    if (fixVersion !== "4.2") confirm(block, answeredMs + between(3_000, 10_000), true);
  }

  function confirm(block: Block, fromMs: number, isAllocated: boolean): void {
    for (const share of block.shares) {
      const confirmed = { block, share, isAllocated };
      const atMs = fromMs + between(0, 500);
      tell(block.order, "broker", atMs, (moment) => confirmation(confirmed, moment));
      tell(block.order, "fund", atMs + between(1_000, 10_000), (moment) => affirmation(confirmed, moment));
    }
  }

  return { afterFill, afterOrder };
}

function workflowOf({ quote: { instrument } }: Order) {
  return WORKFLOWS[instrument.assetClass];
}
