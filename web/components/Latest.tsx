/**
 * The newest trades and the open breaks. While the pointer or the keyboard is in a table its rows stand still,
 * and a note says how many are waiting.
 *
 * @module
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { BreakRow, TradeRow } from "../../shared/kpi/mod.ts";
import { BreaksTable, TradesTable } from "./tables.tsx";

export function LatestTrades({ rows }: { rows: ReadonlySignal<readonly TradeRow[]> }) {
  const atStart = useRef(new Set(rows.peek().map(({ trade_id }) => trade_id)));
  const { shown, waiting, hold } = useHeld(rows, (row) => row.trade_id);
  return (
    <section class="card span-12" aria-label="Latest trades" {...hold}>
      <Head title="Latest trades" href="/trades" waiting={waiting.value} note="newest arrivals first" />
      <div class="scroll" tabIndex={0} role="region" aria-label="Latest trades, table">
        <TradesTable
          rows={shown.value}
          caption="Latest trades"
          isNew={(row) => !atStart.current.has(row.trade_id)}
        />
        {shown.value.length === 0 && <p class="empty">No trades yet</p>}
      </div>
    </section>
  );
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
      <h3>{title}</h3>
      <p class="note">{waiting > 0 ? `held while you read, ${waiting} new` : note}</p>
      <a class="all" href={href} aria-label={`All: ${title}`}>All</a>
    </header>
  );
}

/** The rows, or while they are being read the ones that were there when the reading began. */
function useHeld<R>(rows: ReadonlySignal<readonly R[]>, idOf: (row: R) => string) {
  const held = useSignal<readonly R[] | null>(null);
  const shown = useComputed(() => held.value ?? rows.value);
  const waiting = useComputed(() => {
    const before = new Set(held.value?.map(idOf));
    return held.value === null ? 0 : rows.value.filter((row) => !before.has(idOf(row))).length;
  });
  const start = () => held.value ??= rows.peek();
  const end = () => held.value = null;
  return {
    shown,
    waiting,
    hold: { onPointerEnter: start, onPointerLeave: end, onFocusIn: start, onFocusOut: end },
  };
}
