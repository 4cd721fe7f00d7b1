/**
 * A chart with its title, its unit and scope and, one key away, its numbers as a table, as CSV and as a picture. The
 * server writes the table with the data in it, so that the numbers are there before, and without, any script.
 *
 * @module
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ChartData } from "../../shared/kpi/mod.ts";
import { Chart } from "./Chart.tsx";
import { saveCsv, savePng } from "./chart_file.ts";
import { type ChartKind, FORMATS, type Unit } from "./chart_kinds.ts";

interface Props {
  readonly title: string;
  /** What the numbers are: unit and scope. */
  readonly note: string;
  readonly kind: ChartKind;
  readonly unit: Unit;
  /** How many of the grid's twelve columns. */
  readonly span: 3 | 4 | 6;
  /** Reads signals; what it reads is what draws it anew. */
  readonly toData: () => ChartData;
  /** What a label is, as the head of its column. */
  readonly of?: string;
  /** Shown instead of an empty chart. */
  readonly empty?: string;
}

export function ChartCard({ title, note, kind, unit, span, toData, of = "Name", empty }: Props) {
  const data = useComputed(toData);
  const isEmpty = useComputed(() =>
    data.value.series.every(({ values }) => values.every((value) => value === 0 || Number.isNaN(value)))
  );
  const isOpen = useSignal(false);
  const figure = useRef<HTMLElement>(null);
  const picture = () => {
    const canvas = figure.current?.querySelector("canvas");
    if (canvas) savePng(title, note, canvas);
  };
  return (
    <figure class={`card chart span-${span}`} ref={figure}>
      <figcaption>
        <h2>{title}</h2>
        <p class="note" title={note}>{note}</p>
      </figcaption>
      <div class="plot">
        <Chart kind={kind} unit={unit} label={title} data={data} />
        {isEmpty.value && <p class="empty">{empty ?? "No trades yet"}</p>}
      </div>
      {(kind === "bars" || kind === "line" || kind === "rows" || kind === "limits") && <Legend data={data} />}
      <details class="numbers" onToggle={(event) => isOpen.value = event.currentTarget.open}>
        <summary aria-label={`Table of ${title}`}>Table</summary>
        <div class="sheet">
          <p class="files">
            <button type="button" onClick={() => saveCsv(title, of, data.peek())}>
              CSV<span class="hidden">of {title}</span>
            </button>
            <button type="button" onClick={picture}>
              PNG<span class="hidden">of {title}</span>
            </button>
          </p>
          <Numbers title={title} unit={unit} data={data} isLive={isOpen} of={of} />
        </div>
      </details>
    </figure>
  );
}

/** Of the chart's own, a legend would be redrawn with it, and is no text for a screen reader. */
function Legend({ data }: { data: ReadonlySignal<ChartData> }) {
  const { series } = data.value;
  if (series.length < 2) return null;
  return (
    <ul class="legend">
      {series.map(({ name, tone }) => <li key={name} class={`tone-${tone}`}>{name}</li>)}
    </ul>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly unit: Unit;
  readonly data: ReadonlySignal<ChartData>;
  /** A closed table is not kept current. */
  readonly isLive: ReadonlySignal<boolean>;
  readonly of: string;
}

function Numbers({ title, unit, data, isLive, of }: NumbersProps) {
  const { labels, series, toAddress } = isLive.value ? data.value : data.peek();
  const format = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? "—" : FORMATS[unit](Math.abs(value));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, numbers`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {series.map(({ name }) => <th key={name} scope="col" class="num">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            <tr key={index}>
              <th scope="row">{label}</th>
              {series.map(({ name, values }, at) => {
                const address = toAddress?.(index, at) ?? null;
                const text = format(values[index]);
                return (
                  <td key={name} class="num">{address === null ? text : <a href={address}>{text}</a>}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
