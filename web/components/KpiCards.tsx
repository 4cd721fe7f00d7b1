/**
 * The key figures, each with what it counts.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { formatAmount, formatCount, formatRate, formatShort, type Kpi } from "../../shared/kpi/mod.ts";

interface Card {
  readonly name: string;
  readonly value: string;
  /** Scope or meaning, in a few words. */
  readonly note: string;
  /** All digits, where the value is short. */
  readonly exact?: string;
  readonly isAlarm?: boolean;
}

export function KpiCards({ kpi }: { kpi: ReadonlySignal<Kpi> }) {
  return (
    <dl class="kpis">
      {toCards(kpi.value).map(({ name, value, note, exact, isAlarm }) => (
        <div key={name} class={`card kpi${isAlarm ? " alarm" : ""}`}>
          <dt>{name}</dt>
          <dd class="value" title={exact}>{value}</dd>
          <dd class="note">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function toCards(kpi: Kpi): Card[] {
  const { fees, breaks, latencyMs } = kpi;
  const scope = toScope(kpi);
  const usd = (name: string, amount: string, note: string): Card => ({
    name,
    value: formatShort(amount),
    note,
    exact: `USD ${formatAmount(amount)}`,
  });
  const lag = latencyMs.p50 === null ? { note: "records not yet stored" } : {
    note: `records, stored within ${formatMs(latencyMs.p50)}`,
    exact: `From Kafka to stored, last 5 minutes: half within ${formatMs(latencyMs.p50)}, 99 % within ${
      formatMs(latencyMs.p99 ?? 0)
    }`,
  };
  return [
    { name: "Trades", value: formatCount(kpi.trades), note: scope },
    usd("Notional", kpi.notional, `USD, ${scope}`),
    { name: "Trades a minute", value: formatCount(kpi.perMinute), note: "booked in the last 60 s" },
    {
      name: "Open breaks",
      value: formatCount(breaks.open),
      note: scope,
      isAlarm: breaks.open > 0,
    },
    {
      name: "Break rate",
      value: formatRate(breaks.rate),
      note: "trades with an open break",
      isAlarm: breaks.rate > 0,
    },
    { name: "FIX messages", value: formatCount(kpi.fixMessages), note: "stored from the street" },
    usd("Total fees", fees.total, `as booked, ${scope}`),
    usd("Brokerage", fees.brokerage, "as booked"),
    usd("Clearing", fees.clearing, "as booked"),
    usd("Exchange", fees.exchange, "as booked"),
    { name: "Lag", value: formatCount(kpi.lag), ...lag },
    {
      name: "Dead letters",
      value: formatCount(kpi.deadLetters),
      note: "records set aside",
      isAlarm: kpi.deadLetters > 0,
    },
  ];
}

/** What the totals count: `all stored trades`, or a range of trade dates. */
export function toScope({ scope: { from, to } }: Kpi): string {
  if (from === null && to === null) return "all stored trades";
  if (from === to) return `traded on ${from}`;
  return `traded ${from ?? "from the first"} to ${to ?? "today"}`;
}

function formatMs(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
