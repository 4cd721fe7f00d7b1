/**
 * The published description of the topic `trades`: a JSON Schema written from the table that the reader checks by.
 *
 * @module
 */

import { TRADE_FIELDS, type TradeField } from "./trade_fields.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Python's producers send numbers, ours send text; both are read digit by digit. */
const AMOUNT_PATTERN = "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$";
const DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const TIMESTAMP_PATTERN =
  "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?$";
const REPORTED_BREAK_PATTERN = "[Bb][Rr][Ee][Aa][Kk]([ _:–-]+.*)?";
const SAFE_INTEGER_MAX = Number.MAX_SAFE_INTEGER;

/** A record as the demo systems write it: without version, numbers for amounts, their own spellings. */
const DEMO_EXAMPLE: Json = {
  trade_id: "TRD-1A2B3C4D5E6",
  asset_class: "Fixed Income",
  instrument: "US Treasury 10Y",
  side: "BUY",
  quantity: 1000,
  price: 98.41,
  notional_value: 98410.0,
  counterparty: "Goldman Sachs",
  status: "Break - Mismatch",
  settlement_venue: "DTC",
  trade_date: "2026-11-23",
  settlement_date: "2026-11-25",
  brokerage_fee: 19.68,
  clearing_fee: 4.92,
  exchange_fee: 2.95,
  total_fees: 27.55,
  priority: "High",
  stp_eligible: false,
  timestamp: "2026-11-23T14:30:05.125000",
  processed_by: "System",
};

/** JSON Schema 2020-12. What it cannot say, such as a sum or a sign that hangs on another field, the texts do. */
export function tradeSchema(): { readonly [name: string]: Json } {
  const fields = Object.entries<TradeField>(TRADE_FIELDS);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Trade",
    description:
      "One version of one booked trade. Enumerations ignore case; fields not named here are ignored.",
    type: "object",
    required: fields.filter(([, field]) => !field.optional).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, property(field)])),
    examples: [ownExample(), DEMO_EXAMPLE],
  };
}

/** The shape that our own producer sends. */
function ownExample(): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries<TradeField>(TRADE_FIELDS).map(([name, { example }]) => [name, example]),
  );
}

function property(field: TradeField): Json {
  const { type, ...rest } = shapeOf(field);
  const typed = field.optional ? [type, "null"].flat() as Json : type!;
  return { description: field.about, type: typed, ...rest, examples: [field.example] };
}

function shapeOf(field: TradeField): { readonly [name: string]: Json } {
  switch (field.kind) {
    case "text":
      return { type: "string", minLength: 1, maxLength: field.charsMax! };
    case "amount":
      return { type: ["string", "number"], pattern: AMOUNT_PATTERN };
    case "choice":
      return { type: "string", pattern: `^(${wordsOf(field)})$` };
    case "status":
      return { type: "string", pattern: `^(${wordsOf(field)}|${REPORTED_BREAK_PATTERN})$` };
    case "currency":
      return { type: "string", pattern: "^[A-Za-z]{3}$" };
    case "date":
      return { type: "string", pattern: DATE_PATTERN };
    case "timestamp":
      return { type: "string", pattern: TIMESTAMP_PATTERN };
    case "flag":
      return { type: "boolean" };
    case "version":
      return { type: "integer", minimum: 0, maximum: SAFE_INTEGER_MAX };
  }
}

/** JSON Schema has no flag for case: each letter is written as both. */
function wordsOf({ words }: TradeField): string {
  const anyCase = (word: string) => word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
  return Object.keys(words!).map(anyCase).join("|");
}
