/**
 * What the charts of the system draw.
 *
 * @module
 */

import { type ChartData, formatMinute } from "../../../shared/kpi/mod.ts";
import type { Minute } from "./system.ts";

export function throughput(minutes: readonly Minute[]): ChartData {
  return {
    labels: minutes.map(({ at }) => formatMinute(at)),
    series: [{ name: "Records", tone: "main", values: minutes.map(({ records }) => records) }],
  };
}

export function latency(minutes: readonly Minute[]): ChartData {
  const valuesOf = (share: "p50" | "p95" | "p99") => minutes.map((minute) => minute[share] ?? NaN);
  return {
    labels: minutes.map(({ at }) => formatMinute(at)),
    series: [
      { name: "99 % within", tone: "danger", values: valuesOf("p99") },
      { name: "95 % within", tone: "fx", values: valuesOf("p95") },
      { name: "Half within", tone: "main", values: valuesOf("p50") },
    ],
  };
}
