/**
 * What an order or an execution report says: FIX fields to the facts of the street side.
 *
 * @module
 */

import { FieldError, type Fields, readDateAt, readTimestampAt, View } from "../fix/mod.ts";
import { counterpartyName, FUND_COMP_ID } from "./counterparties.ts";
import { readCapturedExecution, readPostTrade } from "./post_trade_facts.ts";
import { missing, type Reading, readOptional, readRequired, unlessBroken } from "./reading.ts";
import type { CancelReject, Execution, FixHeader, OrderState, PostTradeFact, StreetTerms } from "./street.ts";
import { type FeeTypes, readSettlementDate, readTerms, STANDARD_FEE_TYPES } from "./street_terms.ts";
import {
  readAmountAt,
  readAverageAt,
  readCurrencyAt,
  readIdentityAt,
  readOrdStatusAt,
  readPositiveAt,
  readSideAt,
} from "./street_values.ts";
import { venueDay } from "./venue_day.ts";

/** Whose messages are evidence, and what a broker's fees are. */
export interface StreetRules {
  /** SenderCompIDs (49) of the fund: what they send is intent and workflow. */
  readonly ownCompIds: ReadonlySet<string>;
  readonly feeTypes: FeeTypes;
}

export interface Facts {
  readonly execution: Execution | null;
  readonly order: OrderState | null;
  readonly terms?: StreetTerms;
  readonly postTrade?: PostTradeFact;
  readonly cancelReject?: CancelReject;
}

export const STANDARD_RULES: StreetRules = {
  ownCompIds: new Set([FUND_COMP_ID]),
  feeTypes: STANDARD_FEE_TYPES,
};

const NO_FACTS: Facts = { execution: null, order: null };
const STATUS_REPORT_EXEC_ID = "0";
const NO_SYMBOL = "[N/A]";
/** `1` in PartyRole (452) */
const EXECUTING_FIRM = 49;
const POST_TRADE_TYPES: ReadonlySet<string> = new Set([
  "J",
  "P",
  "AS",
  "AT",
  "AK",
  "AU",
  "AE",
  "AR",
  "Q",
]);
const PARTY_TAGS = new Set([447, 448, 452, 802, 523, 803]);

export function toFacts(reading: Reading, header: FixHeader, rules: StreetRules): Facts {
  const isOwn = rules.ownCompIds.has(header.senderCompId ?? "");
  if (header.msgType === "D") return { execution: null, order: readOrder(reading, header, isOwn) };
  if (header.msgType === "9") return readCancelReject(reading, header, isOwn);
  if (header.msgType !== "8") return readAfterTrade(reading, header, isOwn, rules);
  if (isOwn) return NO_FACTS;
  const broker = readBroker(reading, header);
  const kind = readExecutionKind(reading, header.beginString);
  const transactTime = readTransactTime(reading, header);
  const instrument = readInstrument(reading);
  const order = readReportedOrder(reading, header, broker, instrument, transactTime);
  if (kind === null || header.execId === STATUS_REPORT_EXEC_ID) return { execution: null, order };
  const execution = readExecution(reading, header, kind, broker, instrument, transactTime);
  const terms = readExecutionTerms(reading, execution, rules);
  return terms === null ? { execution, order } : { execution, order, terms };
}

/** What the fund itself sends is no word of the broker's. */
function readCancelReject(reading: Reading, header: FixHeader, isOwn: boolean): Facts {
  if (isOwn) return NO_FACTS;
  const cancelReject = unlessBroken(reading, (): CancelReject => ({
    orderId: readOrderId(header),
    ordStatus: readRequired(reading, 39, readOrdStatusAt),
    reason: readOptional(reading, 102, readIdentityAt),
    transactTime: readTransactTime(reading, header),
    msgSeqNum: header.msgSeqNum ?? 0,
  }));
  return cancelReject === null ? NO_FACTS : { ...NO_FACTS, cancelReject };
}

