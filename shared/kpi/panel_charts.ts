/**
 * What the charts of the panels show. From here on amounts are numbers.
 *
 * @module
 */

import type { ChartData, Tone } from "./chart_data.ts";
import { largest } from "./chart_data.ts";
import { ASSET_CLASSES } from "./charts.ts";
import { formatName, toNumber } from "./format.ts";
import type { Kpi } from "./kpi.ts";
import type { Panels } from "./panels.ts";
import { everyBucket } from "./series.ts";
import { toTradesAddress, type View, WHOLE } from "./view.ts";
import { formatMinute } from "./zone.ts";

const AGES: readonly { name: string; tone: Tone }[] = [
  { name: "Under 15 min", tone: "soft" },
  { name: "Under 1 h", tone: "main" },
  { name: "Under 4 h", tone: "warn" },
  { name: "Under 1 d", tone: "fx" },
  { name: "Older", tone: "danger" },
];

export function breaksByTypeAndAge({ breakAges }: Panels): ChartData {
  const rows = largest(breakAges, (ages) => ages.reduce((sum, count) => sum + count, 0));
  return {
    labels: rows.map(([type]) => formatName(type)),
    series: AGES.map(({ name, tone }, age) => ({
      name,
      tone,
      values: rows.map(([, ages]) => ages[age] ?? 0),
    })),
    toAddress: (label) => `/breaks?${new URLSearchParams({ type: rows[label]![0] })}`,
  };
}

/** Opened upwards, closed downwards. */
export function breakInAndOut({ breakFlow }: Panels, window: Kpi["window"]): ChartData {
  const byBucket = new Map(breakFlow.map((flow) => [flow.at, flow]));
  const buckets = everyBucket(window);
  return {
    labels: buckets.map(formatMinute),
    series: [
      { name: "Opened", tone: "danger", values: buckets.map((at) => byBucket.get(at)?.opened ?? 0) },
      { name: "Closed", tone: "ok", values: buckets.map((at) => -(byBucket.get(at)?.closed ?? 0)) },
    ],
  };
}

/** Share of trades without an open break; a label is an asset class, a series a counterparty. */
export function matchRates({ matches, asOf }: Panels, view: View = WHOLE): ChartData {
  const names = [...new Set(matches.map(({ counterparty }) => counterparty))].sort();
  const byCell = new Map(matches.map((match) => [`${match.counterparty}\n${match.assetClass}`, match]));
  return {
    labels: ASSET_CLASSES.map(formatName),
    series: names.map((name) => ({
      name,
      tone: "main",
      values: ASSET_CLASSES.map((assetClass) => {
        const { trades = 0, broken = 0 } = byCell.get(`${name}\n${assetClass}`) ?? {};
        return trades === 0 ? NaN : 1 - broken / trades;
      }),
    })),
    toAddress: (label, series) =>
      toTradesAddress(view, asOf, {
        assetClass: ASSET_CLASSES[label]!,
        counterparty: names[series]!,
        status: "break",
      }),
  };
}

/** What settles when; the dates that have passed and are still open first. */
export function settlementLadder({ ladder, asOf }: Panels): ChartData {
  const today = asOf.slice(0, 10);
  return {
    labels: ladder.map(({ date }) =>
      date < today ? `${date} overdue` : date === today ? `${date} today` : date
    ),
    series: [
      { name: "To pay", tone: "fx", values: ladder.map(({ bought }) => -toNumber(bought)) },
      { name: "To receive", tone: "main", values: ladder.map(({ sold }) => toNumber(sold)) },
    ],
    toAddress: (label) => {
      const { date } = ladder[label]!;
      return `/trades?${new URLSearchParams({ settlesFrom: date, settlesTo: date })}`;
    },
  };
}

/** What is open with each counterparty against what may be. */
export function exposureAgainstLimit({ exposure }: Kpi, { limits }: Panels): ChartData {
  const byName = new Map(limits.map((limit) => [limit.counterparty, limit]));
  const rows = largest(exposure, ({ bought, sold }) => toNumber(bought) + toNumber(sold));
  const used = rows.map(([name, { bought, sold }]) =>
    toNumber(byName.get(name)?.used ?? toNumber(bought) + toNumber(sold))
  );
  const limitOf = (name: string, which: "warn" | "breach") => toNumber(byName.get(name)?.[which] ?? NaN);
  return {
    labels: rows.map(([name]) => name),
    series: [
      { name: "Used", tone: "main", values: used },
      { name: "Warning", tone: "warn", values: rows.map(([name]) => limitOf(name, "warn")) },
      { name: "Limit", tone: "ink", values: rows.map(([name]) => limitOf(name, "breach")) },
    ],
    tones: rows.map(([name], index) =>
      used[index]! >= limitOf(name, "breach")
        ? "danger"
        : used[index]! >= limitOf(name, "warn")
        ? "warn"
        : "main"
    ),
    toAddress: (label) => `/exposure?${new URLSearchParams({ counterparty: rows[label]![0] })}`,
  };
}

const AFFIRMATIONS = [
  { of: "inTime", name: "In time", tone: "ok" },
  { of: "late", name: "Late", tone: "warn" },
  { of: "waiting", name: "Waiting", tone: "soft" },
  { of: "rejected", name: "Rejected", tone: "danger" },
] as const;

export function affirmationsByAssetClass({ affirmations }: Panels): ChartData {
  return {
    labels: affirmations.map(({ assetClass }) => formatName(assetClass)),
    series: AFFIRMATIONS.map(({ of, name, tone }) => ({
      name,
      tone,
      values: affirmations.map((row) => row[of]),
    })),
    toAddress: (_, series) => series < 2 ? null : "/breaks?type=unaffirmed",
  };
}

export function latencyOverTime({ latency }: Panels): ChartData {
  return {
    labels: latency.map(({ at }) => formatMinute(at)),
    series: [
      { name: "99 % within", tone: "danger", values: latency.map(({ p99 }) => p99) },
      { name: "95 % within", tone: "fx", values: latency.map(({ p95 }) => p95) },
      { name: "Half within", tone: "main", values: latency.map(({ p50 }) => p50) },
    ],
  };
}

export function lagByPartition({ lag }: Panels): ChartData {
  return {
    labels: lag.map(({ topic, partition }) => `${topic} ${partition}`),
    series: [{ name: "Records", tone: "warn", values: lag.map(({ records }) => records) }],
    toAddress: () => "/system",
  };
}

export function deadLettersByReason({ deadLetters }: Panels): ChartData {
  const rows = largest(deadLetters, (count) => count);
  return {
    labels: rows.map(([code]) => formatName(code)),
    series: [{ name: "Records", tone: "danger", values: rows.map(([, count]) => count) }],
    toAddress: (label) => `/dead-letters?${new URLSearchParams({ code: rows[label]![0] })}`,
  };
}

const STEPS: Readonly<Record<string, Tone>> = {
  rejected: "soft",
  cancelled: "soft",
  working: "soft",
  not_booked: "warn",
  break: "danger",
  settled: "ok",
};

/** How orders became trades: each label leads from one step to the next. */
export function orderFlow({ flow }: Panels): ChartData {
  return {
    labels: flow.map(({ from, to }) => `${formatName(from)} → ${formatName(to).toLowerCase()}`),
    series: [{ name: "Orders", tone: "main", values: flow.map(({ orders }) => orders) }],
    tones: flow.map(({ to }) => STEPS[to] ?? "main"),
    links: flow.map(({ from, to }) => ({ from: formatName(from), to: formatName(to) })),
  };
}
