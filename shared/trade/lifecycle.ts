/**
 * The stages of a trade, the steps between them and who may cause each: one table, which code, documentation and
 * tests read. A break is no stage; it overlays one, and when it closes the stage is back.
 *
 * @module
 */

import type { EventType, Stage } from "./trade.ts";

/**
 * `desk` books, amends and cancels; `middle_office` takes a trade through confirmation; `settlement` reports what the
 * custodian did.
 */
export const ACTORS = ["desk", "middle_office", "settlement"] as const;
export type Actor = typeof ACTORS[number];

export interface Step {
  /** Null: the trade is not there yet. */
  readonly from: Stage | null;
  readonly to: Stage;
  /** Kinds of versions that take the step. */
  readonly by: readonly EventType[];
  readonly actors: readonly Actor[];
  readonly about: string;
}

const step = (
  from: Stage | null,
  to: Stage,
  by: readonly EventType[],
  actors: readonly Actor[],
  about: string,
): Step => ({ from, to, by, actors, about });

const CONFIRMING: readonly Actor[] = ["middle_office"];
const CANCELLING: readonly Actor[] = ["desk", "middle_office"];

/** Every legal step. A version that takes another one is applied all the same, and noted as an anomaly. */
export const STEPS: readonly Step[] = [
  step(null, "pending_confirmation", ["booked"], ["desk"], "booked"),
  step(
    "pending_confirmation",
    "pending_confirmation",
    ["amended", "status"],
    ["desk"],
    "amended before it is confirmed",
  ),
  step("pending_confirmation", "confirmed", ["status", "amended"], CONFIRMING, "both sides agree"),
  step("pending_confirmation", "cancelled", ["cancelled"], CANCELLING, "taken back"),
  step("confirmed", "confirmed", ["amended", "status"], CANCELLING, "amended after it was confirmed"),
  step("confirmed", "settlement_pending", ["status"], CONFIRMING, "instructed"),
  step("confirmed", "cancelled", ["cancelled"], CANCELLING, "taken back; the street must bust it"),
  step(
    "settlement_pending",
    "settlement_pending",
    ["amended", "status"],
    ["settlement"],
    "matched, partially settled, failed",
  ),
  step("settlement_pending", "settled", ["status"], ["settlement"], "delivered and paid"),
  step(
    "settlement_pending",
    "cancelled",
    ["cancelled"],
    CANCELLING,
    "taken back; the instruction must be, too",
  ),
  step(
    "settled",
    "settled",
    ["amended", "status"],
    ["settlement"],
    "what settled is told again, or its fees are put right",
  ),
  step("cancelled", "cancelled", ["cancelled"], CANCELLING, "told again"),
];

/** Where each stage leads, itself left out. */
export const NEXT_STAGES: Readonly<Record<Stage, readonly Stage[]>> = {
  pending_confirmation: nextOf("pending_confirmation"),
  confirmed: nextOf("confirmed"),
  settlement_pending: nextOf("settlement_pending"),
  settled: nextOf("settled"),
  cancelled: nextOf("cancelled"),
};

/** A version may also leave the stage as it is, such as an amendment of a fee. */
export function isLegalStep(from: Stage, to: Stage): boolean {
  return STEPS.some((step) => step.from === from && step.to === to);
}

function nextOf(stage: Stage): Stage[] {
  return STEPS.filter(({ from, to }) => from === stage && to !== stage).map(({ to }) => to);
}
