/**
 * What an order or an execution report says: FIX fields to the facts of the street side.
 *
 * @module
 */

import { type Fault, FieldError, type Fields, readDate, readDecimal, readTimestamp } from "../fix/mod.ts";
import { counterpartyName, FUND_COMP_ID } from "./counterparties.ts";
import type { Execution, FixHeader, OrderState } from "./street.ts";
import type { Side } from "./trade.ts";

/** One message while it is read. */
export interface Reading {
  readonly fields: Fields;
  readonly strict: boolean;
  readonly faults: Fault[];
}

export interface Facts {
  readonly execution: Execution | null;
  readonly order: OrderState | null;
}

const NO_FACTS: Facts = { execution: null, order: null };
const OWN_COMP_IDS: ReadonlySet<string> = new Set([FUND_COMP_ID]);
const STATUS_REPORT_EXEC_ID = "0";
/** Identities are keys, and a key that an index cannot hold would block the batch it is in. */
const IDENTITY_CHARS_MAX = 255;
const NO_SYMBOL = "[N/A]";
const EXECUTING_FIRM = "1";
const PARTY_TAGS = new Set([447, 448, 452, 802, 523, 803]);

/** Side (54): sell short and its exempt form are sells; a cross or a loan is neither. */
const SIDES: ReadonlyMap<string, Side> = new Map<string, Side>([
  ["1", "buy"],
  ["2", "sell"],
  ["3", "buy"],
  ["4", "sell"],
  ["5", "sell"],
  ["6", "sell"],
  ["D", "buy"],
  ["E", "sell"],
]);

export function toFacts(reading: Reading, header: FixHeader): Facts {
  const isOwn = OWN_COMP_IDS.has(header.senderCompId ?? "");
  if (header.msgType === "D") return { execution: null, order: readOrder(reading, header, isOwn) };
  if (header.msgType !== "8" || isOwn) return NO_FACTS;
  const broker = readBroker(reading, header);
  const kind = readExecutionKind(reading, header.beginString);
  const transactTime = readTransactTime(reading, header, kind !== null);
  return {
    execution: kind === null || header.execId === STATUS_REPORT_EXEC_ID
      ? null
      : readExecution(reading, header, kind, broker, transactTime),
    order: readReportedOrder(reading, header, broker, transactTime),
  };
}

function readExecution(
  reading: Reading,
  header: FixHeader,
  kind: Execution["kind"],
  broker: string,
  transactTime: string,
): Execution {
  const isTrade = kind !== "cancel";
  const tradeDate = readOptional(reading, 75, readDate);
  return {
    broker,
    tradeDate: tradeDate ?? transactTime.slice(0, 10),
    tradeDateStated: tradeDate !== null,
    execId: readRequired(reading, 17, readIdentity),
    kind,
    execRefId: kind === "trade"
      ? readOptional(reading, 19, readIdentity)
      : readRequired(reading, 19, readIdentity),
    clOrdId: header.clOrdId,
    orderId: header.orderId,
    instrument: readInstrument(reading),
    side: readRequired(reading, 54, readSide),
    quantity: isTrade
      ? readRequired(reading, 32, readPositive)
      : readOptional(reading, 32, readAmount) ?? "0",
    price: isTrade ? readRequired(reading, 31, readPositive) : readOptional(reading, 31, readAmount) ?? "0",
    currency: readOptional(reading, 15, readCurrency),
    counterparty: counterpartyName(broker),
    settlementDate: readOptional(reading, 64, readDate),
    transactTime,
  };
}

/** @returns null for an order without any time, which lenient reading keeps as a message only. */
function readOrder(reading: Reading, header: FixHeader, isOwn: boolean): OrderState | null {
  if (!reading.strict && !reading.fields.has(60) && header.sendingTime === null) return null;
  const orderQty = readOptional(reading, 38, readAmount);
  return {
    orderId: readOrderId(reading, header),
    brokerOrderId: null,
    ordStatus: "A",
    instrument: readInstrument(reading),
    side: readRequired(reading, 54, readSide),
    orderQty,
    limitPrice: readOptional(reading, 44, readAmount),
    cumQty: "0",
    leavesQty: orderQty,
    avgPx: null,
    counterparty: counterpartyName((isOwn ? header.targetCompId : header.senderCompId) ?? ""),
    transactTime: readTransactTime(reading, header, true),
    msgSeqNum: header.msgSeqNum ?? 0,
  };
}

