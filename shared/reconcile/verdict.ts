/**
 * The verdict on a pair: which breaks follow from what its two sides say, and which open ones no longer do. Pure:
 * the same pair always gets the same verdict, so a replay or a second look changes nothing.
 *
 * @module
 */

import {
  type BookSide,
  compare,
  COMPARED_TYPES,
  type Difference,
  type Rules,
  type StreetSide,
} from "./compare.ts";

/** An open break of the pair, as far as the verdict needs it. */
export interface OpenBreak {
  readonly id: string;
  readonly version: string;
  readonly type: string;
}

/** One half of a pair. `gone` is a cancelled booking or a busted execution. */
export type Half<T> =
  | { readonly state: "absent" }
  | { readonly state: "gone" }
  | { readonly state: "live"; readonly says: T };

export interface Pair {
  readonly book: Half<BookSide>;
  readonly street: Half<StreetSide>;
  /** Of a surplus booking or execution: what it repeats. */
  readonly repeats?: Repeat | null;
  readonly open: readonly OpenBreak[];
}

/** What a surplus side repeats: another booking of the execution, or another execution of the order. */
export interface Repeat {
  readonly side: "book" | "street";
  readonly id: string;
  readonly of: string;
}

export interface Verdict {
  /** Breaks that hold: to open, or to leave as they are if open with the same values. */
  readonly holds: readonly Difference[];
  /** Open breaks that no longer hold, with the reason in words. */
  readonly closes: readonly { readonly id: string; readonly version: string; readonly reason: string }[];
  /** A side came after its grace period: recorded closed, with this reason. */
  readonly late: string | null;
}

/** Types that the verdict opens, and so closes. `missing_*` are opened by the sweep, and closed here. */
const JUDGED: ReadonlySet<string> = new Set([...COMPARED_TYPES, "bust", "duplicate"]);

const LATE_BOOKING = "the booking arrived late";
const LATE_EXECUTION = "the execution arrived late";

export function judge(pair: Pair, rules: Rules): Verdict {
  const holds = holdsOf(pair, rules);
  const closes = pair.open.flatMap(({ id, version, type }) => {
    const reason = reasonToClose(type, pair, holds);
    return reason === null ? [] : [{ id, version, reason }];
  });
  const late = closes.find(({ reason }) => reason === LATE_BOOKING || reason === LATE_EXECUTION);
  return { holds, closes, late: late?.reason ?? null };
}

function holdsOf({ book, street, repeats }: Pair, rules: Rules): Difference[] {
  const found: Difference[] = [];
  if (book.state === "live" && street.state === "live") found.push(...compare(book.says, street.says, rules));
  if (book.state === "live" && street.state === "gone") found.push(bust("booked", "busted"));
  if (book.state === "gone" && street.state === "live") found.push(bust("cancelled", "filled"));
  if (repeats && (repeats.side === "book" ? book : street).state === "live") {
    found.push(duplicate(repeats));
  }
  return found;
}

/** One side took the trade back; the other still has it. */
function bust(book: string, street: string): Difference {
  return { ...UNEXPECTED, type: "bust", field: "status", book, street };
}

function duplicate({ side, id, of }: Repeat): Difference {
  const said = side === "book"
    ? { field: "trade_id", book: id, street: null }
    : { field: "exec_id", book: null, street: id };
  return { ...UNEXPECTED, ...said, type: "duplicate", expected: of, differs: side };
}

const UNEXPECTED = { expected: null, differs: null, toleranceId: null } as const;

function reasonToClose(
  type: string,
  { book, street, repeats }: Pair,
  holds: readonly Difference[],
): string | null {
  if (type.startsWith("missing_") && repeats) return `it repeats ${repeats.of}`;
  if (type === "missing_street") {
    if (street.state !== "absent") return LATE_EXECUTION;
    if (book.state === "live") return null;
    return book.state === "gone" ? "the booking was cancelled" : "the booking answers another execution";
  }
  if (type === "missing_book") {
    if (book.state !== "absent") return LATE_BOOKING;
    return street.state === "gone" ? "the execution was busted" : null;
  }
  if (!JUDGED.has(type) || holds.some((difference) => difference.type === type)) return null;
  if (book.state === "gone" && street.state === "gone") return "both sides were cancelled";
  if (book.state === "gone") return "the booking was cancelled";
  if (street.state === "gone") return "the execution was busted";
  if (book.state === "absent") return "the booking answers another execution";
  return type === "duplicate" ? "it is the only one now" : "both sides now agree";
}
