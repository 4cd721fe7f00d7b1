/**
 * The book side's fact: one version of one booked trade, after it was read and checked. Amounts and prices
 * are decimal text from the source, never floats; dates are ISO days; instants are UTC with microseconds.
 *
 * @module
 */

export const ASSET_CLASSES = ["equity", "bond", "derivative", "fx", "commodity"] as const;
export type AssetClass = typeof ASSET_CLASSES[number];

/** The source's own state of a trade. `break` is never a stage: it overlays one, see docs/ARCHITECTURE.md. */
export const STAGES = [
  "pending_confirmation",
  "confirmed",
  "settlement_pending",
  "settled",
  "cancelled",
] as const;
export type Stage = typeof STAGES[number];

/** How far a trade's settlement has come, as its source says; the source may say nothing of it. */
export const SETTLEMENT_STATUSES = [
  "instructed",
  "matched",
  "partially_settled",
  "settled",
  "failed",
] as const;
export type SettlementStatus = typeof SETTLEMENT_STATUSES[number];

export const EVENT_TYPES = ["booked", "amended", "status", "cancelled"] as const;
export type EventType = typeof EVENT_TYPES[number];

export type Side = "buy" | "sell";

export interface Trade {
  readonly tradeId: string;
  /** Orders the versions of a trade; without one in the source, `timestamp` in epoch microseconds. */
  readonly version: number;
  readonly eventType: EventType;
  /** The street's ExecID (17) that this booking answers; null when the source does not reconcile. */
  readonly execId: string | null;
  readonly orderId: string | null;
  readonly assetClass: AssetClass;
  readonly instrument: string;
  readonly side: Side;
  readonly quantity: string;
  readonly price: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** In `currency`. */
  readonly notionalValue: string;
  /** `notionalValue` in USD at `usdRate`, 2 decimals. */
  readonly notionalUsd: string;
  /** USD for one unit of `currency`, and the day of the row of rates it is from. */
  readonly usdRate: string;
  readonly usdRateAsOf: string;
  readonly counterparty: string;
  readonly stage: Stage;
  /** What follows `Break - ` in a source that reports breaks itself, such as `Mismatch`; else null. */
  readonly reportedBreak: string | null;
  readonly settlementVenue: string;
  readonly tradeDate: string;
  readonly settlementDate: string;
  readonly brokerageFee: string;
  readonly clearingFee: string;
  readonly exchangeFee: string;
  readonly totalFees: string;
  readonly priority: string;
  readonly stpEligible: boolean;
  /** `2026-11-23T14:30:05.125000Z` */
  readonly timestamp: string;
  readonly processedBy: string;
  /** Null: the source does not tell. */
  readonly settlementStatus: SettlementStatus | null;
  /** ISO 20022 code such as `LACK`, or a text. */
  readonly settlementReason: string | null;
  readonly settledQuantity: string | null;
}

/** A record that cannot become part of a trade. The same bytes fail the same way, so it is never retried. */
export interface Rejected {
  readonly kind: "rejected";
  /** Stable: dashboards and tests key on it. */
  readonly code: string;
  /** What was wrong and what was seen. */
  readonly text: string;
}
