/**
 * The orders that a list of trades may have, and a place in one as text. The server reads places back that it or the
 * page wrote, so that the page can go on from any row it holds.
 *
 * @module
 */

import type { TradeRow } from "../../../shared/kpi/mod.ts";

/**
 * Every order has an index behind it. Of `groups` the rows with one value stand together, the newest booking first;
 * the other direction is the exact reverse.
 */
export const SORTS = {
  booked: { column: "booked_at", type: "timestamptz", isGroup: false },
  updated: { column: "updated_at", type: "timestamptz", isGroup: false },
  notional: { column: "notional_usd", type: "numeric", isGroup: false },
  tradeDate: { column: "trade_date", type: "date", isGroup: true },
  counterparty: { column: "counterparty", type: "text", isGroup: true },
  instrument: { column: "instrument", type: "text", isGroup: true },
} as const;

export type SortName = keyof typeof SORTS;

export interface Sort {
  readonly name: SortName;
  readonly isDescending: boolean;
}

export const NEWEST_FIRST: Sort = { name: "booked", isDescending: true };
/** As the address says them: `-booked` is the newest first. */
export const SORT_WORDS: readonly string[] = Object.keys(SORTS).flatMap((name) => [name, `-${name}`]);

/** @param word One of {@link SORT_WORDS}; undefined: the newest first. */
export function toSort(word: string | undefined): Sort {
  if (word === undefined) return NEWEST_FIRST;
  return { name: word.replace(/^-/, "") as SortName, isDescending: word.startsWith("-") };
}

export function toWord({ name, isDescending }: Sort): string {
  return isDescending ? `-${name}` : name;
}

/** Where a row stands in an order: its value, in a group its booking instant, and its id. */
export type Place = readonly string[];

export function placeOf({ name }: Sort, row: TradeRow): Place {
  const { column, isGroup } = SORTS[name];
  return isGroup ? [row[column], row.booked_at, row.trade_id] : [row[column], row.trade_id];
}

/** Less than 0: `a` comes first. Text is compared by code points, as in a database with collation C. */
export function comparePlaces({ name, isDescending }: Sort, a: Place, b: Place): number {
  const { type, isGroup } = SORTS[name];
  const own = type === "numeric" ? compareDecimals(a[0]!, b[0]!) : compareText(a[0]!, b[0]!);
  const rest = a.slice(1).map((cell, n) => compareText(cell, b[n + 1]!)).find((sign) => sign !== 0) ?? 0;
  const sign = own || (isGroup ? 0 - rest : rest);
  return isDescending ? 0 - sign : sign;
}

/** The place for an address: opaque to callers, the order's name inside so that it fits no other. */
export function encodePlace({ name }: Sort, place: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify([name, ...place]));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Exact: amounts have more digits than a double. */
function compareDecimals(a: string, b: string): number {
  const [x, y] = [toParts(a), toParts(b)];
  const length = Math.max(x.fraction.length, y.fraction.length);
  const scaled = ({ sign, whole, fraction }: ReturnType<typeof toParts>) =>
    BigInt(`${whole}${fraction.padEnd(length, "0")}`) * sign;
  const difference = scaled(x) - scaled(y);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function toParts(amount: string) {
  const [, minus = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  return { sign: minus === "-" ? -1n : 1n, whole, fraction };
}
