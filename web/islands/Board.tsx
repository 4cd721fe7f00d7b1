/**
 * The board: written by the server with data in it, then kept live by the stream. Every part reads its own signal,
 * so that an event touches only what it changes.
 *
 * @module
 */

import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Board as BoardData, BreakRow, Kpi, TradeRow } from "../../shared/kpi/mod.ts";
import { withKpi, withRows } from "../../shared/kpi/mod.ts";
import { Banner } from "../components/Banner.tsx";
import { Charts } from "../components/Charts.tsx";
import { Connection, type Link } from "../components/Connection.tsx";
import { Feeds } from "../components/Feeds.tsx";
import { KpiCards } from "../components/KpiCards.tsx";
import { followStream } from "../components/stream.ts";
import { LatestTrades, OpenBreaks } from "../components/Latest.tsx";

const ROWS_MAX = 20;
/** The place before the first change: whoever has nothing gets everything, or the board anew. */
const START = "0-0";

/** @param board Null: the database has never answered, so there is nothing to show yet. */
export default function Board({ board, isStill }: { board: BoardData | null; isStill: boolean }) {
  const kpi = useSignal(board?.kpi ?? null);
  const trades = useSignal<readonly TradeRow[]>(board?.trades ?? []);
  const breaks = useSignal<readonly BreakRow[]>(board?.breaks ?? []);
  const link = useSignal<Link>(isStill ? "still" : "connecting");
  const heardAtMs = useSignal(0);
  const nowMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, nowMs.value - heardAtMs.value));
  const hasKpi = useComputed(() => kpi.value !== null);

  useEffect(() => {
    heardAtMs.value = nowMs.value = performance.now();
    const clock = setInterval(() => nowMs.value = performance.now(), 1_000);
    const stop = followStream(board?.position ?? START, {
      onKpi: (next) => {
        heardAtMs.value = nowMs.value = performance.now();
        kpi.value = withKpi(kpi.peek(), next);
      },
      onTrades: (rows, isReset) => trades.value = withTrades(isReset ? [] : trades.peek(), rows),
      onBreaks: (rows, isReset) => breaks.value = withBreaks(isReset ? [] : breaks.peek(), rows),
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      clearInterval(clock);
      stop();
    };
  }, []);

  useEffect(() =>
    kpi.subscribe((now) => {
      const open = now?.breaks.open ?? 0;
      document.title = open > 0 ? `(${open}) Breakwater` : "Breakwater";
    }), []);

  return (
    <>
      <Connection link={link} kpi={kpi} ageMs={ageMs} />
      {hasKpi.value
        ? <Filled kpi={kpi as Signal<Kpi>} trades={trades} breaks={breaks} />
        : (
          <p class="card blank">
            No figures yet: the database does not answer. They appear here as soon as it does.
          </p>
        )}
    </>
  );
}

interface FilledProps {
  readonly kpi: ReadonlySignal<Kpi>;
  readonly trades: ReadonlySignal<readonly TradeRow[]>;
  readonly breaks: ReadonlySignal<readonly BreakRow[]>;
}

function Filled({ kpi, trades, breaks }: FilledProps) {
  return (
    <>
      <Banner kpi={kpi} />
      <Feeds kpi={kpi} />
      <KpiCards kpi={kpi} />
      <Charts kpi={kpi} trades={<LatestTrades rows={trades} />} breaks={<OpenBreaks rows={breaks} />} />
    </>
  );
}

function withTrades(rows: readonly TradeRow[], changed: readonly TradeRow[]): TradeRow[] {
  return withRows(rows, changed, {
    idOf: (row) => row.trade_id,
    order: (a, b) =>
      descending(a.first_seen_at, b.first_seen_at) || descending(a.booked_at, b.booked_at) ||
      descending(a.trade_id, b.trade_id),
    rowsMax: ROWS_MAX,
  });
}

function withBreaks(rows: readonly BreakRow[], changed: readonly BreakRow[]): BreakRow[] {
  return withRows(rows, changed, {
    idOf: (row) => row.id,
    order: (a, b) => descending(a.opened_at, b.opened_at) || b.id - a.id,
    keep: (row) => row.closed_at === null,
    rowsMax: ROWS_MAX,
  });
}

function descending(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
