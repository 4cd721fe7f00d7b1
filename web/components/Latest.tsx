/**
 * The newest trades and the open breaks. While the pointer or the keyboard is in a table its rows stand still,
 * and a note says how many are waiting.
 *
 * @module
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { BreakRow, TradeRow } from "../../shared/kpi/mod.ts";
import { useHold } from "./hold.ts";
import { BreaksTable, TradesTable } from "./tables.tsx";

interface TradesProps {
  readonly rows: ReadonlySignal<readonly TradeRow[]>;
  /** All of them. */
  readonly href: string;
}

/** Where more than so many come at once the table is all news, and a mark would say nothing. */
const MARKED_MAX = 5;

export function LatestTrades({ rows, href }: TradesProps) {
  const isMarked = useMarks(rows.peek());
  const { shown, waiting, hold } = useHeld(rows, (row) => row.trade_id);
  const isNew = isMarked(shown.value);
  return (
    <section class="card span-12" aria-label="Latest trades" {...hold}>
      <Head title="Latest trades" href={href} waiting={waiting.value} note="newest arrivals first" />
      <div class="scroll" tabIndex={0} role="region" aria-label="Latest trades, table">
        <TradesTable rows={shown.value} caption="Latest trades" isNew={isNew} />
        {shown.value.length === 0 && <p class="empty">No trades yet</p>}
      </div>
    </section>
  );
}

/** Which rows have arrived while the page was open, a few at a time: a row keeps its mark while it is shown. */
function useMarks(atStart: readonly TradeRow[]) {
  const before = useRef(new Map(atStart.map(({ trade_id }) => [trade_id, false])));
  return (rows: readonly TradeRow[]) => {
    const arrived = rows.filter(({ trade_id }) => !before.current.has(trade_id)).length;
    const isFew = arrived <= MARKED_MAX;
    before.current = new Map(rows.map(({ trade_id }) => [trade_id, before.current.get(trade_id) ?? isFew]));
    return ({ trade_id }: TradeRow) => before.current.get(trade_id) ?? false;
  };
}

export function OpenBreaks({ rows }: { rows: ReadonlySignal<readonly BreakRow[]> }) {
  const { shown, waiting, hold } = useHeld(rows, (row) => String(row.id));
  return (
    <section class="card span-6 low" aria-label="Open breaks" {...hold}>
      <Head title="Open breaks" href="/breaks" waiting={waiting.value} note="newest first" />
      <div class="scroll" tabIndex={0} role="region" aria-label="Open breaks, table">
        <BreaksTable rows={shown.value} caption="Open breaks" isBrief />
        {shown.value.length === 0 && <p class="empty">No open breaks</p>}
      </div>
    </section>
  );
}

function Head({ title, href, note, waiting }: {
  title: string;
  href: string;
  note: ComponentChildren;
  waiting: number;
}) {
  return (
    <header>
      <h2>{title}</h2>
      <p class="note">{waiting > 0 ? `held while you read, ${waiting} new` : note}</p>
      <a class="all" href={href} aria-label={`All: ${title}`}>All</a>
    </header>
  );
}

function useHeld<R>(rows: ReadonlySignal<readonly R[]>, idOf: (row: R) => string) {
  const { shown, held, hold } = useHold(rows);
  const waiting = useComputed(() => {
    const before = new Set(held.value?.value.map(idOf));
    return held.value === null ? 0 : rows.value.filter((row) => !before.has(idOf(row))).length;
  });
  return { shown, waiting, hold };
}
