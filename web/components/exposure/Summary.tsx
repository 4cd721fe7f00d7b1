/**
 * The exposure in a line of figures, and what needs somebody's attention.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { formatAmount, formatCount, formatRate, formatShort } from "../../../shared/kpi/mod.ts";
import { Ago } from "../system/Progress.tsx";
import { isNegative, sum } from "./amounts.ts";
import { LimitMark } from "./Counterparties.tsx";
import type { Alert, Exposure } from "./exposure.ts";

export function Totals({ exposure }: { exposure: Exposure }) {
  const { counterparties, positions, ladder, date, nettingTotal } = exposure;
  const inState = (state: string) => counterparties.filter((row) => row.state === state).length;
  const [breaches, warnings] = [inState("breach"), inState("warn")];
  const netOf = (rows: typeof ladder) => sum(rows.map(({ net_usd }) => net_usd ?? "0"));
  const dueToday = ladder.filter(({ value_date }) => value_date === date);
  const overdue = positions.filter(({ value_date }) => value_date < date);
  return (
    <ul class="parts" aria-label="Totals">
      <Figure
        name="Gross"
        amount={sum(counterparties.map(({ gross_usd }) => gross_usd))}
        note="USD, unsettled"
      />
      <Figure
        name="Net"
        amount={sum(counterparties.map(({ net_usd }) => net_usd))}
        note="USD, bought less sold"
      />
      <li class={breaches > 0 ? "card away" : warnings > 0 ? "card degraded" : "card"}>
        <h2>Limits</h2>
        <p class="value">
          <LimitMark state={breaches > 0 ? "breach" : warnings > 0 ? "warn" : "ok"} />
        </p>
        <p class="note">
          {formatCount(breaches)} in breach, {formatCount(warnings)} with a warning
        </p>
      </li>
      <Figure name="Settles today" amount={netOf(dueToday)} note="USD net cash" />
      <Figure
        name="Overdue"
        amount={sum(overdue.map(({ gross_usd }) => gross_usd))}
        note={`USD gross, ${
          formatCount(overdue.reduce((all, { trades }) => all + trades, 0))
        } past value date`}
      />
      <li class="card">
        <h2>Netting saves</h2>
        <p class="value">{formatRate(nettingTotal.saved)}</p>
        <p class="note">
          of {formatShort(nettingTotal.before_usd)} USD, {formatShort(nettingTotal.after_usd)} remain
        </p>
      </li>
    </ul>
  );
}

function Figure({ name, amount, note }: { name: string; amount: string; note: string }) {
  return (
    <li class="card">
      <h2>{name}</h2>
      <p class="value" title={`${formatAmount(amount)} USD`}>
        {isNegative(amount) ? "−" : ""}
        {formatShort(amount.replace("-", ""))}
      </p>
      <p class="note">{note}</p>
    </li>
  );
}

/** As high whatever comes: an alert never moves the page under the pointer. */
export function Alerts({ rows, nowMs }: { rows: readonly Alert[]; nowMs: ReadonlySignal<number> }) {
  return (
    <section class="card alerts" aria-label="Open alerts">
      <h2>Alerts</h2>
      <ul tabIndex={0} aria-label="Open alerts">
        {rows.map((alert) => (
          <li key={alert.id}>
            <LimitMark state={alert.severity === "critical" ? "breach" : "warn"} />{" "}
            <a href={`/exposure?${new URLSearchParams({ counterparty: alert.key })}`}>{alert.key}</a>{" "}
            <span title={alert.text}>{toText(alert)}</span>
            <span class="note">
              since <Ago at={alert.opened_at} nowMs={nowMs} />
            </span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p class="note">No limit needs attention.</p>}
    </section>
  );
}

function toText({ severity, text, details: { warn_usd, breach_usd, measure } }: Alert): string {
  if (typeof warn_usd !== "string" || typeof breach_usd !== "string") return text;
  return severity === "critical"
    ? `reached its limit of ${formatShort(breach_usd)} USD ${measure}`
    : `passed ${formatShort(warn_usd)} of ${formatShort(breach_usd)} USD ${measure}`;
}
