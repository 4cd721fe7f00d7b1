/**
 * Query parameters, checked: what is misspelt or out of range is refused, never ignored, because an ignored filter
 * answers with the wrong trades.
 *
 * @module
 */

import { z } from "zod";
import { SORT_WORDS } from "../components/trades/sorts.ts";
import { readInstant } from "../../shared/trade/instant.ts";
import { TRADE_FIELDS } from "../../shared/trade/trade_fields.ts";
import { ASSET_CLASSES, type AssetClass, STAGES } from "../../shared/trade/trade.ts";
import { BadRequestError } from "./problem.ts";

const PAGE_ROWS = 50;
export const PAGE_ROWS_MAX = 500;
const TEXT_LENGTH_MAX = 200;
const CURSOR_LENGTH_MAX = 4_000;

export const BREAK_TYPES = [
  "price",
  "quantity",
  "side",
  "instrument",
  "counterparty",
  "settlement_date",
  "currency",
]
  .concat("fees", "missing_book", "missing_street", "duplicate", "late", "allocation", "bust", "unaffirmed")
  .concat("settlement_fail", "reported");

// PostgreSQL's text cannot hold NUL.
export const text = z.string().min(1).max(TEXT_LENGTH_MAX).refine(
  (value) => !value.includes("\0"),
  "holds a NUL",
);
export const day = z.iso.date("must be a date such as 2026-11-23");
const instant = z.string().transform((value, context) => {
  const read = readInstant(value);
  if (read !== null) return read.text;
  context.addIssue({ code: "custom", message: "must be an instant such as 2026-11-23T14:30:05.125Z" });
  return z.NEVER;
});
export const oneOf = (words: readonly string[]) =>
  z.string().toLowerCase().refine((word) => words.includes(word), `must be one of ${words.join(", ")}`);
const oneOfExactly = (words: readonly string[]) =>
  z.string().refine((word) => words.includes(word), `must be one of ${words.join(", ")}`);
// It holds a value of the row, whose length is the source's.
const cursor = z.string().min(1).max(CURSOR_LENGTH_MAX);
export const limit = z.string().regex(/^\d{1,9}$/, `must be a whole number from 1 to ${PAGE_ROWS_MAX}`)
  .transform(Number)
  .refine((rows) => rows >= 1 && rows <= PAGE_ROWS_MAX, `must be a whole number from 1 to ${PAGE_ROWS_MAX}`)
  .default(PAGE_ROWS);

export const isOrdered = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to;
export const ORDER_FAULT = { message: "must not lie after to", path: ["from"] };

export const KPI_QUERY = z.strictObject({ from: day.optional(), to: day.optional() })
  .refine(isOrdered, ORDER_FAULT);

export const TRADE_QUERY = z.strictObject({ asOf: instant.optional() });

const TRADE_FILTER = {
  /** A whole trade, order or execution id, or a part of an instrument. */
  q: text.optional(),
  tradeId: text.optional(),
  execId: text.optional(),
  orderId: text.optional(),
  assetClass: oneOf(ASSET_CLASSES).optional(),
  counterparty: text.optional(),
  status: oneOf([...STAGES, "break"]).optional(),
  stage: oneOf(STAGES).optional(),
  instrument: text.optional(),
  side: oneOf(["buy", "sell"]).optional(),
  venue: text.optional(),
  currency: text.optional(),
  from: day.optional(),
  to: day.optional(),
  settlesFrom: day.optional(),
  settlesTo: day.optional(),
  sort: oneOfExactly(SORT_WORDS).optional(),
};

export const TRADES_QUERY = z.strictObject({
  ...TRADE_FILTER,
  limit,
  cursor: cursor.optional(),
  /** The other way: the rows that end right before this place. */
  before: cursor.optional(),
  /** From 0 to 1: about this far down the list. */
  at: z.coerce.number().min(0).max(1).optional(),
  /** Answer with how many there are, too. */
  count: z.enum(["true", "false"], "must be true or false").optional(),
}).refine(isOrdered, ORDER_FAULT)
  .refine(({ settlesFrom, settlesTo }) => isOrdered({ from: settlesFrom, to: settlesTo }), {
    message: "must not lie after settlesTo",
    path: ["settlesFrom"],
  })
  .refine(
    ({ cursor, before, at }) => [cursor, before, at].filter((place) => place !== undefined).length <= 1,
    {
      message: "goes without before and at",
      path: ["cursor"],
    },
  );

export const TRADES_CSV_QUERY = z.strictObject(TRADE_FILTER).refine(isOrdered, ORDER_FAULT);

/** As trades spell them, the demo systems' words included. */
const ASSET_CLASS_WORDS: Readonly<Record<string, string>> = TRADE_FIELDS.asset_class.words;

export const SETTLEMENT_QUERY = z.strictObject({
  assetClass: oneOf(Object.keys(ASSET_CLASS_WORDS)).transform((word) =>
    ASSET_CLASS_WORDS[word] as AssetClass
  ),
  instrument: text.or(z.literal("")).optional(),
  venue: text.or(z.literal("")).optional(),
  tradeDate: day,
});

/** @throws {BadRequestError} With every fault in one text. */
export function readQuery<S extends z.ZodType>(schema: S, params: URLSearchParams): z.output<S> {
  const repeated = [...new Set(params.keys())].filter((name) => params.getAll(name).length > 1);
  if (repeated.length > 0) throw new BadRequestError(`${repeated.join(", ")} may be given only once`);
  const read = schema.safeParse(Object.fromEntries(params));
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `there is no parameter ${issue.keys.join(", ")}`
      : `${issue.path.join(".")} ${lowerFirst(issue.message)}`
  );
  throw new BadRequestError(faults.join("; "));
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
