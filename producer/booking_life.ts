/**
 * How a booking goes on: confirmed within seconds, instructed within a minute, settled on its settlement date.
 *
 * @module
 */

import type { BookingStep, Fill } from "./bookings.ts";
import { DAY_MS, type MarketClock } from "./clock.ts";
import type { Random } from "./random.ts";

/** After the last fill, all that follows but settlements is done within this. */
export const AFTERMATH_MS = 60_000;

/** Delays of a booking's steps, each after the one before. */
export interface Life {
  readonly bookedMs: number;
  /** Null: never amended. */
  readonly amendedMs: number | null;
  readonly confirmedMs: number;
  readonly instructedMs: number;
  /** After midnight of the settlement date: settlement systems report between 14:00 and 20:00 UTC. */
  readonly settledMs: number;
}

export const BOOKED: BookingStep = { eventType: "booked", stage: "pending_confirmation" };
/** The broker took the fill back. */
export const CANCELLED: BookingStep = { eventType: "cancelled", stage: "cancelled" };
const AMENDED: BookingStep = { eventType: "amended", stage: "pending_confirmation" };
const CONFIRMED: BookingStep = { eventType: "status", stage: "confirmed" };
const INSTRUCTED: BookingStep = { eventType: "status", stage: "settlement_pending" };
const SETTLED: BookingStep = { eventType: "status", stage: "settled" };

const AMENDED_SHARE = 0.03;

export function drawLife(random: Random): Life {
  const isAmended = random.chance(AMENDED_SHARE);
  return {
    bookedMs: random.between(50, 800),
    amendedMs: isAmended ? random.between(1_000, 3_000) : null,
    confirmedMs: random.between(2_000, 10_000),
    instructedMs: random.between(10_000, 40_000),
    settledMs: random.between(DAY_MS * 14 / 24, DAY_MS * 20 / 24),
  };
}

/** The step after `step`, which was done at `atMs` of the market's time, and when it will be done. */
export function nextStep(
  { life, settlementDate, change }: Fill,
  step: BookingStep,
  atMs: number,
  clock: MarketClock,
): { readonly atMs: number; readonly step: BookingStep } | null {
  switch (step) {
    case BOOKED:
      if (change?.kind === "bust") return null;
      if (life.amendedMs !== null) return { atMs: atMs + life.amendedMs, step: AMENDED };
      return { atMs: atMs + life.confirmedMs, step: CONFIRMED };
    case AMENDED:
      return { atMs: atMs + life.confirmedMs, step: CONFIRMED };
    case CONFIRMED:
      return { atMs: atMs + life.instructedMs, step: INSTRUCTED };
    case INSTRUCTED:
      return { atMs: clock.fromEpoch(Date.parse(settlementDate)) + life.settledMs, step: SETTLED };
    default:
      return null;
  }
}
