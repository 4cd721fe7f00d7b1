/**
 * The part of a list that a page holds: rows in a stretch, and where the stretch lies in the whole. The whole may be a
 * million rows; the stretch has a limit.
 *
 * @module
 */

import type { TradeRow } from "../../../shared/kpi/mod.ts";
import { comparePlaces, placeOf, type Sort } from "./sorts.ts";

/** Rows that a page holds at most; it shows some forty of them. */
export const WINDOW_ROWS_MAX = 600;

export interface RowWindow {
  readonly rows: readonly TradeRow[];
  /** How many rows of the list lie above; after a jump about as many. */
  readonly first: number;
  /** There is none above, or none below. */
  readonly isStart: boolean;
  readonly isEnd: boolean;
}

export const EMPTY_WINDOW: RowWindow = { rows: [], first: 0, isStart: true, isEnd: true };

/** How many rows the list has, as far as is known. */
export function sizeOf({ rows, first, isEnd }: RowWindow, counted: number): number {
  const held = first + rows.length;
  return isEnd ? held : Math.max(counted, held + 1);
}

export function withBelow(window: RowWindow, rows: readonly TradeRow[], isEnd: boolean): RowWindow {
  const fresh = without(rows, window.rows);
  const all = [...window.rows, ...fresh];
  const cut = Math.max(0, all.length - WINDOW_ROWS_MAX);
  return {
    rows: all.slice(cut),
    first: window.first + cut,
    isStart: window.isStart && cut === 0,
    isEnd,
  };
}

/** Where the rows above turn out to be more or fewer than was thought, `first` of the result says so. */
export function withAbove(window: RowWindow, rows: readonly TradeRow[], isStart: boolean): RowWindow {
  const fresh = without(rows, window.rows);
  const all = [...fresh, ...window.rows];
  return {
    rows: all.slice(0, WINDOW_ROWS_MAX),
    first: isStart ? 0 : Math.max(1, window.first - fresh.length),
    isStart,
    isEnd: window.isEnd && all.length <= WINDOW_ROWS_MAX,
  };
}

/** The rows as they are now, each where it was; and those that changed and are not among them. */
export function withChanged(
  window: RowWindow,
  changed: readonly TradeRow[],
): { window: RowWindow; others: TradeRow[] } {
  const byId = new Map(changed.map((row) => [row.trade_id, row]));
  let isNews = false;
  const rows = window.rows.map((row) => {
    const now = byId.get(row.trade_id);
    if (now === undefined) return row;
    byId.delete(row.trade_id);
    if (now.version < row.version || now.updated_at < row.updated_at) return row;
    isNews = true;
    return now;
  });
  return { window: isNews ? { ...window, rows } : window, others: [...byId.values()] };
}

/** Puts rows where they belong in a window that shows the list's top. Those that belong below it are left out. */
export function withInserted(window: RowWindow, sort: Sort, rows: readonly TradeRow[]): RowWindow {
  const ids = new Set(rows.map(({ trade_id }) => trade_id));
  const kept = window.rows.filter(({ trade_id }) => !ids.has(trade_id));
  const last = kept.at(-1);
  const belongs = rows.filter((row) =>
    window.isEnd || last === undefined || comparePlaces(sort, placeOf(sort, row), placeOf(sort, last)) < 0
  );
  const all = [...kept, ...belongs].sort((a, b) => comparePlaces(sort, placeOf(sort, a), placeOf(sort, b)));
  return {
    ...window,
    rows: all.slice(0, WINDOW_ROWS_MAX),
    isEnd: window.isEnd && all.length <= WINDOW_ROWS_MAX,
  };
}

function without(rows: readonly TradeRow[], held: readonly TradeRow[]): TradeRow[] {
  const ids = new Set(held.map(({ trade_id }) => trade_id));
  return rows.filter(({ trade_id }) => !ids.has(trade_id));
}
