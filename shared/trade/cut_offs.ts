/**
 * By when a trade must be allocated and affirmed: a dated table by market, in the market's own zone. Markets that are
 * not here have no cut-off: currencies are confirmed without one, and what is cleared is affirmed by its clearing
 * house.
 *
 * @module
 */

import { type CalendarId, CALENDARS, type Calendars } from "./calendar/calendars.ts";
import type { Market } from "./calendar/markets.ts";
import { MARKETS } from "./calendar/markets.ts";
import { countDays, firstOpen } from "./calendar/settle.ts";

/** For trade dates from `from` on, until the market's next row. */
export interface CutOffRow {
  readonly from: string;
  /** Local times. Null: the market has none. */
  readonly allocate: string | null;
  readonly affirm: string;
  /** Settlement days after the trade date. */
  readonly days: number;
  readonly zone: string;
  readonly source: string;
}

const SOURCE = "DTCC ITP, release of 2024-01-31 on affirmation; SEC Rule 15c6-2";
const NEW_YORK = "America/New_York";
/** Delivery against payment at DTC: the affirmed confirmation becomes the instruction. */
const US_DVP: readonly CutOffRow[] = [
  { from: "2017-09-05", allocate: null, affirm: "11:30", days: 1, zone: NEW_YORK, source: SOURCE },
  { from: "2024-05-28", allocate: "19:00", affirm: "21:00", days: 0, zone: NEW_YORK, source: SOURCE },
];

export const CUT_OFFS: Readonly<Partial<Record<Market, readonly CutOffRow[]>>> = {
  us_equity: US_DVP,
  us_corporate: US_DVP,
};

export interface CutOffs {
  /** Instants such as `2026-11-24T00:00:00Z`. */
  readonly allocateBy: string | null;
  readonly affirmBy: string;
}

/**
 * @param tradeDate ISO day; one on which the market is closed counts as the next trading day.
 * @returns null where the market has no cut-off on that day.
 * @throws {UncoveredDayError}
 */
export function cutOffsOf(
  market: Market,
  tradeDate: string,
  calendars: Calendars = CALENDARS,
): CutOffs | null {
  const { trading, settlement } = MARKETS[market];
  const rows = CUT_OFFS[market];
  if (rows === undefined) return null;
  const counted = firstOpen([calendars[trading]], tradeDate);
  const row = rows.findLast(({ from }) => from <= counted);
  if (row === undefined) return null;
  const day = countDays(settlement.map((id: CalendarId) => calendars[id]), counted, row.days);
  return {
    allocateBy: row.allocate === null ? null : instantOf(day, row.allocate, row.zone),
    affirmBy: instantOf(day, row.affirm, row.zone),
  };
}

function instantOf(day: string, time: string, zone: string): string {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString();
}
