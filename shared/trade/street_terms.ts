/**
 * Money and settlement as the street states them: commission and fees, gross and net amounts, and the day.
 *
 * @module
 */

import { readDate, readDecimal } from "../fix/mod.ts";
import { add, multiply, normalAmount } from "./decimal.ts";
import { type IsBusinessDay, isWeekday } from "./settlement.ts";
import type { StatedFee, StreetTerms } from "./street.ts";

/** Where the fields of one level of a message are read from. */
export interface Level {
  text(tag: number): string | undefined;
  group(countTag: number): readonly Level[];
}

/** MiscFeeType (139) as the three fees of a booking; a broker may use another for clearing. */
export interface FeeTypes {
  readonly exchange: string;
  readonly clearing: string;
}

export const STANDARD_FEE_TYPES: FeeTypes = { exchange: "4", clearing: "7" };

/** One that a sum writes as it stands, but for zeros at its end. */
const PLAIN_AMOUNT = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const PER_UNIT = "1";
const PERCENTAGE = "2";
const ABSOLUTE = "3";
/** SettlType (63) to business days after the trade; 0 is the market's own cycle, the others need a date. */
const DAYS_BY_SETTL_TYPE: ReadonlyMap<string, number> = new Map([
  ["1", 0],
  ["2", 1],
  ["3", 2],
  ["4", 3],
  ["5", 4],
  ["9", 5],
]);

/**
 * @param quantity What the commission is counted on, and the gross amount where none is stated.
 * @throws {FieldError} If an amount or date that is there cannot be read.
 */
export function readTerms(
  level: Level,
  quantity: string | null,
  price: string | null,
  tradeDate: string | null,
  types: FeeTypes = STANDARD_FEE_TYPES,
): StreetTerms {
  const stated = amount(level, 381);
  const fees = level.group(136).flatMap((fee): StatedFee[] => {
    const value = amount(fee, 137);
    return value === null ? [] : [{
      type: plain(fee.text(139)) ?? "",
      amount: value,
      currency: plain(fee.text(138)) ?? null,
    }];
  });
  return {
    grossAmount: stated,
    netAmount: amount(level, 118),
    accruedInterest: amount(level, 159),
    settlementDate: readSettlementDate(level, tradeDate),
    brokerageFee: brokerage(level, quantity, price, stated),
    exchangeFee: sumOf(fees, types.exchange),
    clearingFee: sumOf(fees, types.clearing),
    otherFees: fees.filter(({ type }) => type !== types.exchange && type !== types.clearing),
  };
}

/** SettlDate (64), else the days that SettlType (63) names, else null: then the market's cycle decides. */
export function readSettlementDate(
  level: Level,
  tradeDate: string | null,
  isBusinessDay: IsBusinessDay = isWeekday,
): string | null {
  const text = level.text(64);
  if (text !== undefined && text !== "") return readDate(64, text);
  const days = DAYS_BY_SETTL_TYPE.get(level.text(63) ?? "");
  if (days === undefined || tradeDate === null) return null;
  let day = Temporal.PlainDate.from(tradeDate);
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    if (isBusinessDay(day)) left--;
  }
  return day.toString();
}

/**
 * Commission (12) by CommType (13). Of a percentage FIX says: "Commission of 5% should be represented as .05".
 * Null for the kinds that name no fee of this trade: waived, points per bond.
 */
function brokerage(
  level: Level,
  quantity: string | null,
  price: string | null,
  stated: string | null,
): string | null {
  const commission = amount(level, 12);
  if (commission === null) return null;
  const type = level.text(13) ?? ABSOLUTE;
  if (type === ABSOLUTE) return commission;
  if (type === PER_UNIT) return quantity === null ? null : multiply(commission, quantity);
  if (type !== PERCENTAGE) return null;
  if (stated !== null) return multiply(commission, stated);
  return quantity === null || price === null ? null : multiply(commission, quantity, price);
}

function sumOf(fees: readonly StatedFee[], type: string): string | null {
  const amounts = fees.filter((fee) => fee.type === type).map((fee) => fee.amount);
  if (amounts.length === 0) return null;
  const [only] = amounts;
  return amounts.length === 1 && PLAIN_AMOUNT.test(only!) ? normalAmount(only!) : add(...amounts);
}

/** PostgreSQL's text holds no NUL. */
function plain(text: string | undefined): string | undefined {
  return text?.replaceAll("\0", "?");
}

function amount(level: Level, tag: number): string | null {
  const text = level.text(tag);
  return text === undefined || text === "" ? null : readDecimal(tag, text);
}
