/**
 * A trade's story as the server sends it to be shown.
 *
 * @module
 */

import type { BreakRow, TradeRow } from "../../../shared/kpi/mod.ts";
import type { BreakEvent, ComparedField, UsedTolerance } from "../breaks/break.ts";
import type { ShownMessage } from "../fix/message.ts";

/** One version of a booking. */
export interface Version {
  readonly version: number;
  readonly event_type: string;
  readonly stage: string;
  /** By the source's clock. */
  readonly timestamp: string;
  /** By ours. */
  readonly recorded_at: string;
  /** A step that is not legal, as `from>to`. */
  readonly anomaly: string | null;
  readonly [column: string]: unknown;
}

/** A fill, a correction or a bust of one. */
export interface Execution {
  readonly broker: string;
  readonly trade_date: string;
  readonly exec_id: string;
  readonly kind: string;
  readonly exec_ref_id: string | null;
  readonly order_id?: string | null;
  readonly broker_order_id?: string | null;
  readonly instrument: string;
  readonly side: string;
  readonly quantity: string;
  readonly price: string;
  readonly currency: string | null;
  readonly counterparty: string;
  readonly settlement_date: string | null;
  readonly transact_time: string;
  readonly recorded_at: string;
}

/** An allocation, a confirmation, a capture or a dispute. */
export interface SaidAfter {
  readonly said: readonly { readonly field: string; readonly value: string; readonly about: string }[];
  readonly said_at: string | null;
  readonly is_evidence: boolean;
  readonly counterparty: string;
  readonly text: string | null;
  readonly [column: string]: unknown;
}

export interface Settlement {
  readonly status: string | null;
  readonly reason: string | null;
  readonly reason_text: string | null;
  readonly responsible: string | null;
  readonly settled_quantity: string | null;
  readonly settlement_date: string;
  readonly expected_settlement_date: string | null;
  readonly is_settled: boolean;
  readonly days_late: number;
  readonly claim:
    | { readonly amount: string; readonly currency: string; readonly days: number; readonly source: string }
    | null;
}

export interface PostTrade {
  readonly allocation_status: string | null;
  readonly allocation_reason: string | null;
  readonly confirmation_status: string | null;
  readonly confirmation_reason: string | null;
  readonly affirmation_status: string | null;
  readonly affirmation_reason: string | null;
  readonly affirmed_at: string | null;
  readonly is_late: boolean;
  readonly allocate_by: string | null;
  readonly affirm_by: string | null;
}

export interface Trade extends TradeRow {
  readonly events: readonly Version[];
  readonly pair: Readonly<Record<string, unknown>> | null;
  readonly executions: readonly Execution[];
  readonly breaks: readonly BreakRow[];
  readonly usd_rate?: string | null;
  readonly usd_rate_as_of?: string | null;
  readonly settlement: Settlement;
  readonly post_trade: PostTrade | null;
  readonly allocations: readonly SaidAfter[];
  readonly confirmations: readonly SaidAfter[];
  readonly captures: readonly SaidAfter[];
  readonly disputes: readonly SaidAfter[];
}

/** A break as it stood at a past instant. */
export interface PastBreak {
  readonly id: number;
  readonly type: string;
  readonly status: string;
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
  readonly opened_at: string | null;
  readonly reason: string | null;
}

/** A trade as it was known at an instant. */
export interface PastTrade extends Omit<TradeRow, "booked_at" | "first_seen_at" | "updated_at"> {
  readonly asOf: string;
  readonly basis: "recorded" | "timestamp";
  readonly events: readonly Version[];
  readonly executions: readonly Execution[];
  readonly breaks: readonly PastBreak[];
}

export interface Sides {
  readonly fields: readonly ComparedField[];
  readonly tolerances: Readonly<Record<string, UsedTolerance>>;
  readonly execution:
    | { readonly broker: string; readonly trade_date: string; readonly exec_id: string }
    | null;
}

export type History = readonly (BreakEvent & { readonly break_id: number })[];

/** A fill that nobody has booked. */
export interface Fill {
  readonly exec_id: string;
  readonly executions: readonly Execution[];
  readonly breaks: readonly BreakRow[];
  readonly candidates: readonly { readonly tradeId: string; readonly differs?: readonly string[] }[];
  readonly trade_ids: readonly string[];
}

export type Story =
  | {
    readonly kind: "trade";
    readonly trade: Trade;
    readonly sides: Sides;
    readonly history: History;
    readonly messages: readonly ShownMessage[];
  }
  | { readonly kind: "past"; readonly trade: PastTrade }
  | {
    readonly kind: "fill";
    readonly fill: Fill;
    readonly history: History;
    readonly messages: readonly ShownMessage[];
  };
