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
  /** TradeDate (75), else the day of TransactTime (60) at the venue, else its UTC day. */
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

/** OrderCancelReject (9): the status an order is back in, since a change or a cancel of it was refused. */
export interface CancelReject {
  readonly orderId: string;
  /** OrdStatus (39) */
  readonly ordStatus: string;
  /** CxlRejReason (102) */
  readonly reason: string | null;
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
  /** OrigClOrdID (41): links a change of an order, and what answers it, to the order before. */
  readonly origClOrdId: string | null;
  readonly orderId: string | null;
  readonly execId: string | null;
}

/** A MiscFee (136) as it was sent. */
export interface StatedFee {
  /** MiscFeeType (139), empty where absent. */
  readonly type: string;
  readonly amount: string;
  /** Null: the trade's own currency. */
  readonly currency: string | null;
}

/** Money and settlement as the street states them; null where it does not. Decimal text. */
export interface StreetTerms {
  /** GrossTradeAmt (381) */
  readonly grossAmount: string | null;
  /** NetMoney (118) */
  readonly netAmount: string | null;
  /** AccruedInterestAmt (159) */
  readonly accruedInterest: string | null;
  readonly settlementDate: string | null;
  readonly brokerageFee: string | null;
  readonly exchangeFee: string | null;
  readonly clearingFee: string | null;
  /** Kept and compared, and not forced into the three. */
  readonly otherFees: readonly StatedFee[];
}

/** What all messages after a trade say of themselves. */
interface Said {
  /** Whether the other side sent it: then it is evidence, else the fund's intent or workflow. */
  readonly isEvidence: boolean;
  readonly counterparty: string;
  /** TransactTime (60), else OrigSendingTime (122), else SendingTime (52). */
  readonly saidAt: string | null;
  /** Text (58) */
  readonly text: string | null;
}

/** An allocation of orders to accounts: what the street says when `isEvidence`, else what the fund asks for. */
export interface AllocationFact extends Said {
  readonly kind: "allocation";
  /** AllocID (70), else AllocReportID (755). */
  readonly allocId: string;
  /** AllocTransType (71): 0 new, 1 replace, 2 cancel; in 4.2 also 3 to 5, a calculation. */
  readonly transType: string;
  /** RefAllocID (72): the allocation that a replacement, a cancel or a calculation is about. */
  readonly refAllocId: string | null;
  /** AllocStatus (87) of a report or an acknowledgement; null in an instruction. */
  readonly status: string | null;
  /** AllocRejCode (88), else the first IndividualAllocRejCode (776). */
  readonly reason: string | null;
  /** MatchStatus (573) */
  readonly matchStatus: string | null;
  readonly clOrdIds: readonly string[];
  readonly execIds: readonly string[];
  readonly instrument: string | null;
  readonly side: Side | null;
  readonly quantity: string | null;
  readonly avgPx: string | null;
  readonly tradeDate: string | null;
  readonly terms: StreetTerms;
  readonly accounts: readonly { account: string; quantity: string | null; terms: StreetTerms }[];
}

/** A Confirmation (AK) of one account's part of a trade, or the fund's answer to it (AU). */
export interface ConfirmationFact extends Said {
  readonly kind: "confirmation" | "affirmation";
  readonly confirmId: string;
  /** ConfirmTransType (666): 0 new, 1 replace, 2 cancel; null in an answer. */
  readonly transType: string | null;
  /** ConfirmRefID (772): the confirmation that is replaced or cancelled. */
  readonly refConfirmId: string | null;
  /** ConfirmStatus (665), or AffirmStatus (940). */
  readonly status: string;
  /** ConfirmRejReason (774) of an answer. */
  readonly reason: string | null;
  /** MatchStatus (573) */
  readonly matchStatus: string | null;
  readonly allocId: string | null;
  readonly clOrdIds: readonly string[];
  readonly instrument: string | null;
  readonly side: Side | null;
  readonly quantity: string | null;
  readonly avgPx: string | null;
  readonly account: string | null;
  readonly tradeDate: string | null;
  readonly terms: StreetTerms | null;
}

/** DontKnowTrade (Q): whoever sent it disputes an execution. */
export interface DisputeFact extends Said {
  readonly kind: "dispute";
  readonly execId: string;
  readonly orderId: string;
  /** DKReason (127) */
  readonly reason: string;
}

/** A TradeCaptureReport (AE), or the answer to one (AR). A new AE with an ExecID is an execution too. */
export interface CaptureFact extends Said {
  readonly kind: "capture";
  readonly reportId: string;
  readonly reportRefId: string | null;
  /** TradeReportTransType (487): 0 new, 1 cancel, 2 replace. */
  readonly transType: string;
  readonly execId: string | null;
  /** TradeDate (75); an answer names none. */
  readonly tradeDate: string | null;
  /** TrdRptStatus (939) of an answer. */
  readonly status: string | null;
  /** TradeReportRejectReason (751) of an answer. */
  readonly reason: string | null;
  /** MatchStatus (573) */
  readonly matchStatus: string | null;
  /** Null in an answer. */
  readonly terms: StreetTerms | null;
}

export type PostTradeFact = AllocationFact | ConfirmationFact | DisputeFact | CaptureFact;

/** Everything one intact FIX message tells the pipeline. A heartbeat has neither execution nor order. */
export interface StreetMessage {
  readonly kind: "message";
  readonly header: FixHeader;
  readonly execution: Execution | null;
  readonly order: OrderState | null;
  /** Of an execution that states commission, fees or amounts. */
  readonly terms?: StreetTerms;
  /** Of the messages after a trade: J, P, AS, AT, AK, AU, AE, AR and Q. */
  readonly postTrade?: PostTradeFact;
  readonly cancelReject?: CancelReject;
  /** What was wrong, kept under FIX_VALIDATION=lenient; empty when the message is sound. */
  readonly faults: readonly string[];
}