function readAfterTrade(reading: Reading, header: FixHeader, isOwn: boolean, rules: StreetRules): Facts {
  const { fields, definition } = reading;
  if (definition === undefined || !POST_TRADE_TYPES.has(header.msgType)) return NO_FACTS;
  const level = new View(fields, definition);
  const sent = { header, isOwn, feeTypes: rules.feeTypes };
  const facts = unlessBroken(reading, () => {
    const postTrade = readPostTrade(level, sent);
    const execution = header.msgType === "AE" ? readCapturedExecution(level, sent) : null;
    return postTrade === undefined ? NO_FACTS : { execution, order: null, postTrade };
  });
  return facts ?? NO_FACTS;
}

/** Few fills state money; most brokers send it after the trade. */
function readExecutionTerms(
  reading: Reading,
  { quantity, price, tradeDate }: Execution,
  { feeTypes }: StreetRules,
): StreetTerms | null {
  const { fields, definition } = reading;
  if (definition === undefined || !statesTerms(fields)) return null;
  const level = new View(fields, definition);
  return unlessBroken(reading, () => readTerms(level, quantity, price, tradeDate, feeTypes));
}

/** Commission, misc fees, gross and net amount, accrued interest. */
function statesTerms(fields: Fields): boolean {
  return fields.has(12) || fields.has(136) || fields.has(381) || fields.has(118) || fields.has(159);
}

function readExecution(
  reading: Reading,
  header: FixHeader,
  kind: Execution["kind"],
  broker: string,
  instrument: string,
  transactTime: string,
): Execution {
  const isTrade = kind !== "cancel";
  const statedDate = readOptional(reading, 75, readDateAt);
  const tradeDate = statedDate ?? readVenueDay(reading, transactTime);
  return {
    broker,
    tradeDate,
    tradeDateStated: statedDate !== null,
    execId: header.execId ?? readRequired(reading, 17, readIdentityAt),
    kind,
    execRefId: kind === "trade"
      ? readOptional(reading, 19, readIdentityAt)
      : readRequired(reading, 19, readIdentityAt),
    clOrdId: header.clOrdId,
    orderId: header.orderId,
    instrument,
    side: readRequired(reading, 54, readSideAt),
    quantity: isTrade
      ? readRequired(reading, 32, readPositiveAt)
      : readOptional(reading, 32, readAmountAt) ?? "0",
    price: isTrade
      ? readRequired(reading, 31, readPositiveAt)
      : readOptional(reading, 31, readAmountAt) ?? "0",
    currency: readOptional(reading, 15, readCurrencyAt),
    counterparty: counterpartyName(broker),
    settlementDate: readOptional(reading, 64, readDateAt) ?? readSettlDays(reading, tradeDate),
    transactTime,
  };
}

function readVenueDay({ fields }: Reading, transactTime: string): string {
  return venueDay(transactTime, fields.text(30) ?? fields.text(207) ?? null);
}

function readSettlDays({ fields }: Reading, tradeDate: string): string | null {
  const settlType = fields.text(63);
  if (settlType === undefined) return null;
  return readSettlementDate(
    { text: (tag) => tag === 63 ? settlType : undefined, group: () => [] },
    tradeDate,
  );
}

/** @returns null for an order without any time, which lenient reading keeps as a message only. */
function readOrder(reading: Reading, header: FixHeader, isOwn: boolean): OrderState | null {
  if (!reading.strict && !reading.fields.has(60) && header.sendingTime === null) return null;
  const orderQty = readOptional(reading, 38, readAmountAt);
  return {
    orderId: readOrderId(header),
    brokerOrderId: null,
    ordStatus: "A",
    instrument: readInstrument(reading),
    side: readRequired(reading, 54, readSideAt),
    orderQty,
    limitPrice: readOptional(reading, 44, readAmountAt),
    cumQty: "0",
    leavesQty: orderQty,
    avgPx: null,
    counterparty: counterpartyName((isOwn ? header.targetCompId : header.senderCompId) ?? ""),
    transactTime: readTransactTime(reading, header),
    msgSeqNum: header.msgSeqNum ?? 0,
  };
}

