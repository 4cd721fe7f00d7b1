/**
 * When a trade settles, as people ask it: asset class, instrument, venue and trade date in, a date with its reasons
 * out. The face of this folder, and the body of `GET /api/v1/settlement-date`.
 *
 * A trade date on which its market does not trade is not refused: it counts from the next trading day, as such
 * trades are dated in practice, and the reasons say so first. See docs/adr/0007-calendars-as-dated-rows.md.
 *
 * @module
 */

import { isDate } from "../instant.ts";
import { UncoveredDayError } from "./calendar.ts";
import { CALENDARS, type Calendars } from "./calendars.ts";
import { MARKETS } from "./markets.ts";
import { resolveMarket, type Traded, type UnknownCode } from "./resolve.ts";
import { type Settlement, settleSecurity } from "./settle.ts";
import { settleSpot } from "./spot.ts";

export { CALENDARS, type Calendars, withClosures } from "./calendars.ts";
export { type Closure, type ReadClosures, readClosures } from "./closures.ts";
export type { Settlement } from "./settle.ts";

export interface SettlementRequest extends Traded {
  /** ISO day. */
  readonly tradeDate: string;
}

/** Stable codes: rejects, dashboards and tests key on them, so add to this list and rename nothing. */
export type RefusalCode = "bad_trade_date" | "outside_covered_years" | UnknownCode;

export type SettlementAnswer =
  | ({ readonly kind: "settlement" } & Settlement)
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly text: string };

export function settlementDate(
  request: SettlementRequest,
  calendars: Calendars = CALENDARS,
): SettlementAnswer {
  const { tradeDate } = request;
  if (!isDate(tradeDate)) {
    const text = `Cannot read the trade date "${tradeDate}": write a day such as 2026-11-23`;
    return { kind: "refused", code: "bad_trade_date", text };
  }
  const resolved = resolveMarket(request);
  if (resolved.kind === "unknown") return { kind: "refused", code: resolved.code, text: resolved.text };
  try {
    const settlement = resolved.kind === "spot"
      ? settleSpot(resolved.pair, tradeDate, calendars)
      : settleSecurity(MARKETS[resolved.market], tradeDate, calendars);
    return { kind: "settlement", ...settlement };
  } catch (error) {
    if (!(error instanceof UncoveredDayError)) throw error;
    const text = `Cannot settle a trade of ${tradeDate}: ${error.message}`;
    return { kind: "refused", code: "outside_covered_years", text };
  }
}
