/**
 * The street side's facts: what a counterparty's execution reports say of executions and orders.
 *
 * @module
 */

import type { Side } from "./trade.ts";

/** One execution as its broker reported it. FIX 4.4 ExecutionReport (8) with ExecType (150) F, G or H. */
export interface Execution {
  /** OnBehalfOfCompID (115), else the party with PartyRole (452) 1, else SenderCompID (49). */
  readonly broker: string;
  /** TradeDate (75), else the UTC day of TransactTime (60). */
  readonly tradeDate: string;
  /** True when the message itself carries TradeDate (75), so that the date is part of the identity. */
  readonly tradeDateStated: boolean;
  readonly execId: string;
  /** `correct` and `cancel` name the execution they change in `execRefId`. */
  readonly kind: "trade" | "correct" | "cancel";
  readonly execRefId: string | null;
  readonly clOrdId: string | null;
  readonly orderId: string | null;
  readonly instrument: string;
  readonly side: Side;
  /** LastQty (32), decimal text. */
  readonly quantity: string;
  /** LastPx (31), decimal text. */
  readonly price: string;
  readonly currency: string | null;
  /** The name our reference data gives the broker, else the broker's CompID. */
  readonly counterparty: string;
  readonly settlementDate: string | null;
  /** TransactTime (60), `2026-11-23T14:30:05.125000Z`. */
  readonly transactTime: string;
}

/** What one message says of an order; later states win by (cumQty, transactTime, msgSeqNum), never by arrival. */
export interface OrderState {
  /** The chain's first ClOrdID as far as this message tells: OrigClOrdID (41), else ClOrdID (11). */
  readonly orderId: string;
  readonly brokerOrderId: string | null;
  /** OrdStatus (39) as the FIX value; `A` (PendingNew) for the fund's own NewOrderSingle. */
  readonly ordStatus: string;
  readonly instrument: string;
  readonly side: Side;
  readonly orderQty: string | null;
  readonly limitPrice: string | null;
  readonly cumQty: string;
  readonly leavesQty: string | null;
  readonly avgPx: string | null;
  readonly counterparty: string;
  readonly transactTime: string;
  readonly msgSeqNum: number;
}

/** The columns by which a stored FIX message is found again. */
export interface FixHeader {
  readonly beginString: string;
  readonly msgType: string;
  readonly senderCompId: string | null;
  readonly targetCompId: string | null;
  readonly msgSeqNum: number | null;
  readonly sendingTime: string | null;
  readonly clOrdId: string | null;
  readonly orderId: string | null;
  readonly execId: string | null;
}

/** Everything one intact FIX message tells the pipeline. A heartbeat has neither execution nor order. */
export interface StreetMessage {
  readonly kind: "message";
  readonly header: FixHeader;
  readonly execution: Execution | null;
  readonly order: OrderState | null;
  /** What was wrong, kept under FIX_VALIDATION=lenient; empty when the message is sound. */
  readonly faults: readonly string[];
}
