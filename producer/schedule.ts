/**
 * When the market's tape starts and how it is paced: no record may carry a time that has not come yet.
 *
 * @module
 */

import { isDate, readInstant } from "../shared/trade/instant.ts";
import { FIRST_TRADE_DATE } from "../shared/trade/settlement.ts";
import { DAY_MS, lastMarketMs, type MarketClock, WALL_CLOCK, WEEKDAY_CLOCK } from "./clock.ts";
import { durationMs, type Span } from "./market.ts";

/** What the user asks for; null is not given. Times in milliseconds since 1970. */
export interface Wish {
  /** Fills a minute of market time, or as fast as they can be sent. */
  readonly perMinute: number | "max";
  /** What it is when fills are sent as fast as they can be. */
  readonly usualPerMinute: number;
  readonly fills: number | null;
  readonly startMs: number | null;
  readonly untilMs: number | null;
  /** Market time for one unit of real time. */
  readonly speed: number;
  readonly phases: Span["phases"];
  readonly runOnMs: number;
}

export interface Schedule {
  readonly startMs: number;
  readonly clock: MarketClock;
  readonly intervalMs: number;
  /** Null: as fast as they can be sent. */
  readonly speed: number | null;
}

/** A wish that cannot be met; the message says why and what can. */
export class ScheduleError extends RangeError {
  override readonly name = "ScheduleError";
}

export const DEFAULT_PER_MINUTE = 45;
const MINUTE_MS = 60_000;
/** A market that runs faster than the wall, without end, starts this much of market time ago. */
const FAST_START_MS = 5 * DAY_MS;

/** @throws {ScheduleError} If the tape would reach into the future, or into years without settlement rules. */
export function toSchedule(wish: Wish, nowMs: number): Schedule {
  const intervalMs = MINUTE_MS / (wish.perMinute === "max" ? wish.usualPerMinute : wish.perMinute);
  const schedule = wish.perMinute === "max"
    ? burst(wish, intervalMs, nowMs)
    : paced(wish, intervalMs, wish.speed, nowMs);
  if (schedule.startMs < Date.parse(FIRST_TRADE_DATE)) {
    const begin = `${toText(schedule.startMs)} is before ${FIRST_TRADE_DATE}`;
    throw new ScheduleError(`cannot start there: ${begin}, the first day with settlement rules`);
  }
  if (wish.untilMs !== null && wish.untilMs < schedule.startMs) {
    throw new ScheduleError(
      `--until ${toText(wish.untilMs)} is before the start, ${toText(schedule.startMs)}`,
    );
  }
  return schedule;
}

/** Reads an instant or a day, which begins at 00:00 UTC. */
export function readTimeMs(text: string): number | null {
  const instant = readInstant(isDate(text) ? `${text}T00:00:00Z` : text);
  return instant === null ? null : Math.floor(instant.epochMicros / 1_000);
}

function burst({ fills, startMs, untilMs, ...rest }: Wish, intervalMs: number, nowMs: number): Schedule {
  if (fills === null) throw new ScheduleError("--rate max needs --count N: without it there would be no end");
  if (untilMs !== null && untilMs > nowMs) {
    throw new ScheduleError(`--until ${toText(untilMs)} lies in the future, now is ${toText(nowMs)}`);
  }
  const spanMs = durationMs({ ...rest, fills, intervalMs });
  const latestMs = latestStart(spanMs, nowMs);
  if (startMs !== null && startMs > latestMs) {
    const span = `${fills} fills take ${toSpan(spanMs)} of market time`;
    const problem = `--start ${toText(startMs)} is too late: ${span}, which would end in the future`;
    throw new ScheduleError(`${problem}; the latest possible start is ${toText(latestMs)}`);
  }
  return { startMs: startMs ?? latestMs, clock: WEEKDAY_CLOCK, intervalMs, speed: null };
}

function paced(
  { fills, startMs, ...rest }: Wish,
  intervalMs: number,
  speed: number,
  nowMs: number,
): Schedule {
  if (startMs === null) {
    if (speed <= 1) return { startMs: nowMs, clock: WALL_CLOCK, intervalMs, speed };
    const fastMs = fills === null
      ? WEEKDAY_CLOCK.toEpoch(lastMarketMs(WEEKDAY_CLOCK, nowMs) - FAST_START_MS)
      : latestStart(durationMs({ ...rest, fills, intervalMs }), nowMs);
    return { startMs: fastMs, clock: WEEKDAY_CLOCK, intervalMs, speed };
  }
  const opensMs = WEEKDAY_CLOCK.toEpoch(WEEKDAY_CLOCK.fromEpoch(startMs));
  if (opensMs > nowMs) {
    const opens = opensMs === startMs ? "" : `, where the market opens at ${toText(opensMs)},`;
    throw new ScheduleError(`--start ${toText(startMs)}${opens} lies in the future, now is ${toText(nowMs)}`);
  }
  return { startMs, clock: WEEKDAY_CLOCK, intervalMs, speed };
}

function latestStart(spanMs: number, nowMs: number): number {
  return WEEKDAY_CLOCK.toEpoch(lastMarketMs(WEEKDAY_CLOCK, nowMs) - spanMs);
}

function toText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function toSpan(spanMs: number): string {
  const minutes = Math.ceil(spanMs / MINUTE_MS);
  return minutes < 120 ? `${minutes} minutes` : `${(minutes / 60).toFixed(1)} hours`;
}
