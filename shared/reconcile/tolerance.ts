/**
 * How far apart two amounts may be before they break. Rows have versions and scopes: the most specific scope wins,
 * and within it the row in force on the trade date.
 *
 * This is all there is to the rule: a dry run over history calls {@link toleranceFor} and {@link isBeyond} with the
 * rows as they would be.
 *
 * @module
 */

import Big from "big.js";
import type { AssetClass } from "../trade/trade.ts";
import { counterpartyId } from "./identity.ts";

/** Fields that may have a tolerance. All others differ or do not. */
export const TOLERATED_FIELDS = [
  "price",
  "average_price",
  "quantity",
  "brokerage_fee",
  "clearing_fee",
  "exchange_fee",
  "total_fees",
] as const;
export type ToleratedField = typeof TOLERATED_FIELDS[number];

/** A row of the table `tolerances`; amounts are decimal text. */
export interface Tolerance {
  readonly id: string;
  /** The first trade date it is for, as an ISO day. */
  readonly valid_from: string;
  readonly field: ToleratedField;
  /** Null: every asset class. */
  readonly asset_class: AssetClass | null;
  /** Null: every counterparty. */
  readonly counterparty: string | null;
  /** All three null: the scope ends, and the next wider one is in force again. */
  readonly absolute: string | null;
  /** Of the street's value; 0.5 is half a percent. */
  readonly percent: string | null;
  /** Of the instrument's tick size; of an average price, of its last decimal. */
  readonly ticks: string | null;
}

/** What a tolerance is looked up by. */
export interface Scope {
  readonly field: ToleratedField;
  readonly assetClass: AssetClass;
  readonly counterparty: string;
  readonly tradeDate: string;
}

/** The row that applies, or null where there is none: then equal alone is equal. */
export function toleranceFor(rows: readonly Tolerance[], scope: Scope): Tolerance | null {
  const inForce = new Map<number, Tolerance>();
  for (const row of rows) {
    const width = widthOf(row, scope);
    if (width === null || row.valid_from > scope.tradeDate) continue;
    const other = inForce.get(width);
    if (other === undefined || isNewer(row, other)) inForce.set(width, row);
  }
  for (const width of [...inForce.keys()].sort()) {
    const row = inForce.get(width)!;
    if (row.absolute !== null || row.percent !== null || row.ticks !== null) return row;
  }
  return null;
}

/** 0 is the most specific: this counterparty and asset class; then counterparty, asset class, any. Null: not it. */
function widthOf(row: Tolerance, { field, assetClass, counterparty }: Scope): number | null {
  if (row.field !== field) return null;
  if (row.asset_class !== null && row.asset_class !== assetClass) return null;
  if (row.counterparty !== null && counterpartyId(row.counterparty) !== counterpartyId(counterparty)) {
    return null;
  }
  return (row.counterparty === null ? 2 : 0) + (row.asset_class === null ? 1 : 0);
}

function isNewer(row: Tolerance, other: Tolerance): boolean {
  if (row.valid_from !== other.valid_from) return row.valid_from > other.valid_from;
  return BigInt(row.id) > BigInt(other.id);
}

/**
 * Whether |book - street| is more than the greatest of absolute, percent of |street|, and ticks. Exact.
 *
 * @param tick The size of a tick; null where the instrument is unknown: then ticks count for nothing.
 */
export function isBeyond(
  book: string,
  street: string,
  tolerance: Pick<Tolerance, "absolute" | "percent" | "ticks"> | null,
  tick: string | null,
): boolean {
  const apart = new Big(book).minus(street).abs();
  if (tolerance === null) return apart.gt(0);
  const { absolute, percent, ticks } = tolerance;
  // Percent is compared times a hundred: a division would not be exact.
  return apart.gt(absolute ?? 0) && apart.times(100).gt(new Big(percent ?? 0).times(new Big(street).abs())) &&
    apart.gt(new Big(ticks ?? 0).times(tick ?? 0));
}
