/**
 * A break as the workbench shows it: the row of the API, its history, and what the API counts.
 *
 * @module
 */

import type { BreakRow } from "../../../shared/kpi/mod.ts";

export type Break = BreakRow;
export type Severity = BreakRow["severity"];

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** One entry of a break's history. */
export interface BreakEvent {
  readonly version: number;
  readonly action: string;
  readonly actor: string;
  readonly text: string | null;
  readonly from_status: string;
  readonly to_status: string;
  readonly book: string | null;
  readonly street: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** One field of both sides. */
export interface ComparedField {
  readonly field: string;
  /** Null: this side does not state it, or is not there. */
  readonly book: string | null;
  readonly street: string | null;
  readonly expected: string | null;
  /** Null: there is nothing to compare. */
  readonly is_equal: boolean | null;
  /** The break on it. */
  readonly break_id: number | null;
  /** The side that is not as expected. */
  readonly differs: "book" | "street" | "both" | null;
}

export interface UsedTolerance {
  readonly absolute: string | null;
  readonly percent: string | null;
  readonly ticks: string | null;
  readonly valid_from: string;
}

/** With its history, the newest entry first, and, once loaded, both sides of its pair. */
export type BreakStory = Break & {
  readonly events: readonly BreakEvent[];
  readonly sides?: { readonly fields: readonly ComparedField[]; readonly tolerance: UsedTolerance | null };
};

/** Open breaks counted; each `byX` maps a name to what it holds. */
export interface Summary {
  readonly breaks: number;
  readonly notional: string;
  readonly overdue: number;
  readonly bySeverity: Counts;
  readonly byStatus: Counts;
  readonly byType: Counts;
  /** `""`: nobody's. */
  readonly byOwner: Counts;
  readonly byCounterparty: Counts;
  readonly byAge: Counts;
}

export type Counts = Readonly<Record<string, { readonly breaks: number; readonly notional: string }>>;
