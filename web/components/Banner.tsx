/**
 * The red line at the top: which trades break, with whom, what is at risk and since when. It is always there and
 * always as high, so that a new break never moves the page under the pointer; while it is pointed at, its groups
 * stand still.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import {
  type BreakGroup,
  formatAge,
  formatCount,
  formatName,
  formatShort,
  type Kpi,
  type Panels,
} from "../../shared/kpi/mod.ts";
import { useHold } from "./hold.ts";

interface Props {
  readonly kpi: ReadonlySignal<Kpi>;
  readonly panels: ReadonlySignal<Panels>;
}

export function Banner({ kpi, panels }: Props) {
  const isCalm = useComputed(() => kpi.value.breaks.open === 0);
  return isCalm.value ? <Calm kpi={kpi} /> : <Alarm kpi={kpi} panels={panels} />;
}

function Calm({ kpi }: { kpi: ReadonlySignal<Kpi> }) {
  const { book, street } = kpi.value.feeds;
  return (
    <section class="banner calm" aria-label="Break alert">
      <p class="headline" aria-live="polite">
        <Mark path="M20 6 9 17l-5-5" /> No open breaks
      </p>
      <p class="detail">
        {book && street
          ? "Every reconciled trade agrees with the street."
          : "Nothing is reconciled until both sides come in."}
      </p>
    </section>
  );
}

function Alarm({ kpi, panels }: Props) {
  const { breaks, asOf } = kpi.value;
  const groups = useComputed(() => panels.value.breakGroups);
  const { shown, hold } = useHold(groups);
  const ageMs = breaks.oldest === null ? 0 : Date.parse(asOf) - Date.parse(breaks.oldest);
  return (
    <section class="banner alarm" aria-label="Break alert" {...hold}>
      <p class="headline" aria-live="polite">
        <Mark path="M12 8v5m0 3.5v.01M10.3 3.9 2.4 18a2 2 0 0 0 1.7 3h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z" />
        <a href="/breaks">{formatCount(breaks.open)} open {breaks.open === 1 ? "break" : "breaks"}</a>
      </p>
      <p class="detail">
        USD {formatShort(breaks.notional)} in broken trades, oldest open for {formatAge(ageMs)}
      </p>
      <ul class="chips" aria-label="Open breaks by type and counterparty, most value first">
        {shown.value.map((group) => (
          <li key={`${group.type} ${group.counterparty}`}>
            <Chip group={group} asOf={asOf} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Chip({ group: { type, counterparty, breaks, notional, oldest }, asOf }: {
  group: BreakGroup;
  asOf: string;
}) {
  const address = new URLSearchParams({ type, ...counterparty === null ? {} : { counterparty } });
  const age = formatAge(Date.parse(asOf) - Date.parse(oldest));
  return (
    <a
      href={`/breaks?${address}`}
      title={`${formatName(type)}, ${
        counterparty ?? "no counterparty"
      }: ${breaks} open, USD ${notional} at risk, oldest ${age}`}
    >
      {formatName(type)}
      {counterparty !== null && <span class="who">{counterparty}</span>} <b>{formatCount(breaks)}</b>
      <span class="risk">{formatShort(notional)} · {age}</span>
    </a>
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