function readReportedOrder(
  reading: Reading,
  header: FixHeader,
  broker: string,
  instrument: string,
  transactTime: string,
): OrderState {
  return {
    orderId: readOrderId(header),
    brokerOrderId: header.orderId,
    ordStatus: readRequired(reading, 39, readOrdStatusAt),
    instrument,
    side: readRequired(reading, 54, readSideAt),
    orderQty: readOptional(reading, 38, readAmountAt),
    limitPrice: readOptional(reading, 44, readAmountAt),
    cumQty: readOptional(reading, 14, readAmountAt) ?? "0",
    leavesQty: readOptional(reading, 151, readAmountAt),
    avgPx: readOptional(reading, 6, readAverageAt),
    counterparty: counterpartyName(broker),
    transactTime,
    msgSeqNum: header.msgSeqNum ?? 0,
  };
}

/**
 * FIX 4.2 tells fills, busts and corrections by ExecTransType (20), later versions by ExecType (150) alone.
 *
 * @returns null for what is no execution: acknowledgements, cancels, rejects, status reports.
 */
function readExecutionKind(
  { fields, strict, faults }: Reading,
  beginString: string,
): Execution["kind"] | null {
  const execType = fields.text(150);
  const isFill = execType === "1" || execType === "2";
  if (beginString < "FIX.4.3") {
    const transType = fields.text(20) ?? "0";
    if (transType === "1") return "cancel";
    if (transType === "2") return "correct";
    if (transType === "3") return null;
    if (transType !== "0") throw new FieldError(20, transType, "is no ExecTransType", "value_out_of_range");
    if (execType !== "F") return isFill ? "trade" : null;
  } else if (!isFill) {
    if (execType === "G") return "correct";
    if (execType === "H") return "cancel";
    return execType === "F" ? "trade" : null;
  }
  const text = `ExecType (150) is "${execType}" in a message of ${beginString}`;
  if (strict) throw new FieldError(150, execType, `is no ExecType of ${beginString}`, "value_out_of_range");
  faults.push({ code: "value_out_of_range", tag: 150, text });
  return "trade";
}

/** Who executed: the firm on whose behalf the message was sent, else the executing party, else the sender. */
function readBroker(reading: Reading, header: FixHeader): string {
  const { fields } = reading;
  const onBehalfOf = readOptional(reading, 115, readIdentityAt);
  if (onBehalfOf !== null) return onBehalfOf;
  let partyAt = -1;
  for (let index = fields.find(453) + 1; index > 0 && index < fields.count; index++) {
    const tag = fields.tags[index]!;
    if (!PARTY_TAGS.has(tag)) break;
    if (tag === 448) partyAt = fields.starts[index] === fields.ends[index] ? -1 : index;
    if (tag === 452 && partyAt >= 0 && fields.isByteAt(index, EXECUTING_FIRM)) {
      return readIdentityAt(fields, partyAt);
    }
  }
  const execBroker = header.beginString < "FIX.4.3" ? readOptional(reading, 76, readIdentityAt) : null;
  return execBroker ?? header.senderCompId ?? missing(49);
}

function readOrderId(header: FixHeader): string {
  return header.origClOrdId ?? header.clOrdId ?? header.orderId ?? missing(11);
}

function readInstrument(reading: Reading): string {
  const symbol = readOptional(reading, 55, readIdentityAt);
  if (symbol !== null && symbol !== NO_SYMBOL) return symbol;
  return readOptional(reading, 48, readIdentityAt) ?? missing(55);
}

/** A report without TransactTime (60) took place no later than it was sent. */
function readTransactTime(reading: Reading, header: FixHeader): string {
  return readOptional(reading, 60, readTimestampAt) ?? header.sendingTime ?? missing(60);
}
