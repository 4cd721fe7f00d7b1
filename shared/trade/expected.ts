/**
 * What we ourselves expect of a trade, whatever either side says: its settlement date, and by when it must be allocated
 * and affirmed.
 *
 * @module
 */

import { UncoveredDayError } from "./calendar/calendar.ts";
import { CALENDARS, type Calendars } from "./calendar/calendars.ts";
import { MARKETS } from "./calendar/markets.ts";
import { resolveMarket } from "./calendar/resolve.ts";
import { settleSecurity } from "./calendar/settle.ts";
import { settleSpot } from "./calendar/spot.ts";
import { cutOffsOf } from "./cut_offs.ts";
import type { Trade } from "./trade.ts";

export type Expecting = Pick<Trade, "assetClass" | "instrument" | "settlementVenue" | "tradeDate">;

export interface Expected {
  /** ISO day. Null: we do not know the trade's market. */
  readonly settlementDate: string | null;
  /** Instants; null where the market has no cut-off. */
  readonly allocateBy: string | null;
  readonly affirmBy: string | null;
}

export type Expectation =
  | ({ readonly kind: "expected" } & Expected)
  /** The market is known, and its calendars do not reach that day. */
  | { readonly kind: "uncovered"; readonly text: string };

/** A year of every instrument of a large book; more than that is forgotten at once. */
const KNOWN_MAX = 50_000;
const NOTHING = { kind: "expected", settlementDate: null, allocateBy: null, affirmBy: null } as const;

/** Remembers its answers: an answer costs some 15 µs, and trades of a day share few of them. */
export function openExpectations(calendars: Calendars = CALENDARS): (trade: Expecting) => Expectation {
  const known = new Map<string, Expectation>();
  return (trade) => {
    const { assetClass, instrument, settlementVenue, tradeDate } = trade;
    const key = `${tradeDate}${assetClass}\0${instrument}\0${settlementVenue}`;
    let expectation = known.get(key);
    if (expectation === undefined) {
      expectation = expectationOf(trade, calendars);
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(key, expectation);
    }
    return expectation;
  };
}

export function expectationOf(
  { assetClass, instrument, settlementVenue: venue, tradeDate }: Expecting,
  calendars: Calendars = CALENDARS,
): Expectation {
  const resolved = resolveMarket({ assetClass, instrument, venue });
  if (resolved.kind === "unknown") return NOTHING;
  try {
    if (resolved.kind === "spot") {
      const { settlementDate } = settleSpot(resolved.pair, tradeDate, calendars);
      return { ...NOTHING, settlementDate };
    }
    const { settlementDate } = settleSecurity(MARKETS[resolved.market], tradeDate, calendars);
    const { allocateBy = null, affirmBy = null } = cutOffsOf(resolved.market, tradeDate, calendars) ?? {};
    return { kind: "expected", settlementDate, allocateBy, affirmBy };
  } catch (error) {
    if (!(error instanceof UncoveredDayError)) throw error;
    const text = `Cannot expect when a trade of ${tradeDate} settles: ${error.message}`;
    return { kind: "uncovered", text };
  }
}
