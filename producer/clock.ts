/**
 * The market's clock. A simulated market has no weekends: Friday 24:00 is Monday 00:00 (UTC). A live one runs
 * with the wall, and what it trades on a weekend belongs to the Friday before.
 *
 * @module
 */

export interface MarketClock {
  /** Market milliseconds of an instant; on a weekend, those of its end. */
  fromEpoch(epochMs: number): number;
  /** The instant of market milliseconds. */
  toEpoch(marketMs: number): number;
}

export const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const OPEN_WEEK_MS = 5 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export const WALL_CLOCK: MarketClock = {
  fromEpoch: (epochMs) => epochMs,
  toEpoch: (marketMs) => marketMs,
};

export const WEEKDAY_CLOCK: MarketClock = {
  fromEpoch(epochMs) {
    const sinceMonday = epochMs - FIRST_MONDAY_MS;
    const weeks = Math.floor(sinceMonday / WEEK_MS);
    return weeks * OPEN_WEEK_MS + Math.min(sinceMonday - weeks * WEEK_MS, OPEN_WEEK_MS);
  },
  toEpoch(marketMs) {
    const weeks = Math.floor(marketMs / OPEN_WEEK_MS);
    return FIRST_MONDAY_MS + weeks * WEEK_MS + (marketMs - weeks * OPEN_WEEK_MS);
  },
};

/** The latest market time that is not after an instant: on a weekend, the last millisecond of Friday. */
export function lastMarketMs(clock: MarketClock, epochMs: number): number {
  const marketMs = clock.fromEpoch(epochMs);
  return clock.toEpoch(marketMs) > epochMs ? marketMs - 1 : marketMs;
}

/** The business day of an instant: its UTC day, on a weekend the Friday before. */
export function tradeDateOf(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS);
  if (day !== latest.day) latest = { day, tradeDate: toTradeDate(epochMs) };
  return latest.tradeDate;
}

/** Thousands of fills share a day. */
let latest = { day: NaN, tradeDate: "" };

function toTradeDate(epochMs: number): string {
  const daysSinceMonday = Math.floor((epochMs - FIRST_MONDAY_MS) / DAY_MS) % 7;
  const weekendDays = Math.max(0, daysSinceMonday - 4);
  return new Date(epochMs - weekendDays * DAY_MS).toISOString().slice(0, 10);
}
