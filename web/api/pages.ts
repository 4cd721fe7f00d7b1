/**
 * Pages of the lists, from query parameters to rows and the place where the next page starts.
 *
 * @module
 */

import type { BreakRow, TradeRow } from "../../shared/kpi/mod.ts";
import type { Store } from "../store.ts";
import { encodeCursor, readCursor } from "./cursor.ts";
import { BadRequestError } from "./problem.ts";
import { BREAKS_QUERY, readQuery, TRADES_QUERY } from "./query.ts";

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

/** @throws {BadRequestError} */
export async function readBreaksPage(store: Store, params: URLSearchParams): Promise<Page<BreakRow>> {
  const { limit, cursor, ...filter } = readQuery(BREAKS_QUERY, params);
  const [openedAt, id] = cursor === undefined ? [] : readCursor(cursor);
  if (id !== undefined && !/^\d{1,18}$/.test(id)) {
    throw new BadRequestError("cursor is one of another list");
  }
  const after = openedAt !== undefined && id !== undefined ? { openedAt, id } : undefined;
  const rows = await store.breaks(filter, { rowsMax: limit + 1, after });
  return toPage(rows, limit, (row) => [row.opened_at, String(row.id)]);
}

/** One row more than asked for tells that there is a next page. */
function toPage<R>(rows: R[], rowsMax: number, placeOf: (row: R) => [string, string]): Page<R> {
  const items = rows.slice(0, rowsMax);
  const last = items.at(-1);
  return { items, next: rows.length > rowsMax && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
