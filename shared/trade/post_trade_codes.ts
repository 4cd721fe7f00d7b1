/**
 * What the codes of allocation, confirmation and trade capture mean for a trade: one table, which the consumer's SQL,
 * docs/REFERENCE.md and the tests read.
 *
 * @module
 */

/** Why the other side does not agree, or what it lacks. */
export const POST_TRADE_REASONS = [
  "account",
  "settlement_instructions_missing",
  "settlement_instructions_mismatched",
  "price",
  "quantity",
  "commission",
  "calculation",
  "instrument",
  "side",
  "order",
  "execution",
  "counterparty",
  "limit_price",
  "trade_type",
  "not_authorised",
  "intermediary",
  "data",
  "other",
] as const;
export type PostTradeReason = typeof POST_TRADE_REASONS[number];

export const ALLOCATION_STATUSES = ["instructed", "received", "accepted", "rejected"] as const;
export type AllocationStatus = typeof ALLOCATION_STATUSES[number];

/** The broker's own word on its confirmation: it may say itself that it does not match. */
export const CONFIRMATION_STATUSES = ["received", "confirmed", "mismatched"] as const;
export type ConfirmationStatus = typeof CONFIRMATION_STATUSES[number];

/** `unaffirmed` is a trade that could be affirmed and has no answer yet. */
export const AFFIRMATION_STATUSES = ["unaffirmed", "received", "affirmed", "rejected"] as const;
export type AffirmationStatus = typeof AFFIRMATION_STATUSES[number];

/** A value of a FIX field: the status it gives, the reason it names, or both. */
export interface PostTradeCode {
  readonly value: string;
  readonly about: string;
  readonly status?: string;
  readonly reason?: PostTradeReason;
}

export interface PostTradeField {
  readonly tag: number;
  readonly name: string;
  readonly codes: readonly PostTradeCode[];
}

const status = (value: string, status: string, about: string, reason?: PostTradeReason): PostTradeCode =>
  reason === undefined ? { value, about, status } : { value, about, status, reason };
const reason = (value: string, reason: PostTradeReason, about: string): PostTradeCode => ({
  value,
  about,
  reason,
});

/** FIX 4.2, 4.4 and 5.0 SP2; where versions differ, the later one. */
export const POST_TRADE_FIELDS = {
  allocStatus: {
    tag: 87,
    name: "AllocStatus",
    codes: [
      status("0", "accepted", "accepted"),
      status("1", "rejected", "block level reject"),
      status("2", "rejected", "account level reject; partial accept in 4.2", "account"),
      status("3", "received", "received"),
      status("4", "received", "incomplete"),
      status("5", "rejected", "rejected by intermediary", "intermediary"),
      status("6", "received", "allocation pending"),
      status("7", "rejected", "reversed"),
    ],
  },
  allocRejCode: {
    tag: 88,
    name: "AllocRejCode",
    codes: [
      reason("0", "account", "unknown account"),
      reason("1", "quantity", "incorrect quantity"),
      reason("2", "price", "incorrect average price"),
      reason("3", "counterparty", "unknown executing broker mnemonic"),
      reason("4", "commission", "commission difference"),
      reason("5", "order", "unknown OrderID (37)"),
      reason("6", "order", "unknown ListID (66)"),
      reason("7", "other", "other, see Text (58)"),
      reason("8", "quantity", "incorrect allocated quantity"),
      reason("9", "calculation", "calculation difference"),
      reason("10", "execution", "unknown or stale ExecID (17)"),
      reason("11", "data", "mismatched data"),
      reason("12", "order", "unknown ClOrdID (11)"),
      reason("13", "other", "warehouse request rejected"),
      reason("99", "other", "other"),
    ],
  },
  confirmStatus: {
    tag: 665,
    name: "ConfirmStatus",
    codes: [
      status("1", "received", "received"),
      status("2", "mismatched", "mismatched account", "account"),
      status("3", "mismatched", "missing settlement instructions", "settlement_instructions_missing"),
      status("4", "confirmed", "confirmed"),
      status("5", "mismatched", "request rejected", "other"),
    ],
  },
  confirmRejReason: {
    tag: 774,
    name: "ConfirmRejReason",
    codes: [
      reason("1", "account", "mismatched account"),
      reason("2", "settlement_instructions_missing", "missing settlement instructions"),
      reason("99", "other", "other"),
    ],
  },
  affirmStatus: {
    tag: 940,
    name: "AffirmStatus",
    codes: [
      status("1", "received", "received"),
      status("2", "rejected", "confirmation rejected: not affirmed"),
      status("3", "affirmed", "affirmed"),
    ],
  },
  matchStatus: {
    tag: 573,
    name: "MatchStatus",
    codes: [
      status("0", "matched", "compared, matched or affirmed"),
      status("1", "unmatched", "uncompared, unmatched or unaffirmed"),
      status("2", "advisory", "advisory or alert"),
    ],
  },
  trdRptStatus: {
    tag: 939,
    name: "TrdRptStatus",
    codes: [
      status("0", "accepted", "accepted"),
      status("1", "rejected", "rejected"),
      status("3", "accepted", "accepted with errors"),
    ],
  },
  tradeReportRejectReason: {
    tag: 751,
    name: "TradeReportRejectReason",
    codes: [
      { value: "0", about: "successful" },
      reason("1", "counterparty", "invalid party information"),
      reason("2", "instrument", "unknown instrument"),
      reason("3", "not_authorised", "not authorised to report trades"),
      reason("4", "trade_type", "invalid trade type"),
      reason("99", "other", "other"),
    ],
  },
  dkReason: {
    tag: 127,
    name: "DKReason",
    codes: [
      reason("A", "instrument", "unknown symbol"),
      reason("B", "side", "wrong side"),
      reason("C", "quantity", "quantity exceeds order"),
      reason("D", "order", "no matching order"),
      reason("E", "limit_price", "price exceeds limit"),
      reason("F", "calculation", "calculation difference"),
      reason("Z", "other", "other"),
    ],
  },
} as const satisfies Record<string, PostTradeField>;

export type PostTradeFieldName = keyof typeof POST_TRADE_FIELDS;

/** What a code says; of one that no dictionary has, only the reason `other`. */
export function meaningOf(field: PostTradeFieldName, value: string): PostTradeCode {
  const codes: readonly PostTradeCode[] = POST_TRADE_FIELDS[field].codes;
  return codes.find((code) => code.value === value) ??
    { value, about: "not in the standard", reason: "other" };
}
