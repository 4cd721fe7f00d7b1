/**
 * What the charts of the key figures show. From here on amounts are numbers.
 *
 * @module
 */

import { largest, type Series } from "./chart_data.ts";
import type { ChartData, Tone } from "./chart_data.ts";
import { formatName, toNumber } from "./format.ts";
import type { Kpi, Tally } from "./kpi.ts";
import { everyMinute } from "./series.ts";
import { toTradesAddress, type View, WHOLE } from "./view.ts";
import { formatMinute } from "./zone.ts";

export const ASSET_CLASSES = ["equity", "bond", "derivative", "fx", "commodity"] as const;
/** In the order of a trade's life. */
const STATUSES = ["pending_confirmation", "confirmed", "settlement_pending", "settled", "break"];

/** Booked trades in each bucket of the window. */
export function tradesPerMinute(kpi: Kpi, view: View = WHOLE): ChartData {
  const minutes = everyMinute(kpi);
  return {
    labels: minutes.map(({ minute }) => formatMinute(minute)),
    series: ASSET_CLASSES.map((name) => ({
      name: formatName(name),
      tone: name,
      values: minutes.map(({ byAssetClass }) => byAssetClass[name] ?? 0),
    })),
    toAddress: (_, series) => toTradesAddress(view, kpi.asOf, { assetClass: ASSET_CLASSES[series]! }),
  };
}

/** Without the minute that is still running, which would always look like a fall. */
export function notionalOverTime(kpi: Kpi): ChartData {
  const running = Date.parse(kpi.asOf) - kpi.window.seconds * 1_000;
  const minutes = everyMinute(kpi).filter(({ minute }) => Date.parse(minute) <= running);
  return {
    labels: minutes.map(({ minute }) => formatMinute(minute)),
    series: [{ name: "Notional", tone: "main", values: minutes.map(({ notional }) => toNumber(notional)) }],
  };
}

/** One break among a minute's few trades is a spike that says nothing: the rate is over as many buckets as this. */
export const RATE_BUCKETS = 15;

export function breakRateOverTime(kpi: Kpi): ChartData {
  const minutes = everyMinute(kpi);
  const rates = minutes.map((_, index) => {
    const rolling = minutes.slice(Math.max(0, index - RATE_BUCKETS + 1), index + 1);
    const trades = rolling.reduce((sum, minute) => sum + minute.trades, 0);
    return trades === 0 ? 0 : rolling.reduce((sum, minute) => sum + minute.broken, 0) / trades;
  });
  return {
    labels: minutes.map(({ minute }) => formatMinute(minute)),
    series: [{ name: "Break rate", tone: "danger", values: rates }],
  };
}

/** In the order of a trade's life, so that the bars read as a funnel. */
export function tradesByStatus(kpi: Kpi, view: View = WHOLE): ChartData {
  return {
    labels: STATUSES.map(formatName),
    series: [count("Trades", STATUSES.map((status) => kpi.byStatus[status]?.trades ?? 0))],
    tones: STATUSES.map((status) => status === "break" ? "danger" : status === "settled" ? "ok" : "main"),
    toAddress: (label) => toTradesAddress(view, kpi.asOf, { status: STATUSES[label]! }),
  };
}

export function notionalByAssetClass(kpi: Kpi, view: View = WHOLE): ChartData {
  return {
    labels: ASSET_CLASSES.map(formatName),
    series: [count("Notional", ASSET_CLASSES.map((name) => toNumber(kpi.byAssetClass[name]?.notional ?? 0)))],
    tones: ASSET_CLASSES,
    toAddress: (label) => toTradesAddress(view, kpi.asOf, { assetClass: ASSET_CLASSES[label]! }),
  };
}

const SIDES = ["buy", "sell"] as const;

export function notionalBySide(kpi: Kpi, view: View = WHOLE): ChartData {
  return {
    labels: SIDES.map(formatName),
    series: [count("Notional", SIDES.map((side) => toNumber(kpi.bySide[side]?.notional ?? 0)))],
    tones: ["main", "fx"],
    toAddress: (label) => toTradesAddress(view, kpi.asOf, { side: SIDES[label]! }),
  };
}

export function feesByType({ fees }: Kpi): ChartData {
  return {
    labels: ["Brokerage", "Clearing", "Exchange"],
    series: [count("Fees", [fees.brokerage, fees.clearing, fees.exchange].map(toNumber))],
  };
}

export function notionalByCounterparty(kpi: Kpi, view: View = WHOLE): ChartData {
  const rows = largest(kpi.byCounterparty, ({ notional }) => toNumber(notional));
  return {
    labels: rows.map(([name]) => name),
    series: [count("Notional", rows.map(([, { notional }]) => toNumber(notional)))],
    toAddress: (label) => toTradesAddress(view, kpi.asOf, { counterparty: rows[label]![0] }),
  };
}

export function tradesByVenue(kpi: Kpi, view: View = WHOLE): ChartData {
  const rows = largest(kpi.byVenue, ({ trades }: Tally) => trades);
  return {
    labels: rows.map(([name]) => name),
    series: [count("Trades", rows.map(([, { trades }]) => trades))],
    toAddress: (label) => toTradesAddress(view, kpi.asOf, { venue: rows[label]![0] }),
  };
}

export function breaksByCounterparty({ breaks }: Kpi): ChartData {
  const rows = largest(breaks.byCounterparty, (open) => open);
  return {
    labels: rows.map(([name]) => name),
    series: [count("Open breaks", rows.map(([, open]) => open), "danger")],
    toAddress: (label) => `/breaks?${new URLSearchParams({ counterparty: rows[label]![0] })}`,
  };
}

function count(name: string, values: number[], tone: Tone = "main"): Series {
  return { name, tone, values };
}
