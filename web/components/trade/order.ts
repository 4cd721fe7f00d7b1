/**
 * An order as the API tells it.
 *
 * @module
 */

import type { BreakRow } from "../../../shared/kpi/mod.ts";
import type { OrderState, StoryMessage } from "../fix/story.ts";

export interface OrderFill {
  readonly broker: string;
  readonly exec_id: string;
  readonly kind: string;
  readonly exec_ref_id: string | null;
  readonly quantity: string;
  readonly price: string;
  readonly trade_date: string;
  readonly transact_time: string;
  /** The booking it is paired with; null: none. */
  readonly trade_id: string | null;
  readonly trade_status: string | null;
}

export interface Order {
  readonly order_id: string;
  readonly chain: readonly string[];
  readonly state: OrderState | null;
  readonly broker_order_id: string | null;
  readonly instrument: string | null;
  readonly side: string | null;
  readonly order_qty: string | null;
  readonly limit_price: string | null;
  readonly counterparty: string | null;
  readonly messages: readonly StoryMessage[];
  /** There are more messages than these. */
  readonly is_cut: boolean;
  readonly executions: readonly OrderFill[];
  readonly breaks: readonly BreakRow[];
}