function readReportedOrder(
  reading: Reading,
  header: FixHeader,
  broker: string,
  transactTime: string,
): OrderState {
  return {
    orderId: readOrderId(reading, header),
    brokerOrderId: header.orderId,
    ordStatus: readRequired(reading, 39, readOrdStatus),
    instrument: readInstrument(reading),
    side: readRequired(reading, 54, readSide),
    orderQty: readOptional(reading, 38, readAmount),
    limitPrice: readOptional(reading, 44, readAmount),
    cumQty: readOptional(reading, 14, readAmount) ?? "0",
    leavesQty: readOptional(reading, 151, readAmount),
    avgPx: readOptional(reading, 6, readAverage),
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
  const onBehalfOf = readOptional(reading, 115, readIdentity);
  if (onBehalfOf !== null) return onBehalfOf;
  let partyId = "";
  for (let index = fields.find(453) + 1; index > 0 && index < fields.count; index++) {
    const tag = fields.tags[index]!;
    if (!PARTY_TAGS.has(tag)) break;
    if (tag === 448) partyId = fields.textAt(index);
    if (tag === 452 && fields.textAt(index) === EXECUTING_FIRM && partyId !== "") {
      return readIdentity(448, partyId);
    }
  }
  return header.senderCompId ?? missing(49);
}

function readOrderId(reading: Reading, header: FixHeader): string {
  return readOptional(reading, 41, readIdentity) ?? header.clOrdId ?? header.orderId ?? missing(11);
}

function readInstrument(reading: Reading): string {
  const symbol = readOptional(reading, 55, readIdentity);
  if (symbol !== null && symbol !== NO_SYMBOL) return symbol;
  return readOptional(reading, 48, readIdentity) ?? missing(55);
}

/** A report without TransactTime (60) took place no later than it was sent. */
function readTransactTime(reading: Reading, header: FixHeader, isNeeded: boolean): string {
  const transactTime = readOptional(reading, 60, readTimestamp);
  if (transactTime !== null) return transactTime;
  if (isNeeded && reading.strict) return missing(60);
  return header.sendingTime ?? missing(60);
}

export function readRequired<T>(reading: Reading, tag: number, read: (tag: number, text: string) => T): T {
  const text = reading.fields.text(tag);
  return text === undefined || text === "" ? missing(tag) : read(tag, text);
}

/** A field we can do without: lenient reading notes what is wrong with it and goes on. */
export function readOptional<T>(
  { fields, strict, faults }: Reading,
  tag: number,
  read: (tag: number, text: string) => T,
): T | null {
  const text = fields.text(tag);
  if (text === undefined || text === "") return null;
  if (strict) return read(tag, text);
  try {
    return read(tag, text);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    if (!faults.some((fault) => fault.tag === tag)) {
      faults.push({ code: error.code, tag, text: error.message });
    }
    return null;
  }
}

export function readIdentity(tag: number, text: string): string {
  if (text.includes("\0")) throw new FieldError(tag, text.slice(0, 80), "holds a NUL byte");
  if (text.length <= IDENTITY_CHARS_MAX) return text;
  throw new FieldError(tag, text.slice(0, 80), `is longer than ${IDENTITY_CHARS_MAX} characters`);
}

function missing(tag: number): never {
  throw new FieldError(tag, "", "is missing", "required_tag_missing");
}

function readSide(tag: number, text: string): Side {
  const side = SIDES.get(text);
  if (side === undefined) {
    throw new FieldError(tag, text, "is neither a buy nor a sell", "value_out_of_range");
  }
  return side;
}

function readOrdStatus(tag: number, text: string): string {
  if (/^[0-9A-E]$/.test(text)) return text;
  throw new FieldError(tag, text.slice(0, 80), "is no OrdStatus", "value_out_of_range");
}

function readCurrency(tag: number, text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw new FieldError(tag, text.slice(0, 80), "is no ISO 4217 code");
}

function readAmount(tag: number, text: string): string {
  const amount = readDecimal(tag, text);
  if (!amount.startsWith("-")) return amount;
  throw new FieldError(tag, text, "is negative", "value_out_of_range");
}

function readPositive(tag: number, text: string): string {
  const amount = readAmount(tag, text);
  if (/[1-9]/.test(amount)) return amount;
  throw new FieldError(tag, text, "is not above zero", "value_out_of_range");
}

/** An average of many fills has any number of decimals; it is shown, never compared. */
function readAverage(tag: number, text: string): string {
  return readAmount(tag, text.replace(/^(-?\d*\.\d{8})\d+$/, "$1"));
}
