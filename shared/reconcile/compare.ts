/**
 * What the two sides of one trade say, and where they differ. A field is compared only where both sides state it.
 *
 * @module
 */

import { feesOf } from "../trade/fees.ts";
import type { AssetClass, Side } from "../trade/trade.ts";
import { sameCounterparty, sameCurrency, sameInstrument } from "./identity.ts";
import { isBeyond, type Tolerance, toleranceFor, type ToleratedField } from "./tolerance.ts";

/** A live booking. Amounts are decimal text, days ISO. */
export interface BookSide {
  readonly assetClass: AssetClass;
  readonly tradeDate: string;
  readonly instrument: string;
  readonly side: Side;
  readonly quantity: string;
  readonly price: string;
  readonly currency: string;
  readonly counterparty: string;
  readonly settlementDate: string;
  readonly brokerageFee: string;
  readonly clearingFee: string;
  readonly exchangeFee: string;
  /** By our own calendars; null where they do not know the market. */
  readonly expectedSettlementDate: string | null;
  /** What our own fees are counted on. */
  readonly notionalUsd: string;
}

/** A live execution with its corrections; null where the street does not say. */
export interface StreetSide {
  readonly instrument: string;
  readonly side: Side;
  readonly quantity: string;
  readonly price: string;
  readonly currency: string | null;
  readonly counterparty: string;
  readonly settlementDate: string | null;
  readonly brokerageFee: string | null;
  readonly clearingFee: string | null;
  readonly exchangeFee: string | null;
}

/** Types of a pair whose sides are both live. */
export const COMPARED_TYPES = [
  "side",
  "instrument",
  "quantity",
  "price",
  "counterparty",
  "currency",
  "settlement_date",
  "fees",
] as const;

/** The book and the street say different things. */
export interface Difference {
  readonly type: typeof COMPARED_TYPES[number] | "bust" | "duplicate";
  /** The columns of the trade that differ, separated by commas; null where a whole side is meant. */
  readonly field: string | null;
  /** The values of those columns in the same order. */
  readonly book: string | null;
  readonly street: string | null;
  /** What we make of it ourselves: our own date or fees; null where we have no view. */
  readonly expected: string | null;
  /** Which side is not as expected; null where nothing was. */
  readonly differs: "book" | "street" | "both" | null;
  /** The version of the tolerance that was not kept; null where the field has none. */
  readonly toleranceId: string | null;
}

/** What a comparison depends on besides the two sides. */
export interface Rules {
  readonly tolerances: readonly Tolerance[];
  /** The instrument's tick size; null where it is unknown. */
  readonly tickOf: (instrument: string) => string | null;
}

/** Exact fields in the order in which a verdict names them. */
const EXACT: readonly {
  readonly type: "side" | "instrument" | "counterparty" | "currency" | "settlement_date";
  readonly of: "side" | "instrument" | "counterparty" | "currency" | "settlementDate";
  readonly same: (book: BookSide, street: string) => boolean;
}[] = [
  { type: "side", of: "side", same: ({ side }, street) => side === street },
  {
    type: "instrument",
    of: "instrument",
    same: ({ instrument }, street) => sameInstrument(instrument, street),
  },
  {
    type: "counterparty",
    of: "counterparty",
    same: ({ counterparty }, street) => sameCounterparty(counterparty, street),
  },
  { type: "currency", of: "currency", same: sameCurrency },
  {
    type: "settlement_date",
    of: "settlementDate",
    same: ({ settlementDate }, street) => settlementDate === street,
  },
];

const UNEXPECTED = { expected: null, differs: null, toleranceId: null } as const;

const FEES = [
  { field: "brokerage_fee", of: "brokerageFee", fee: "brokerage" },
  { field: "clearing_fee", of: "clearingFee", fee: "clearing" },
  { field: "exchange_fee", of: "exchangeFee", fee: "exchange" },
] as const;

/** Null where neither does: each is within its tolerance of what we expect. */
function sideThatDiffers(book: boolean, street: boolean): Difference["differs"] {
  if (book && street) return "both";
  return book ? "book" : street ? "street" : null;
}

/** Differences between two live sides, in one order whatever differs. */
export function compare(book: BookSide, street: StreetSide, rules: Rules): Difference[] {
  return [
    ...EXACT.flatMap(({ type, of, same }): Difference[] => {
      const said = street[of];
      if (said === null || same(book, said)) return [];
      const expected = of === "settlementDate" ? book.expectedSettlementDate : null;
      const differs = expected === null ? null : sideThatDiffers(book[of] !== expected, said !== expected);
      return [{ ...UNEXPECTED, type, field: type, book: book[of], street: said, expected, differs }];
    }),
    ...compareAmount("quantity", book, book.quantity, street.quantity, rules),
    ...compareAmount("price", book, book.price, street.price, rules),
    ...compareFees(book, street, rules),
  ];
}

function compareAmount(
  field: "quantity" | "price",
  book: BookSide,
  ours: string,
  theirs: string,
  rules: Rules,
): Difference[] {
  const beyond = exceeded(field, book, ours, theirs, rules);
  return beyond === null ? [] : [{
    ...UNEXPECTED,
    type: field,
    field,
    book: ours,
    street: theirs,
    toleranceId: beyond.toleranceId,
  }];
}

/** One break for all fees, since their schedule is one: the components that differ, each with both values. */
function compareFees(book: BookSide, street: StreetSide, rules: Rules): Difference[] {
  const isBeyondIn = (field: ToleratedField) => (ours: string, theirs: string) =>
    exceeded(field, book, ours, theirs, rules);
  const wrong = FEES.flatMap(({ field, of, fee }) => {
    const said = street[of];
    const beyond = said === null ? null : isBeyondIn(field)(book[of], said);
    return beyond === null ? [] : [{ field, fee, book: book[of], street: said!, ...beyond }];
  });
  if (wrong.length === 0) return [];
  const ours = feesOf(book.assetClass, book.quantity, book.notionalUsd);
  const isOff = (side: "book" | "street") =>
    wrong.some((one) => isBeyondIn(one.field)(ours[one.fee], one[side]) !== null);
  return [{
    type: "fees",
    field: wrong.map(({ field }) => field).join(", "),
    book: wrong.map(({ book }) => book).join(", "),
    street: wrong.map(({ street }) => street).join(", "),
    expected: wrong.map(({ fee }) => ours[fee]).join(", "),
    differs: sideThatDiffers(isOff("book"), isOff("street")),
    toleranceId: wrong[0]!.toleranceId,
  }];
}

/** Null where the two are within their tolerance. */
export function exceeded(
  field: ToleratedField,
  { assetClass, counterparty, tradeDate, instrument }: Pick<
    BookSide,
    "assetClass" | "counterparty" | "tradeDate" | "instrument"
  >,
  ours: string,
  theirs: string,
  { tolerances, tickOf }: Rules,
): { readonly toleranceId: string | null } | null {
  const tolerance = toleranceFor(tolerances, { field, assetClass, counterparty, tradeDate });
  if (!isBeyond(ours, theirs, tolerance, tickOf(instrument))) return null;
  return { toleranceId: tolerance?.id ?? null };
}
