/**
 * How a booking goes on: confirmed within seconds, instructed within a minute, and on its settlement date matched
 * and settled, in parts or late.
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
  /** After midnight of the settlement date: the instructions of both sides match before 09:00 UTC. */
  readonly matchedMs: number;
  /** After midnight of the settlement date: settlement systems report between 14:00 and 20:00 UTC. */
  readonly settledMs: number;
  /** Settles in two parts, the first so long before the other; null: in one. */
  readonly partialMs: number | null;
  /** Fails first, and settles on the market's next day. */
  readonly isCured: boolean;
  /** Why it fails, if it does: a reason code of ISO 20022. */
  readonly failReason: string;
}

export const BOOKED: BookingStep = { eventType: "booked", stage: "pending_confirmation" };
/** The broker took the fill back, or the desk believes so. */
export const CANCELLED: BookingStep = { eventType: "cancelled", stage: "cancelled" };
const AMENDED: BookingStep = { eventType: "amended", stage: "pending_confirmation" };
const CONFIRMED: BookingStep = { eventType: "status", stage: "confirmed" };
const pendingAs = (settlement: NonNullable<BookingStep["settlement"]>): BookingStep => (
  { eventType: "status", stage: "settlement_pending", settlement }
);
const INSTRUCTED = pendingAs("instructed");
const MATCHED = pendingAs("matched");
const PARTIALLY_SETTLED = pendingAs("partially_settled");
export const FAILED = pendingAs("failed");
const SETTLED: BookingStep = { eventType: "status", stage: "settled", settlement: "settled" };

const AMENDED_SHARE = 0.03;
const PARTIAL_SHARE = 0.01;
const HOUR_MS = 3_600_000;
/** Who lacks what: we or the counterparty, securities or money. */
const FAIL_REASONS = ["LACK", "CLAC", "MONY", "CMON"];

/** @param curedFailShare Of all settlements. */
export function drawLife(random: Random, curedFailShare: number): Life {
  const isAmended = random.chance(AMENDED_SHARE);
  return {
    bookedMs: random.between(50, 800),
    amendedMs: isAmended ? random.between(1_000, 3_000) : null,
    confirmedMs: random.between(2_000, 10_000),
    instructedMs: random.between(10_000, 40_000),
    matchedMs: random.between(6 * HOUR_MS, 9 * HOUR_MS),
    settledMs: random.between(14 * HOUR_MS, 20 * HOUR_MS),
    partialMs: random.chance(PARTIAL_SHARE) ? random.between(HOUR_MS, 3 * HOUR_MS) : null,
    isCured: random.chance(curedFailShare),
    failReason: random.pick(FAIL_REASONS),
  };
}

/** When a trade settles or fails, in market time. */
export function settlesAtMs(
  { life, settlementDate }: Pick<Fill, "life" | "settlementDate">,
  clock: MarketClock,
): number {
  return clock.fromEpoch(Date.parse(settlementDate)) + life.settledMs;
}

/**
 * The step after `step`, which was done at `atMs` of the market's time, and when it will be done.
 *
 * @param horizonMs The end of the tape: a fail that would not be cured before it does not happen.
 */
export function nextStep(
  fill: Fill,
  step: BookingStep,
  atMs: number,
  clock: MarketClock,
  horizonMs: number,
): { readonly atMs: number; readonly step: BookingStep } | null {
  const { life, booking, change } = fill;
  const settlementDayMs = clock.fromEpoch(Date.parse(booking.settlementDate));
  const settledMs = settlementDayMs + life.settledMs;
  const later = (step: BookingStep, dueMs: number) => ({ atMs: Math.max(dueMs, atMs + 1), step });
  switch (step) {
    case BOOKED:
      if (change?.kind === "bust" && change.isFollowed) return null;
      if (change?.kind === "unbooking") return later(CANCELLED, atMs + change.afterMs);
      if (life.amendedMs !== null) return later(AMENDED, atMs + life.amendedMs);
      return later(CONFIRMED, atMs + life.confirmedMs);
    case AMENDED:
      return later(CONFIRMED, atMs + life.confirmedMs);
    case CONFIRMED:
      return later(INSTRUCTED, atMs + life.instructedMs);
    case INSTRUCTED:
      return later(MATCHED, settlementDayMs + life.matchedMs);
    case MATCHED: {
      const isCured = life.isCured && settledMs + DAY_MS <= horizonMs;
      if (fill.fault === "settlement_fail" || isCured) return later(FAILED, settledMs);
      return life.partialMs === null || Number(booking.quantity) <= fill.order.quote.instrument.lot
        ? later(SETTLED, settledMs)
        : later(PARTIALLY_SETTLED, settledMs - life.partialMs);
    }
    case PARTIALLY_SETTLED:
      return later(SETTLED, settledMs);
    case FAILED:
      return fill.fault === "settlement_fail" ? null : later(SETTLED, atMs + DAY_MS);
    default:
      return null;
  }
}
