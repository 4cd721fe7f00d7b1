/**
 * Rows as the API answers and the stream sends them: names as in the tables, amounts as decimal text, instants in
 * UTC with microseconds.
 *
 * @module
 */

import type { Severity } from "../reconcile/severity.ts";
import type { BreakClock } from "../reconcile/sla.ts";
import type { Kpi } from "./kpi.ts";
import type { Panels } from "./panels.ts";

/** One trade at its newest version. */
export interface TradeRow {
  readonly trade_id: string;
  readonly version: number;
  readonly event_type: string;
  /** Null: the source does not reconcile. */
  readonly exec_id: string | null;
  readonly order_id: string | null;
  readonly asset_class: string;
  readonly instrument: string;
  readonly side: string;
  readonly quantity: string;
  readonly price: string;
  /** Of notional and fees. */
  readonly currency: string;
  readonly notional_value: string;
  readonly notional_usd: string;
  readonly counterparty: string;
  /** The source's own state; `status` is `break` instead while a break is open. */
  readonly stage: string;
  readonly status: string;
  readonly reported_break: string | null;
  readonly settlement_venue: string;
  readonly trade_date: string;
  readonly settlement_date: string;
  readonly brokerage_fee: string;
  readonly clearing_fee: string;
  readonly exchange_fee: string;
  readonly total_fees: string;
  readonly priority: string;
  readonly stp_eligible: boolean;
  readonly timestamp: string;
  readonly processed_by: string;
  readonly booked_at: string;
  /** When the database first had it. */
  readonly first_seen_at: string;
  readonly updated_at: string;
}

/** One break, open or closed. */
export interface BreakRow extends BreakClock {
  readonly id: number;
  readonly version: number;
  readonly type: string;
  readonly severity: Severity;
  readonly status: string;
  /** Of `missing_book`: the exec_id. */
  readonly trade_id: string;
  readonly exec_id: string | null;
  /** Null when a whole side is missing. */
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
  /** What we expect of the field ourselves (our own dates, fees), or the trade that a duplicate repeats. */
  readonly expected: string | null;
  /** Which side is not as expected: `book`, `street` or `both`. */
  readonly differs: string | null;
  /** The version of the tolerance that was not kept. */
  readonly tolerance_id: number | null;
  readonly counterparty: string | null;
  readonly notional_usd: string | null;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly root_cause: string | null;
  /** `us`, `broker`, `custodian` or `venue`. */
  readonly responsible: string | null;
  /** What waits for a second person: `write-off` or `force-match`; and who asked. */
  readonly requested_action: string | null;
  readonly requested_by: string | null;
}

/** What the board shows, all of it from one moment on. */
export interface Board {
  readonly kpi: Kpi;
  readonly panels: Panels;
  /** Newest first by arrival. */
  readonly trades: readonly TradeRow[];
  /** Open ones, newest first. */
  readonly breaks: readonly BreakRow[];
  /** Place in the change feed that all of the above has reached, `xid-id`. */
  readonly position: string;
}
