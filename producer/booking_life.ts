/**
 * How a booking goes on: confirmed within seconds, instructed within a minute, settled on its settlement date.
 *
 * @module
 */

import type { BookingStep, Fill } from "./bookings.ts";
import { DAY_MS, type MarketClock } from "./clock.ts";
import type { Random } from "./random.ts";

/** After the fill, at most. All that follows but the settlement is then done within `AFTERMATH_MS`. */
export const BOOKED_AFTER_MAX_MS = 800;
export const AFTERMATH_MS = 60_000;

export const BOOKED: BookingStep = { eventType: "booked", stage: "pending_confirmation" };
const AMENDED: BookingStep = { eventType: "amended", stage: "pending_confirmation" };
const CONFIRMED: BookingStep = { eventType: "status", stage: "confirmed" };
const INSTRUCTED: BookingStep = { eventType: "status", stage: "settlement_pending" };
const SETTLED: BookingStep = { eventType: "status", stage: "settled" };

const AMENDED_SHARE = 0.03;
/** Settlement systems report on the settlement date between 14:00 and 20:00 UTC. */
const SETTLED_FROM_MS = DAY_MS * 14 / 24;
const SETTLED_TO_MS = DAY_MS * 20 / 24;

/** The step after `step`, which was done at `atMs` of the market's time, and when it will be done. */
export function nextStep(
  fill: Fill,
  step: BookingStep,
  atMs: number,
  { random, clock }: { random: Random; clock: MarketClock },
): { readonly atMs: number; readonly step: BookingStep } | null {
  switch (step) {
    case BOOKED:
      if (random.chance(AMENDED_SHARE)) return { atMs: atMs + random.between(1_000, 3_000), step: AMENDED };
      return { atMs: atMs + random.between(2_000, 10_000), step: CONFIRMED };
    case AMENDED:
      return { atMs: atMs + random.between(2_000, 10_000), step: CONFIRMED };
    case CONFIRMED:
      return { atMs: atMs + random.between(10_000, 40_000), step: INSTRUCTED };
    case INSTRUCTED: {
      const settlesMs = clock.fromEpoch(Date.parse(fill.settlementDate));
      return { atMs: settlesMs + random.between(SETTLED_FROM_MS, SETTLED_TO_MS), step: SETTLED };
    }
    default:
      return null;
  }
}
