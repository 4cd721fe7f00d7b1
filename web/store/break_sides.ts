/**
 * Loads what both sides of a break's pair say, field by field, with what we expect ourselves and how far apart they
 * may be.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { compare } from "../../shared/trade/decimal.ts";

export interface ComparedField {
  /** A column of the trade. */
  readonly field: string;
  /** Null: this side does not state it, or is not there. */
  readonly book: string | null;
  readonly street: string | null;
  /** What we make of it ourselves, where we do. */
  readonly expected: string | null;
  /** Null: there is nothing to compare. */
  readonly is_equal: boolean | null;
  /** The break that is open on it, or the one asked for; null: none, so that a difference is within its tolerance. */
  readonly break_id: number | null;
  /** The side that is not as expected. */
  readonly differs: "book" | "street" | "both" | null;
}

/** What the break was measured with, in force on the trade date. */
export interface UsedTolerance {
  readonly absolute: string | null;
  readonly percent: string | null;
  readonly ticks: string | null;
  readonly valid_from: string;
}

export interface BreakSides {
  readonly fields: readonly ComparedField[];
  readonly tolerance: UsedTolerance | null;
}

const NUMBERS = ["quantity", "price", "brokerage_fee", "clearing_fee", "exchange_fee"];
export const COMPARED_FIELDS = [
  "instrument",
  "side",
  "quantity",
  "price",
  "currency",
  "counterparty",
  "trade_date",
]
  .concat("settlement_date", "brokerage_fee", "clearing_fee", "exchange_fee");

const SIDES = `
  select ${
  COMPARED_FIELDS.map((field) => `t.${field} as book_${field}, e.${field} as street_${field}`).join(", ")
},
    t.expected_settlement_date, w.absolute, w.percent, w.ticks, w.valid_from,
    (select jsonb_agg(jsonb_build_object('id', x.id, 'field', x.field, 'book', x.book, 'street', x.street,
        'expected', x.expected, 'differs', x.differs) order by (x.id = b.id) desc, x.id)
      from breaks x where x.pair_key = b.pair_key and x.field is not null
        and (x.closed_at is null or x.id = b.id)) as found
  from breaks b
    left join pairs p on p.pair_key = b.pair_key
    left join trades t on t.trade_id = coalesce(p.trade_id, b.trade_id)
    left join executions e on e.broker = p.broker and e.trade_date = coalesce(p.effective_date, p.street_trade_date)
      and e.exec_id = coalesce(p.effective_id, p.exec_id)
    left join tolerances w on w.id = b.tolerance_id
  where b.id = $1`;

export interface FoundBreak
  extends Pick<ComparedField, "field" | "book" | "street" | "expected" | "differs"> {
  readonly id: number;
}

/** Empty, if there is no such break. */
export async function loadBreakSides(session: Session, id: string): Promise<BreakSides> {
  const [row] = await session.query<Record<string, unknown>>(SIDES, [id]);
  if (row === undefined) return { fields: [], tolerance: null };
  const found = (row.found ?? []) as FoundBreak[];
  const others = [...new Set(found.map(({ field }) => field))].filter((field) =>
    !COMPARED_FIELDS.includes(field)
  );
  const fields = [...others, ...COMPARED_FIELDS].map((field) => toComparedField(field, row, found));
  const { absolute, percent, ticks, valid_from } = row as unknown as UsedTolerance;
  return {
    fields: fields.filter(({ book, street }) => book !== null || street !== null),
    tolerance: valid_from === null ? null : { absolute, percent, ticks, valid_from },
  };
}

export function toComparedField(
  field: string,
  row: Record<string, unknown>,
  found: readonly FoundBreak[],
): ComparedField {
  const own = found.find((other) => other.field === field);
  const said = (side: "book" | "street") => row[`${side}_${field}`] as string | null | undefined;
  const book = said("book") ?? own?.book ?? null;
  const street = said("street") ?? own?.street ?? null;
  const ours = field === "settlement_date" ? row.expected_settlement_date as string | null : null;
  return {
    field,
    book,
    street,
    expected: own?.expected ?? ours ?? null,
    is_equal: book === null || street === null ? null : isEqual(field, book, street),
    break_id: own?.id ?? null,
    differs: own?.differs ?? null,
  };
}

function isEqual(field: string, book: string, street: string): boolean {
  return NUMBERS.includes(field) ? compare(book, street) === 0 : book === street;
}
