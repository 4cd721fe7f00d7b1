/**
 * What the messages after a trade say: allocations, confirmations, trade captures and disputes.
 *
 * @module
 */

import { FieldError, readDate, readDecimal, readTimestamp } from "../fix/mod.ts";
import { counterpartyName } from "./counterparties.ts";
import type {
  AllocationFact,
  CaptureFact,
  ConfirmationFact,
  DisputeFact,
  Execution,
  FixHeader,
  PostTradeFact,
} from "./street.ts";
import { readIdentity, readPositive, readSide } from "./street_values.ts";
import { type FeeTypes, type Level, readTerms } from "./street_terms.ts";

const EXECUTING_FIRM = "1";
const NO_SYMBOL = "[N/A]";
const NEW_REPORT = "0";
/** A text is for people; a page of it is none. */
const TEXT_CHARS_MAX = 500;

/** What is known of a message before its body is read. */
export interface Sent {
  readonly header: FixHeader;
  /** Whether the fund itself sent it: then it is intent or workflow, and no evidence. */
  readonly isOwn: boolean;
  readonly feeTypes: FeeTypes;
}

/** @throws {FieldError} If a field that the fact needs is missing or cannot be read. */
export function readPostTrade(level: Level, sent: Sent): PostTradeFact | undefined {
  switch (sent.header.msgType) {
    case "J":
    case "AS":
    case "P":
    case "AT":
      return readAllocation(level, sent);
    case "AK":
    case "AU":
      return readConfirmation(level, sent);
    case "Q":
      return readDispute(level, sent);
    case "AE":
      return readCapture(level, sent);
    case "AR":
      return readCaptureAnswer(level, sent);
    default:
      return undefined;
  }
}

/**
 * The execution that a new trade capture reports. Its ExecID (17) is what pairs it with a booking; a capture
 * without one, and a change of one, stay captures.
 */
export function readCapturedExecution(level: Level, sent: Sent): Execution | null {
  const execId = level.text(17);
  const [side] = level.group(552);
  if (sent.isOwn || execId === undefined || side === undefined) return null;
  if ((level.text(487) ?? NEW_REPORT) !== NEW_REPORT) return null;
  const broker = executingFirm(level) ?? executingFirm(side) ?? sent.header.senderCompId ?? needed(level, 49);
  const tradeDate = readDate(75, needed(level, 75));
  return {
    broker,
    tradeDate,
    tradeDateStated: true,
    execId: readIdentity(17, execId),
    kind: "trade",
    execRefId: null,
    clOrdId: identity(side, 11),
    orderId: identity(side, 37),
    instrument: instrumentOf(level) ?? needed(level, 55),
    side: readSide(54, needed(side, 54)),
    quantity: readPositive(32, needed(level, 32)),
    price: readPositive(31, needed(level, 31)),
    currency: identity(level, 15) ?? identity(side, 15),
    counterparty: counterpartyName(broker),
    settlementDate: readTerms(level, null, null, tradeDate).settlementDate,
    transactTime: readTimestamp(60, needed(level, 60)),
  };
}

function readAllocation(level: Level, sent: Sent): AllocationFact {
  const { feeTypes } = sent;
  const accounts = level.group(78);
  const tradeDate = dateOf(level, 75);
  const avgPx = decimalOf(level, 6);
  const quantity = decimalOf(level, 53);
  return {
    kind: "allocation",
    ...readSaid(level, sent),
    allocId: identity(level, 70) ?? readIdentity(755, needed(level, 755)),
    transType: identity(level, 71) ?? "0",
    refAllocId: identity(level, 72),
    status: identity(level, 87),
    reason: identity(level, 88) ?? accounts.map((account) => identity(account, 776)).find(Boolean) ?? null,
    matchStatus: identity(level, 573),
    clOrdIds: level.group(73).flatMap((order) => identity(order, 11) ?? []),
    execIds: level.group(124).flatMap((execution) => identity(execution, 17) ?? []),
    instrument: instrumentOf(level),
    side: sideOf(level),
    quantity,
    avgPx,
    tradeDate,
    terms: readTerms(level, quantity, avgPx, tradeDate, feeTypes),
    accounts: accounts.map((account) => {
      const part = decimalOf(account, 80);
      const price = decimalOf(account, 153) ?? decimalOf(account, 366) ?? avgPx;
      return {
        account: readIdentity(79, needed(account, 79)),
        quantity: part,
        terms: readTerms(account, part, price, tradeDate, feeTypes),
      };
    }),
  };
}

