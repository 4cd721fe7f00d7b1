/**
 * A chart with its title, its unit and, one key away, its numbers as a table. The server writes the table with
 * the data in it, so that the numbers are there before, and without, any script.
 *
 * @module
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ChartData, Kpi } from "../../shared/kpi/mod.ts";
import { Chart, type ChartKind, FORMATS, type Unit } from "./Chart.tsx";

interface Props {
  readonly title: string;
  /** What the numbers are: unit and scope. */
  readonly note: string;
  readonly kind: ChartKind;
  readonly unit: Unit;
  /** How many of the grid's twelve columns. */
  readonly span: 3 | 4 | 6;
  readonly kpi: ReadonlySignal<Kpi>;
  readonly toData: (kpi: Kpi) => ChartData;
  /** Shown instead of an empty chart. */
  readonly empty?: string;
}

export function ChartCard({ title, note, kind, unit, span, kpi, toData, empty }: Props) {
  const data = useComputed(() => toData(kpi.value));
  const isEmpty = useComputed(() =>
    data.value.series.every(({ values }) => values.every((value) => value === 0))
  );
  const isOpen = useSignal(false);
  return (
    <figure class={`card chart span-${span}`}>
      <figcaption>
        <h3>{title}</h3>
        <p class="note">{note}</p>
      </figcaption>
      <div class="plot">
        <Chart kind={kind} unit={unit} label={title} data={data} />
        {isEmpty.value && <p class="empty">{empty ?? "No trades yet"}</p>}
      </div>
      {kind === "bars" && <Legend data={data} />}
      <details class="numbers" onToggle={(event) => isOpen.value = event.currentTarget.open}>
        <summary aria-label={`Table of ${title}`}>Table</summary>
        <Numbers title={title} unit={unit} data={data} isLive={isOpen} />
      </details>
    </figure>
  );
}

/** Of the chart's own, a legend would be redrawn with it, and is no text for a screen reader. */
function Legend({ data }: { data: ReadonlySignal<ChartData> }) {
  return (
    <ul class="legend">
      {data.value.series.map(({ name, tone }) => <li key={name} class={`tone-${tone}`}>{name}</li>)}
    </ul>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly unit: Unit;
  readonly data: ReadonlySignal<ChartData>;
  /** A closed table is not kept current. */
  readonly isLive: ReadonlySignal<boolean>;
}

function Numbers({ title, unit, data, isLive }: NumbersProps) {
  const { labels, series } = isLive.value ? data.value : data.peek();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, numbers`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {series.map(({ name }) => <th key={name} scope="col" class="num">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map(({ name, values }) => (
                <td key={name} class="num">{FORMATS[unit](Math.abs(values[index] ?? 0))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
