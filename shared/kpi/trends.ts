/**
 * The small lines and comparisons beside the key figures.
 *
 * @module
 */

import { toNumber } from "./format.ts";
import type { Kpi, Minute } from "./kpi.ts";
import type { Panels } from "./panels.ts";
import { everyBucket, everyMinute } from "./series.ts";

/** Points of one line: more cannot be told apart in its width. */
const POINTS_MAX = 30;

/** Buckets of the window put together into at most as many points as a small line has. */
export function minuteTrend(kpi: Kpi, valueOf: (minute: Minute) => number): number[] {
  return gather(everyMinute(kpi).map(valueOf));
}

/** Open breaks at the end of each bucket, from how many there are now back to the start of the window. */
export function openBreaksTrend(kpi: Kpi, { breakFlow }: Panels): number[] {
  const byBucket = new Map(breakFlow.map((flow) => [flow.at, flow]));
  let open = kpi.breaks.open;
  const counts: number[] = [];
  for (const at of everyBucket(kpi.window).reverse()) {
    counts.push(Math.max(0, open));
    const { opened = 0, closed = 0 } = byBucket.get(at) ?? {};
    open -= opened - closed;
  }
  return thin(counts.reverse());
}

/** How much more or less, as a share of before; null where there was nothing. */
export function toChange([now, before]: readonly [number | string, number | string]): number | null {
  const was = toNumber(before);
  return was === 0 ? null : toNumber(now) / was - 1;
}

function gather(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / POINTS_MAX);
  return size <= 1 ? [...values] : Array.from(
    { length: Math.ceil(values.length / size) },
    (_, point) => values.slice(point * size, (point + 1) * size).reduce((sum, value) => sum + value, 0),
  );
}

function thin(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / POINTS_MAX);
  return values.filter((_, index) => (values.length - 1 - index) % size === 0);
}
