/**
 * The stages of a trade and the steps between them: one table, which code, documentation and tests read.
 * A break is no stage; it overlays one.
 *
 * @module
 */

import type { Stage } from "./trade.ts";

export const NEXT_STAGES: Readonly<Record<Stage, readonly Stage[]>> = {
  pending_confirmation: ["confirmed", "cancelled"],
  confirmed: ["settlement_pending", "cancelled"],
  settlement_pending: ["settled", "cancelled"],
  settled: [],
  cancelled: [],
};

/** A version may also leave the stage as it is, such as an amendment of a fee. */
export function isLegalStep(from: Stage, to: Stage): boolean {
  return from === to || NEXT_STAGES[from].includes(to);
}