function readConfirmation(level: Level, sent: Sent): ConfirmationFact {
  const { header, isOwn, feeTypes } = sent;
  const isConfirmation = header.msgType === "AK";
  const statusTag = isConfirmation ? 665 : 940;
  const tradeDate = dateOf(level, 75);
  const quantity = decimalOf(level, 80);
  const avgPx = decimalOf(level, 6);
  return {
    kind: isConfirmation ? "confirmation" : "affirmation",
    ...readSaid(level, sent),
    isEvidence: isConfirmation && !isOwn,
    confirmId: readIdentity(664, needed(level, 664)),
    transType: isConfirmation ? identity(level, 666) ?? "0" : null,
    refConfirmId: identity(level, 772),
    status: readIdentity(statusTag, needed(level, statusTag)),
    reason: identity(level, 774),
    matchStatus: identity(level, 573),
    allocId: identity(level, 70),
    clOrdIds: level.group(73).flatMap((order) => identity(order, 11) ?? []),
    instrument: instrumentOf(level),
    side: sideOf(level),
    quantity,
    avgPx,
    account: identity(level, 79),
    tradeDate,
    terms: isConfirmation ? readTerms(level, quantity, avgPx, tradeDate, feeTypes) : null,
  };
}

function readDispute(level: Level, sent: Sent): DisputeFact {
  return {
    kind: "dispute",
    ...readSaid(level, sent),
    execId: readIdentity(17, needed(level, 17)),
    orderId: readIdentity(37, needed(level, 37)),
    reason: readIdentity(127, needed(level, 127)),
  };
}

function readCapture(level: Level, sent: Sent): CaptureFact {
  const { feeTypes } = sent;
  const tradeDate = readDate(75, needed(level, 75));
  const [side] = level.group(552);
  const terms = readTerms(side ?? level, decimalOf(level, 32), decimalOf(level, 31), tradeDate, feeTypes);
  return {
    ...readReport(level, sent),
    tradeDate,
    status: null,
    reason: null,
    terms: { ...terms, settlementDate: readTerms(level, null, null, tradeDate).settlementDate },
  };
}

function readCaptureAnswer(level: Level, sent: Sent): CaptureFact {
  return {
    ...readReport(level, sent),
    tradeDate: dateOf(level, 75),
    status: identity(level, 939),
    reason: identity(level, 751),
    terms: null,
  };
}

function readReport(level: Level, sent: Sent) {
  return {
    kind: "capture" as const,
    ...readSaid(level, sent),
    reportId: readIdentity(571, needed(level, 571)),
    reportRefId: identity(level, 572),
    transType: identity(level, 487) ?? NEW_REPORT,
    execId: identity(level, 17),
    matchStatus: identity(level, 573),
  };
}

function readSaid(level: Level, { header, isOwn }: Sent) {
  return {
    isEvidence: !isOwn,
    counterparty: otherSide(header, isOwn),
    saidAt: timeOf(level, 60) ?? timeOf(level, 122) ?? header.sendingTime,
    text: level.text(58)?.replaceAll("\0", "?").slice(0, TEXT_CHARS_MAX) ?? null,
  };
}

function executingFirm(level: Level): string | undefined {
  const party = level.group(453).find((one) => one.text(452) === EXECUTING_FIRM);
  return party && identity(party, 448) || undefined;
}

/** Who is on the other side of the fund: the sender, or of what the fund sends, the target. */
function otherSide(header: FixHeader, isOwn: boolean): string {
  return counterpartyName((isOwn ? header.targetCompId : header.senderCompId) ?? "");
}

function instrumentOf(level: Level): string | null {
  const symbol = identity(level, 55);
  return symbol === null || symbol === NO_SYMBOL ? identity(level, 48) : symbol;
}

function sideOf(level: Level): Execution["side"] | null {
  const text = level.text(54);
  return text === undefined ? null : readSide(54, text);
}

function identity(level: Level, tag: number): string | null {
  const text = level.text(tag);
  return text === undefined || text === "" ? null : readIdentity(tag, text);
}

function decimalOf(level: Level, tag: number): string | null {
  const text = level.text(tag);
  return text === undefined || text === "" ? null : readDecimal(tag, text);
}

function dateOf(level: Level, tag: number): string | null {
  const text = level.text(tag);
  return text === undefined || text === "" ? null : readDate(tag, text);
}

function timeOf(level: Level, tag: number): string | null {
  const text = level.text(tag);
  return text === undefined || text === "" ? null : readTimestamp(tag, text);
}

function needed(level: Level, tag: number): string {
  const text = level.text(tag);
  if (text === undefined || text === "") throw new FieldError(tag, "", "is missing", "required_tag_missing");
  return text;
}
