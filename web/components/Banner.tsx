/**
 * The red line at the top: which trades break, where and since when. It is always there and always as high, so
 * that a new break never moves the page under the pointer.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { formatAge, formatCount, formatName, formatShort, type Kpi } from "../../shared/kpi/mod.ts";

export function Banner({ kpi }: { kpi: ReadonlySignal<Kpi> }) {
  const { breaks, asOf, feeds } = kpi.value;
  if (breaks.open === 0) {
    return (
      <section class="banner calm" aria-label="Breaks">
        <p class="headline" aria-live="polite">
          <Mark path="M20 6 9 17l-5-5" /> No open breaks
        </p>
        <p class="detail">
          {feeds.book && feeds.street
            ? "Every reconciled trade agrees with the street."
            : "Nothing is reconciled until both sides come in."}
        </p>
      </section>
    );
  }
  const ageMs = breaks.oldest === null ? 0 : Date.parse(asOf) - Date.parse(breaks.oldest);
  return (
    <section class="banner alarm" aria-label="Breaks">
      <p class="headline" aria-live="polite">
        <Mark path="M12 8v5m0 3.5v.01M10.3 3.9 2.4 18a2 2 0 0 0 1.7 3h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z" />
        <a href="/breaks">{formatCount(breaks.open)} open {breaks.open === 1 ? "break" : "breaks"}</a>
      </p>
      <p class="detail">
        USD {formatShort(breaks.notional)} in broken trades, oldest open for {formatAge(ageMs)}
      </p>
      <Chips label="By type" counts={breaks.byType} param="type" />
      <Chips label="By counterparty" counts={breaks.byCounterparty} param="counterparty" />
    </section>
  );
}

function Chips({ label, counts, param }: {
  label: string;
  counts: Readonly<Record<string, number>>;
  param: "type" | "counterparty";
}) {
  const rows = Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return (
    <ul class="chips" aria-label={label}>
      {rows.map(([name, count]) => (
        <li key={name}>
          <a href={`/breaks?${param}=${encodeURIComponent(name)}`}>
            {param === "type" ? formatName(name) : name} <b>{formatCount(count)}</b>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Mark({ path }: { path: string }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
