/**
 * Reads a record of the topic `trades`: bytes to one version of one trade, or to the reason why not. It takes
 * our own shape and that of the demo systems' producers, and it never throws.
 *
 * @module
 */

import { isNegative, isZero, readAmount } from "./decimal.ts";
import type { Instant } from "./instant.ts";
import { multiplyByRate, rateOf, type UsdRate } from "./rates.ts";
import {
  FieldError,
  hasField,
  type JsonRecord,
  readAmountField,
  readChoice,
  readCurrency,
  readDate,
  readFlag,
  readOpenWord,
  readText,
  readTimestamp,
  readVersion,
  wordOf,
} from "./read_field.ts";
import type { AssetClass, EventType, Rejected, SettlementStatus, Side, Stage, Trade } from "./trade.ts";
import { TRADE_FIELD_NAMES, TRADE_FIELDS } from "./trade_fields.ts";

/** A trade is under a kilobyte; what is far beyond it is a mistake, and not worth parsing. */
const RECORD_BYTES_MAX = 65_536;
const AMOUNT_NAMES = TRADE_FIELD_NAMES.filter((name) => TRADE_FIELDS[name].kind === "amount");
const AMOUNT_NAME_SET: ReadonlySet<string> = new Set(AMOUNT_NAMES);
const REPORTED_BREAK = /^\s*break(?:[\s_:–-]+(.*))?$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function readTrade(value: Uint8Array): { readonly kind: "trade"; readonly trade: Trade } | Rejected {
  if (value.length === 0) return rejected("empty", "Cannot read a trade: the record is empty");
  if (value.length > RECORD_BYTES_MAX) {
    const bounds = `${value.length} bytes are more than ${RECORD_BYTES_MAX}`;
    return rejected("too_large", `Cannot read a trade: ${bounds}`);
  }
  const text = decode(value);
  if (text === null) return rejected("utf8", "Cannot read a trade: the record is not UTF-8");
  try {
    const record = parse(text);
    if (record === null) return rejected("not_object", "Cannot read a trade: the record is no JSON object");
    return { kind: "trade", trade: toTrade(record) };
  } catch (error) {
    if (error instanceof FieldError) return rejected(error.code, error.message);
    // JSON.parse throws a SyntaxError, and a RangeError where the nesting is too deep for its stack.
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return rejected("json", `Cannot read a trade: the record is not JSON (${problemOf(error)})`);
    }
    throw error;
  }
}

function decode(value: Uint8Array): string | null {
  try {
    return utf8.decode(value);
  } catch {
    return null;
  }
}

/** Amounts sent as JSON numbers are parsed again, to have their own text: a float would change some of them. */
function parse(text: string): JsonRecord | null {
  const record = JSON.parse(text);
  if (typeof record !== "object" || record === null || Array.isArray(record)) return null;
  if (AMOUNT_NAMES.every((name) => typeof record[name] !== "number")) return record;
  return JSON.parse(text, sourceOfAmounts);
}

/** ECMAScript's JSON.parse with source text access: the third argument is the value as it was written. */
function sourceOfAmounts(name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && AMOUNT_NAME_SET.has(name) ? context!.source : value;
}

function toTrade(record: JsonRecord): Trade {
  const tradeId = readText(record, "trade_id");
  const timestamp = readTimestamp(record, "timestamp");
  const assetClass = readChoice<AssetClass>(record, "asset_class");
  const { stage, eventType, reportedBreak } = readLife(record);
  const currency = hasField(record, "currency") ? readCurrency(record, "currency") : "USD";
  const notionalValue = readAmountField(record, "notional_value");
  const price = readAmountField(record, "price");
  checkSign(assetClass, price, notionalValue);
  const tradeDate = readDate(record, "trade_date");
  const rate = rateOf(currency, tradeDate);
  return {
    tradeId,
    version: versionOf(record, timestamp),
    eventType,
    execId: hasField(record, "exec_id") ? readText(record, "exec_id") : null,
    orderId: hasField(record, "order_id") ? readText(record, "order_id") : null,
    assetClass,
    instrument: readText(record, "instrument"),
    side: readChoice<Side>(record, "side"),
    quantity: readQuantity(record),
    price,
    currency,
    notionalValue,
    notionalUsd: notionalInUsd(notionalValue, rate),
    usdRate: rate.rate,
    usdRateAsOf: rate.asOf,
    counterparty: readText(record, "counterparty"),
    stage,
    reportedBreak,
    settlementVenue: readText(record, "settlement_venue"),
    tradeDate,
    settlementDate: readDate(record, "settlement_date"),
    brokerageFee: readAmountField(record, "brokerage_fee"),
    clearingFee: readAmountField(record, "clearing_fee"),
    exchangeFee: readAmountField(record, "exchange_fee"),
    totalFees: readAmountField(record, "total_fees"),
    priority: readOpenWord(record, "priority"),
    stpEligible: readFlag(record, "stp_eligible"),
    timestamp: timestamp.text,
    processedBy: readText(record, "processed_by"),
    ...readSettlement(record),
  };
}

