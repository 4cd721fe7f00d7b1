/**
 * What each chart of the board shows, worked out from the key figures. From here on amounts are numbers.
 *
 * @module
 */

import { formatName, toNumber } from "./format.ts";
import type { Kpi, Tally } from "./kpi.ts";
import { everyMinute } from "./series.ts";

/** A colour with a meaning; the stylesheet says which one it is in each theme. */
export type Tone =
  | "main"
  | "soft"
  | "danger"
  | "ok"
  | "equity"
  | "bond"
  | "derivative"
  | "fx"
  | "commodity";

export interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly values: readonly number[];
}

export interface ChartData {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** One tone for each label, where the labels are what the colours tell apart. */
  readonly tones?: readonly Tone[];
}

const ASSET_CLASSES = ["equity", "bond", "derivative", "fx", "commodity"] as const;
const STATUSES = [
  "pending_confirmation",
  "confirmed",
  "settlement_pending",
  "settled",
  "break",
];
/** Bars in one chart; the table of trades tells the rest. */
const BARS_MAX = 10;

export function tradesPerMinute(kpi: Kpi): ChartData {
  const minutes = everyMinute(kpi);
  return {
    labels: minutes.map(({ minute }) => minute.slice(11, 16)),
    series: ASSET_CLASSES.map((name) => ({
      name: formatName(name),
      tone: name,
      values: minutes.map(({ byAssetClass }) => byAssetClass[name] ?? 0),
    })),
  };
}

/** Without the minute that is still running, which would always look like a fall. */
export function notionalOverTime(kpi: Kpi): ChartData {
  const minutes = everyMinute(kpi).filter(({ minute }) => minute.slice(0, 16) !== kpi.asOf.slice(0, 16));
  return {
    labels: minutes.map(({ minute }) => minute.slice(11, 16)),
    series: [{ name: "Notional", tone: "main", values: minutes.map(({ notional }) => toNumber(notional)) }],
  };
}

/** One break among a minute's few trades is a spike that says nothing: the rate is over as many minutes as this. */
export const RATE_MINUTES = 15;

export function breakRateOverTime(kpi: Kpi): ChartData {
  const minutes = everyMinute(kpi);
  const rates = minutes.map((_, index) => {
    const rolling = minutes.slice(Math.max(0, index - RATE_MINUTES + 1), index + 1);
    const trades = rolling.reduce((sum, minute) => sum + minute.trades, 0);
    return trades === 0 ? 0 : rolling.reduce((sum, minute) => sum + minute.broken, 0) / trades;
  });
  return {
    labels: minutes.map(({ minute }) => minute.slice(11, 16)),
    series: [{ name: "Break rate", tone: "danger", values: rates }],
  };
}

/** In the order of a trade's life, so that the bars read as a funnel. */
export function tradesByStatus(kpi: Kpi): ChartData {
  return {
    labels: STATUSES.map(formatName),
    series: [{
      name: "Trades",
      tone: "main",
      values: STATUSES.map((status) => kpi.byStatus[status]?.trades ?? 0),
    }],
    tones: STATUSES.map((status) => status === "break" ? "danger" : status === "settled" ? "ok" : "main"),
  };
}

export function notionalByAssetClass(kpi: Kpi): ChartData {
  return {
    labels: ASSET_CLASSES.map(formatName),
    series: [{
      name: "Notional",
      tone: "main",
      values: ASSET_CLASSES.map((name) => toNumber(kpi.byAssetClass[name]?.notional ?? 0)),
    }],
    tones: ASSET_CLASSES,
  };
}

export function notionalBySide(kpi: Kpi): ChartData {
  const sides = ["buy", "sell"];
  return {
    labels: sides.map(formatName),
    series: [{
      name: "Notional",
      tone: "main",
      values: sides.map((side) => toNumber(kpi.bySide[side]?.notional ?? 0)),
    }],
    tones: ["main", "fx"],
  };
}

export function feesByType({ fees }: Kpi): ChartData {
  return {
    labels: ["Brokerage", "Clearing", "Exchange"],
    series: [{
      name: "Fees",
      tone: "main",
      values: [fees.brokerage, fees.clearing, fees.exchange].map(toNumber),
    }],
  };
}

export function notionalByCounterparty({ byCounterparty }: Kpi): ChartData {
  const rows = largest(byCounterparty, ({ notional }) => toNumber(notional));
  return {
    labels: rows.map(([name]) => name),
    series: [{ name: "Notional", tone: "main", values: rows.map(([, { notional }]) => toNumber(notional)) }],
  };
}

export function tradesByVenue({ byVenue }: Kpi): ChartData {
  const rows = largest(byVenue, ({ trades }: Tally) => trades);
  return {
    labels: rows.map(([name]) => name),
    series: [{ name: "Trades", tone: "main", values: rows.map(([, { trades }]) => trades) }],
  };
}

/** Bought to the right, sold to the left: what is open in each direction. */
export function exposureByCounterparty({ exposure }: Kpi): ChartData {
  const rows = largest(exposure, ({ bought, sold }) => Math.max(toNumber(bought), toNumber(sold)));
  return {
    labels: rows.map(([name]) => name),
    series: [
      { name: "Bought", tone: "main", values: rows.map(([, { bought }]) => toNumber(bought)) },
      { name: "Sold", tone: "fx", values: rows.map(([, { sold }]) => -toNumber(sold)) },
    ],
  };
}

export function breaksByType({ breaks }: Kpi): ChartData {
  const rows = largest(breaks.byType, (count) => count);
  return {
    labels: rows.map(([type]) => formatName(type)),
    series: [{ name: "Open breaks", tone: "danger", values: rows.map(([, count]) => count) }],
  };
}

export function breaksByCounterparty({ breaks }: Kpi): ChartData {
  const rows = largest(breaks.byCounterparty, (count) => count);
  return {
    labels: rows.map(([name]) => name),
    series: [{ name: "Open breaks", tone: "danger", values: rows.map(([, count]) => count) }],
  };
}

/** The largest first; names decide among equals, so that bars of one height do not change places. */
function largest<T>(by: Readonly<Record<string, T>>, sizeOf: (value: T) => number): [string, T][] {
  return Object.entries(by)
    .sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || (a < b ? -1 : 1))
    .slice(0, BARS_MAX);
}
