/**
 * A page of a list: its rows and the place where the next one starts.
 *
 * @module
 */

import { encodeCursor } from "./cursor.ts";

export interface Page<R> {
  readonly items: R[];
  /** What to pass as `cursor` for the next page; null: this is the last one. */
  readonly next: string | null;
}

/** One row more than asked for tells that there is a next page. */
export function toPage<R>(rows: R[], rowsMax: number, placeOf: (row: R) => [string, string]): Page<R> {
  const items = rows.slice(0, rowsMax);
  const last = items.at(-1);
  return { items, next: rows.length > rowsMax && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
