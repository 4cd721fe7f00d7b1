/**
 * Small marks of a break: severity, deadline and state, each told by a word and a shape besides its colour.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import { formatName, toUtc } from "../../../shared/kpi/mod.ts";
import type { Break, Severity } from "./break.ts";
import { toAge, toDue } from "./span.ts";

/** One to four bars and the word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return <span class={`severity ${severity}`}>{formatName(severity)}</span>;
}

interface ClockProps {
  readonly row: Break;
  /** By the server's clock. */
  readonly nowMs: ReadonlySignal<number>;
}

/** Time left until the deadline, or beyond it. Drawn again only when it reads otherwise. */
export function DueMark({ row, nowMs }: ClockProps) {
  const said = useComputed(() => {
    const { state, text } = toDue(row, nowMs.value);
    return `${state} ${text}`;
  });
  const [, state, text] = /^(\w+) (.*)$/.exec(said.value)!;
  return (
    <span class={`due ${state}`}>
      {row.due_at ? <time dateTime={row.due_at} title={`due ${toUtc(row.due_at)}`}>{text}</time> : text}
    </span>
  );
}

export function Age({ row, nowMs }: ClockProps) {
  const text = useComputed(() => toAge(row, nowMs.value));
  return <time dateTime={row.opened_at} title={`opened ${toUtc(row.opened_at)}`}>{text.value}</time>;
}
