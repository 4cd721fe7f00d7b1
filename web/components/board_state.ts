/**
 * What the board shows, kept current: by the stream alone where it shows everything, else by asking for its view
 * whenever the stream says that something has changed. A hidden page takes in what comes and draws nothing.
 *
 * @module
 */

import { batch, type Signal, signal } from "@preact/signals";
import {
  type Board,
  type BreakRow,
  isWhole,
  type Kpi,
  type Panels,
  toQuery,
  type TradeRow,
  type View,
  withKpi,
  withRows,
} from "../../shared/kpi/mod.ts";
import type { Link } from "./Connection.tsx";
import { followStream } from "./stream.ts";

const ROWS_MAX = 20;
/** A filtered board asks at most so often. */
const ASK_GAP_MS = 1_500;
/** The place before the first change: whoever has nothing gets everything, or the board anew. */
const START = "0-0";

export interface BoardState {
  readonly view: Signal<View>;
  readonly kpi: Signal<Kpi | null>;
  readonly panels: Signal<Panels | null>;
  readonly trades: Signal<readonly TradeRow[]>;
  readonly breaks: Signal<readonly BreakRow[]>;
  readonly link: Signal<Link>;
  /** When figures last came, by the viewer's own clock. */
  readonly heardAtMs: Signal<number>;
  /** A view was asked for and is not there yet. */
  readonly isAsking: Signal<boolean>;
}

export function toBoardState(board: Board | null, view: View, isStill: boolean): BoardState {
  return {
    view: signal(view),
    kpi: signal(board?.kpi ?? null),
    panels: signal(board?.panels ?? null),
    trades: signal(board?.trades ?? []),
    breaks: signal(board?.breaks ?? []),
    link: signal<Link>(isStill ? "still" : "connecting"),
    heardAtMs: signal(0),
    isAsking: signal(false),
  };
}

interface Shown {
  readonly kpi: Kpi | null;
  readonly panels: Panels | null;
  readonly trades: readonly TradeRow[];
  readonly breaks: readonly BreakRow[];
}

/** @returns How to show another view, and how to end. */
export function followBoard(state: BoardState, position: string | undefined) {
  let shown: Shown = {
    kpi: state.kpi.peek(),
    panels: state.panels.peek(),
    trades: state.trades.peek(),
    breaks: state.breaks.peek(),
  };
  /** Whether the stream's events apply to what is shown: while a view is asked for they are kept for its answer. */
  let isLive = isWhole(state.view.peek());
  let kept: ((now: Shown) => Shown)[] = [];
  let asked = 0;
  let askedAtMs = -ASK_GAP_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let showing: ReturnType<typeof setTimeout> | undefined;
  /** Once for all that has come together, and not while nobody sees it. */
  const show = () => {
    if (document.hidden) return;
    showing ??= setTimeout(() => {
      showing = undefined;
      batch(() => {
        state.kpi.value = shown.kpi;
        state.panels.value = shown.panels;
        state.trades.value = shown.trades;
        state.breaks.value = shown.breaks;
      });
    });
  };
  const take = (change: (now: Shown) => Shown) => {
    if (!isLive) return void (isWhole(state.view.peek()) && kept.push(change));
    shown = change(shown);
    show();
  };

  async function ask(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const own = ++asked;
    askedAtMs = performance.now();
    const view = state.view.peek();
    try {
      const response = await fetch(`/api/v1/board${toQuery(view)}`);
      if (!response.ok) throw new Error(`The server answered ${response.status}`);
      const board: Board = await response.json();
      if (own !== asked) return;
      shown = kept.reduce((now, change) => change(now), board as Shown);
      [isLive, kept] = [isWhole(view), []];
      state.isAsking.value = false;
      state.heardAtMs.value = performance.now();
      show();
    } catch {
      // Shown by the stream's own state, which lost its server too; the next change asks again.
      if (own === asked && state.isAsking.peek()) timer = setTimeout(ask, ASK_GAP_MS);
    }
  }
  /** Something has changed: a filtered board asks, once in a while and only while it is seen. */
  const askSoon = () => {
    if (isWhole(state.view.peek()) || timer !== undefined || document.hidden) return;
    timer = setTimeout(ask, Math.max(0, askedAtMs + ASK_GAP_MS - performance.now()));
  };

  const leave = followStream(position ?? START, {
    onKpi: (next) => {
      if (isLive) state.heardAtMs.value = performance.now();
      take((now) => ({ ...now, kpi: withKpi(now.kpi, next) }));
      askSoon();
    },
    onPanels: (panels) => take((now) => ({ ...now, panels })),
    onTrades: (rows, isReset) =>
      take((now) => ({ ...now, trades: withTrades(isReset ? [] : now.trades, rows) })),
    onBreaks: (rows, isReset) =>
      take((now) => ({ ...now, breaks: withBreaks(isReset ? [] : now.breaks, rows) })),
    onDatabase: (isThere) => state.link.value = isThere ? "live" : "still",
    onLink: (isUp) => state.link.value = isUp ? "live" : "lost",
  });
  const onSight = () => {
    show();
    askSoon();
  };
  document.addEventListener("visibilitychange", onSight);

  return {
    showView: (view: View) => {
      state.view.value = view;
      state.isAsking.value = true;
      [isLive, kept] = [false, []];
      ask();
    },
    end: () => {
      clearTimeout(timer);
      clearTimeout(showing);
      document.removeEventListener("visibilitychange", onSight);
      leave();
    },
  };
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
