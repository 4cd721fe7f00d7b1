/**
 * Applies what the stream says to what a viewer already shows. Events may repeat and, after a reconnect to another
 * server, be older than what is shown: a reducer never lets a number go back.
 *
 * @module
 */

import type { Kpi, Minute } from "./kpi.ts";

/**
 * The newer of two states, with the minutes of both: a streamed `Kpi` carries only the minutes that changed.
 *
 * @param shown Null before the first one.
 */
export function withKpi(shown: Kpi | null, next: Kpi): Kpi {
  if (shown === null) return next;
  if (next.asOf < shown.asOf) return shown;
  return { ...next, minutes: withMinutes(shown.minutes, next.minutes, next.window) };
}

/** Minutes of both inside the window, oldest first; where both have one, the later one counts. */
function withMinutes(shown: readonly Minute[], changed: readonly Minute[], window: Kpi["window"]): Minute[] {
  const byMinute = new Map([...shown, ...changed].map((minute) => [minute.minute, minute]));
  return [...byMinute.values()]
    .filter(({ minute, trades }) => minute >= window.from && minute <= window.to && trades > 0)
    .sort((a, b) => compare(a.minute, b.minute));
}

/** What a viewer of `shown` lacks: a minute of the window that has gone comes back with zero trades. */
export function changedMinutes(shown: readonly Minute[], next: Pick<Kpi, "minutes" | "window">): Minute[] {
  const before = new Map(shown.map((minute) => [minute.minute, JSON.stringify(minute)]));
  const changed = next.minutes.filter((minute) => before.get(minute.minute) !== JSON.stringify(minute));
  const left = new Set(next.minutes.map(({ minute }) => minute));
  const gone = shown.filter(({ minute }) => !left.has(minute) && minute >= next.window.from)
    .map(({ minute }) => toEmpty(minute));
  return [...gone, ...changed].sort((a, b) => compare(a.minute, b.minute));
}

function toEmpty(minute: string): Minute {
  return { minute, trades: 0, notional: "0", broken: 0, byAssetClass: {} };
}

/** A window with more buckets than a day has minutes is a mistake, not a chart. */
const BUCKETS_MAX = 1_440;

/** The start of every bucket of the window: a time axis without gaps. */
export function everyBucket({ from, to, seconds }: Kpi["window"]): string[] {
  const fromMs = Date.parse(from);
  const count = Math.min(BUCKETS_MAX, Math.round((Date.parse(to) - fromMs) / (seconds * 1_000)) + 1);
  return Array.from(
    { length: Math.max(0, count) },
    (_, index) => new Date(fromMs + index * seconds * 1_000).toISOString().replace(".000Z", "Z"),
  );
}

/** Every minute of the window, with zeros where nothing was booked. */
export function everyMinute(kpi: Pick<Kpi, "minutes" | "window">): Minute[] {
  const byMinute = new Map(kpi.minutes.map((minute) => [minute.minute, minute]));
  return everyBucket(kpi.window).map((minute) => byMinute.get(minute) ?? toEmpty(minute));
}

/** A row that the stream sends again when it changes. */
export interface Versioned {
  readonly version: number;
}

/**
 * Rows with the changed ones put in: a known row is replaced unless it is older, a new one is added, and the first
 * `rowsMax` by `order` stay.
 */
export function withRows<R extends Versioned>(
  rows: readonly R[],
  changed: readonly R[],
  options: {
    idOf: (row: R) => string | number;
    order: (a: R, b: R) => number;
    rowsMax: number;
    keep?: (row: R) => boolean;
  },
): R[] {
  const byId = new Map(rows.map((row) => [options.idOf(row), row]));
  for (const row of changed) {
    const known = byId.get(options.idOf(row));
    if (known === undefined || row.version >= known.version) byId.set(options.idOf(row), row);
  }
  return [...byId.values()].filter(options.keep ?? (() => true)).sort(options.order).slice(
    0,
    options.rowsMax,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
