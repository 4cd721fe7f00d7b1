/**
 * Pages of trades, from query parameters to rows and the places where the pages around them start.
 *
 * @module
 */

import type { TradeRow } from "../../shared/kpi/mod.ts";
import { encodePlace, placeOf, type Sort, toSort } from "../components/trades/sorts.ts";
import type { Count, Store, TradePage } from "../store.ts";
import { readPlace } from "./cursor.ts";
import { readQuery, TRADES_QUERY } from "./query.ts";

export interface TradesPage {
  readonly items: TradeRow[];
  /** What to pass as `cursor` for the next page; null: this is the last one. */
  readonly next: string | null;
  /** What to pass as `before` for the page above; null: this is the first one. */
  readonly prev: string | null;
  /** When it was asked for. */
  readonly count?: Count;
}

/** @throws {BadRequestError} */
export async function readTradesPage(store: Store, params: URLSearchParams): Promise<TradesPage> {
  const { limit, cursor, before, at, count, sort: word, ...filter } = readQuery(TRADES_QUERY, params);
  const sort = toSort(word);
  let from = await toStart(store, sort, { cursor, before, at });
  const load = () => store.trades(filter, { ...from, sort, rowsMax: limit + 1 });
  const counting = count === "true" ? store.countTrades(filter) : undefined;
  counting?.catch(() => {}); // It is awaited below; when the rows fail first, its own failure must not end the program.
  let rows = await load();
  if (rows.length === 0 && at !== undefined) {
    // What a filter leaves may all lie above.
    from = { before: "end" };
    rows = await load();
  }
  const counted = await counting;
  const isBackward = from.before !== undefined;
  const isMore = rows.length > limit;
  const items = isBackward ? rows.slice(-limit) : rows.slice(0, limit);
  const placed = (row: TradeRow | undefined) =>
    row === undefined ? null : encodePlace(sort, placeOf(sort, row));
  return {
    items,
    next: (isBackward ? from.before !== "end" : isMore) ? placed(items.at(-1)) : null,
    prev: (isBackward ? isMore : from.after !== undefined) ? placed(items[0]) : null,
    ...counted && { count: counted },
  };
}

interface Asked {
  readonly cursor: string | undefined;
  readonly before: string | undefined;
  readonly at: number | undefined;
}

async function toStart(
  store: Store,
  sort: Sort,
  { cursor, before, at }: Asked,
): Promise<Pick<TradePage, "after" | "before">> {
  if (cursor !== undefined) return { after: readPlace(cursor, sort) };
  if (before !== undefined) return { before: readPlace(before, sort) };
  if (at === undefined || at === 0) return {};
  if (at === 1) return { before: "end" };
  return { after: await store.placeAt(sort, at) ?? undefined };
}
