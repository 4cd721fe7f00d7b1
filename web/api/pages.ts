/**
 * Pages of the lists, from query parameters to rows and the place where the next page starts.
 *
 * @module
 */

import type { TradeRow } from "../../shared/kpi/mod.ts";
import type { Store } from "../store.ts";
import { encodeCursor, readCursor } from "./cursor.ts";
import { readQuery, TRADES_QUERY } from "./query.ts";

export interface Page<R> {
  readonly items: R[];
  /** What to pass as `cursor` for the next page; null: this is the last one. */
  readonly next: string | null;
}

/** @throws {BadRequestError} */
export async function readTradesPage(store: Store, params: URLSearchParams): Promise<Page<TradeRow>> {
  const { limit, cursor, ...filter } = readQuery(TRADES_QUERY, params);
  const [bookedAt, tradeId] = cursor === undefined ? [] : readCursor(cursor);
  const after = bookedAt !== undefined && tradeId !== undefined ? { bookedAt, tradeId } : undefined;
  const rows = await store.trades(filter, { rowsMax: limit + 1, after });
  return toPage(rows, limit, (row) => [row.booked_at, row.trade_id]);
}

/** One row more than asked for tells that there is a next page. */
export function toPage<R>(rows: R[], rowsMax: number, placeOf: (row: R) => [string, string]): Page<R> {
  const items = rows.slice(0, rowsMax);
  const last = items.at(-1);
  return { items, next: rows.length > rowsMax && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
