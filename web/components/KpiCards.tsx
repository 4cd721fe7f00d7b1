/**
 * The key figures, each with what it counts, how it has moved and how it stands against the day before.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import {
  type Comparison,
  formatAmount,
  formatCount,
  formatName,
  formatRate,
  formatShort,
  type Kpi,
  minuteTrend,
  openBreaksTrend,
  type Panels,
  toChange,
  toNumber,
  toScope,
  type View,
} from "../../shared/kpi/mod.ts";
import { Trend } from "./Trend.tsx";

interface Card {
  readonly name: string;
  readonly value: string;
  /** Scope or meaning, in a few words. */
  readonly note: string;
  /** All digits, where the value is short. */
  readonly exact?: string;
  readonly isAlarm?: boolean;
  readonly trend?: readonly number[];
  /** Against the same stretch of the day before. */
  readonly change?: { readonly share: number | null; readonly stretch: string; readonly isBad?: boolean };
}

interface Props {
  readonly kpi: ReadonlySignal<Kpi>;
  readonly panels: ReadonlySignal<Panels>;
  readonly view: ReadonlySignal<View>;
}

export function KpiCards({ kpi, panels, view }: Props) {
  const cards = useComputed(() => [
    ...toTradeCards(kpi.value, panels.value, view.value),
    ...toOtherCards(kpi.value, panels.value),
  ]);
  return (
    <dl class="kpis">
      {cards.value.map(({ name, value, note, exact, isAlarm, trend, change }) => (
        <div key={name} class={`card kpi${isAlarm ? " alarm" : ""}`}>
          <dt>{name}</dt>
          <dd class="value" title={exact}>{value}</dd>
          {trend && (
            <dd class="line">
              <Trend values={trend} />
            </dd>
          )}
          <dd class="note" title={note}>{note}</dd>
          {change && <Change {...change} />}
        </div>
      ))}
    </dl>
  );
}

function Change({ share, stretch, isBad = false }: NonNullable<Card["change"]>) {
  if (share === null) return <dd class="change">nothing the day before</dd>;
  const direction = share > 0 ? "up" : share < 0 ? "down" : "same";
  return (
    <dd
      class={`change ${direction}${isBad && share > 0 ? " worse" : ""}`}
      title={`${stretch}, against the same time the day before`}
    >
      {share > 0 ? "+" : ""}
      {(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} % on yesterday
    </dd>
  );
}

function toTradeCards(kpi: Kpi, panels: Panels, view: View): Card[] {
  const { breaks } = kpi;
  const { comparison } = panels;
  const scope = kpi.cutAt
    ? `newest ${formatCount(kpi.cutAt)} looked at, ${toScope(view, kpi.asOf, formatName)}`
    : toScope(view, kpi.asOf, formatName);
  const change = (of: "trades" | "notional" | "breaks", isBad = false): Pick<Card, "change"> =>
    comparison === null ? {} : { change: toCardChange(comparison, of, isBad) };
  return [
    {
      name: "Trades",
      value: formatCount(kpi.trades),
      note: scope,
      trend: minuteTrend(kpi, ({ trades }) => trades),
      ...change("trades"),
    },
    {
      ...usd("Notional", kpi.notional, `USD, ${scope}`),
      trend: minuteTrend(kpi, ({ notional }) => toNumber(notional)),
      ...change("notional"),
    },
    {
      name: "Open breaks",
      value: formatCount(breaks.open),
      note: scope,
      isAlarm: breaks.open > 0,
      trend: openBreaksTrend(kpi, panels),
      ...change("breaks", true),
    },
    {
      name: "Break rate",
      value: formatRate(breaks.rate),
      note: "trades with an open break",
      isAlarm: breaks.rate > 0,
      trend: minuteTrend(kpi, ({ broken }) => broken),
    },
    {
      name: "Trades a minute",
      value: formatCount(kpi.perMinute),
      note: "booked in the last 60 s",
      trend: minuteTrend(kpi, ({ trades }) => trades),
    },
    {
      name: "Lag",
      value: formatCount(kpi.lag),
      ...toLatency(kpi),
      trend: panels.latency.map(({ p99 }) => p99),
    },
  ];
}

function toCardChange(comparison: Comparison, of: "trades" | "notional" | "breaks", isBad: boolean) {
  const share = toChange(comparison[of]);
  return { share, stretch: of === "breaks" ? "open now" : comparison.stretch, isBad };
}

function toLatency({ latencyMs: { p50, p99 } }: Kpi): Pick<Card, "note" | "exact"> {
  if (p50 === null) return { note: "records not yet stored" };
  return {
    note: `records, stored within ${formatMs(p50)}`,
    exact: `From Kafka to stored, last 5 minutes: half within ${formatMs(p50)}, 99 % within ${
      formatMs(p99 ?? 0)
    }`,
  };
}

function toOtherCards(kpi: Kpi, { deadLetters }: Panels): Card[] {
  const { fees } = kpi;
  const reasons = Object.keys(deadLetters).length;
  return [
    usd("Total fees", fees.total, "USD, as booked"),
    usd("Brokerage", fees.brokerage, "USD, as booked"),
    usd("Clearing", fees.clearing, "USD, as booked"),
    usd("Exchange", fees.exchange, "USD, as booked"),
    { name: "FIX messages", value: formatCount(kpi.fixMessages), note: "stored from the street" },
    {
      name: "Dead letters",
      value: formatCount(kpi.deadLetters),
      note: reasons === 0
        ? "records set aside"
        : `set aside for ${reasons} reason${reasons === 1 ? "" : "s"}`,
      isAlarm: kpi.deadLetters > 0,
    },
  ];
}

function usd(name: string, amount: string, note: string): Card {
  return { name, value: formatShort(amount), note, exact: `USD ${formatAmount(amount)}` };
}

function formatMs(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
