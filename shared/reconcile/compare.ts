/**
 * The rule of reconciliation: what the two sides of a pair say, and which breaks follow. Pure: the same pair
 * always gives the same verdict, so a replay or a second look changes nothing.
 *
 * @module
 */

import Big from "big.js";

/** One side of a pair; null where that side is absent or cancelled. Prices and quantities are decimal text. */
export interface PairSide {
  readonly quantity: string;
  readonly price: string;
}

/** The book and the street say different things of one field. */
export interface Difference {
  readonly type: "price" | "quantity" | "bust";
  /** The column of the trade that differs. */
  readonly field: string;
  readonly book: string;
  readonly street: string;
}

/** Types that `judge` opens itself. */
const JUDGED: ReadonlySet<string> = new Set(["price", "quantity", "bust"]);

/** Compared in this order, so that a verdict always reads the same. */
const COMPARED = ["price", "quantity"] as const;

/**
 * Differences between two live sides. The tolerance is zero, as for a fill's own price and quantity;
 * `98.40` and `98.4` are equal.
 */
export function compare(book: PairSide, street: PairSide): Difference[] {
  return COMPARED
    .filter((field) => !new Big(book[field]).eq(new Big(street[field])))
    .map((field) => ({ type: field, field, book: book[field], street: street[field] }));
}

/** An open break of the pair, as far as the verdict needs it. */
export interface OpenBreak {
  readonly id: string;
  readonly version: string;
  readonly type: string;
}

export interface Pair {
  readonly book: PairSide | null;
  /** Null also when the execution was busted. */
  readonly street: PairSide | null;
  /** The broker reported the execution and then busted it (ExecType H). */
  readonly busted: boolean;
  readonly open: readonly OpenBreak[];
}

export interface Verdict {
  /** Breaks that hold: to open, or to leave as they are if open with the same values. */
  readonly holds: readonly Difference[];
  /** Open breaks that no longer hold, with the reason in words. */
  readonly closes: readonly { readonly id: string; readonly version: string; readonly reason: string }[];
}

/** The street took the execution back; the book still has it. */
const BUST: Difference = { type: "bust", field: "status", book: "booked", street: "busted" };

/** Judges one pair from both its sides and the breaks now open on it. Only the sweep opens `missing_*`. */
export function judge({ book, street, busted, open }: Pair): Verdict {
  const holds = book && street ? compare(book, street) : book && busted ? [BUST] : [];
  const closes = open.flatMap(({ id, version, type }) => {
    const reason = reasonToClose(type, { book, street, busted }, holds);
    return reason === null ? [] : [{ id, version, reason }];
  });
  return { holds, closes };
}

function reasonToClose(
  type: string,
  { book, street, busted }: Omit<Pair, "open">,
  holds: readonly Difference[],
): string | null {
  if (type === "missing_street") {
    if (!book) return "the booking was cancelled";
    return street || busted ? "the execution arrived late" : null;
  }
  if (type === "missing_book") {
    if (busted) return "the execution was busted";
    return book ? "the booking arrived late" : null;
  }
  if (!JUDGED.has(type)) return null;
  if (!book) return "the booking was cancelled";
  if (busted && type !== "bust") return "the execution was busted";
  return holds.some((difference) => difference.type === type) ? null : "both sides now agree";
}