function readSettlement(
  record: JsonRecord,
): Pick<Trade, "settlementStatus" | "settlementReason" | "settledQuantity"> {
  const settledQuantity = hasField(record, "settled_quantity")
    ? readAmountField(record, "settled_quantity")
    : null;
  if (settledQuantity !== null && isNegative(settledQuantity)) {
    throw new FieldError("out_of_range", "settled_quantity", "must not be negative", settledQuantity);
  }
  return {
    settlementStatus: hasField(record, "settlement_status")
      ? readChoice<SettlementStatus>(record, "settlement_status")
      : null,
    settlementReason: hasField(record, "settlement_reason") ? readText(record, "settlement_reason") : null,
    settledQuantity,
  };
}

function versionOf(record: JsonRecord, timestamp: Instant): number {
  return hasField(record, "version") ? readVersion(record, "version") : timestamp.epochMicros;
}

/** Stage and event: a cancelled status and a cancelled event each imply the other. */
function readLife(record: JsonRecord): Pick<Trade, "stage" | "eventType" | "reportedBreak"> {
  const { stage, reportedBreak } = readStatus(record);
  const eventType = hasField(record, "event_type") ? readChoice<EventType>(record, "event_type") : null;
  if (stage === "cancelled" || eventType === "cancelled") {
    return { stage: "cancelled", eventType: "cancelled", reportedBreak };
  }
  const isFirst = !hasField(record, "version") || readVersion(record, "version") <= 1;
  return { stage, eventType: eventType ?? (isFirst ? "booked" : "status"), reportedBreak };
}

function readStatus(record: JsonRecord): { stage: Stage; reportedBreak: string | null } {
  const text = readText(record, "status");
  const stage = wordOf("status", text);
  if (stage !== undefined) return { stage: stage as Stage, reportedBreak: null };
  const report = REPORTED_BREAK.exec(text);
  if (report === null) {
    const stages = "must be a stage of a trade or `Break - …`";
    throw new FieldError("unknown_status", "status", stages, text);
  }
  return { stage: "confirmed", reportedBreak: report[1]?.trim() || "Unspecified" };
}

function readQuantity(record: JsonRecord): string {
  const quantity = readAmountField(record, "quantity");
  if (isNegative(quantity)) {
    throw new FieldError("negative_quantity", "quantity", "must be more than 0", quantity);
  }
  if (isZero(quantity)) throw new FieldError("out_of_range", "quantity", "must be more than 0", quantity);
  return quantity;
}

/** Futures have traded below zero (crude oil at -37.63 on 2020-04-20); shares, bonds and currencies cannot. */
function checkSign(assetClass: AssetClass, price: string, notionalValue: string): void {
  const mayBeNegative = assetClass === "derivative" || assetClass === "commodity";
  if (isNegative(price) && !mayBeNegative) {
    throw new FieldError("out_of_range", "price", `must not be negative for ${assetClass}`, price);
  }
  if (isNegative(notionalValue) && !isNegative(price)) {
    const rule = "must not be negative while the price is not";
    throw new FieldError("out_of_range", "notional_value", rule, notionalValue);
  }
}

function notionalInUsd(notionalValue: string, rate: UsdRate): string {
  const usd = multiplyByRate(notionalValue, rate);
  if (readAmount(usd).kind === "amount") return usd;
  throw new FieldError("out_of_range", "notional_value", "must stay within 20 digits in USD", notionalValue);
}

function rejected(code: string, text: string): Rejected {
  return { kind: "rejected", code, text };
}

/** V8 quotes the source in its message, whatever characters that has: keep it short and printable. */
function problemOf(error: Error): string {
  return JSON.stringify(error.message.slice(0, 80)).slice(1, -1);
}
