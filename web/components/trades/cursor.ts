/**
 * The row that keys act on. It is known by its trade, so that it stays the same one while rows come in above it.
 *
 * @module
 */

import { type Signal, signal } from "@preact/signals";
import type { TradeRow } from "../../../shared/kpi/mod.ts";
import type { List } from "./list.ts";

export interface Cursor {
  readonly id: Signal<string | null>;
  /** The row that is to come into view and get the focus. */
  readonly wanted: Signal<{ readonly rank: number } | null>;
  isAmong(rows: readonly TradeRow[]): boolean;
  /** By so many rows from where it is; from the top of the view where it is nowhere. */
  move(by: number): void;
  moveTo(rank: number): void;
}

export function openCursor(list: List): Cursor {
  const id = signal<string | null>(null);
  const wanted = signal<{ rank: number } | null>(null);
  const moveTo = (rank: number) => {
    const bounded = Math.max(0, Math.min(list.size.value - 1, rank));
    const { rows, first } = list.window.value;
    id.value = rows[bounded - first]?.trade_id ?? null;
    wanted.value = { rank: bounded };
  };
  return {
    id,
    wanted,
    isAmong: (rows) => id.value !== null && rows.some(({ trade_id }) => trade_id === id.value),
    moveTo,
    move: (by) => {
      const { rows, first } = list.window.value;
      const at = rows.findIndex(({ trade_id }) => trade_id === id.value);
      moveTo(at < 0 ? Math.ceil(list.top.value) : first + at + by);
    },
  };
}
