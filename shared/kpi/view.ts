/**
 * What a board shows: a range of time and up to four filters, as its address says it. The page, the API and the
 * links behind a chart's slices read and write it here, so that one address means the same everywhere.
 *
 * @module
 */

/** `all`: every stored trade, with the last hour over time. `today` and `date` are trade dates. */
export const RANGES = ["all", "5m", "1h", "today", "date"] as const;
export type Range = typeof RANGES[number];

export interface View {
  readonly range: Range;
  /** The trade date of range `date`; null with every other range. */
  readonly date: string | null;
  readonly assetClass: string | null;
  readonly counterparty: string | null;
  readonly status: string | null;
  readonly venue: string | null;
}

export const WHOLE: View = {
  range: "all",
  date: null,
  assetClass: null,
  counterparty: null,
  status: null,
  venue: null,
};

export const RANGE_NAMES: Record<Range, string> = {
  all: "All stored",
  "5m": "5 min",
  "1h": "1 hour",
  today: "Today",
  date: "Date",
};

const FILTERS = ["assetClass", "counterparty", "status", "venue"] as const;

/** True when the stream alone carries what this view shows. */
export function isWhole(view: View): boolean {
  return view.range === "all" && FILTERS.every((name) => view[name] === null);
}

/** The view as an address says it, without what it leaves open: ``, or `?range=1h&assetClass=fx`. */
export function toQuery(view: View): string {
  const params = new URLSearchParams();
  if (view.range === "date" && view.date !== null) params.set("date", view.date);
  else if (view.range !== "all") params.set("range", view.range);
  for (const name of FILTERS) if (view[name] !== null) params.set(name, view[name]);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** What one slice of a chart stands for, in the words of `/trades`. */
export interface Slice {
  readonly assetClass?: string;
  readonly counterparty?: string;
  readonly status?: string;
  readonly venue?: string;
  readonly side?: string;
}

/**
 * The address of the trades behind a slice of a view.
 *
 * @param asOf The day that `today` is.
 */
export function toTradesAddress(view: View, asOf: string, slice: Slice = {}): string {
  const params = new URLSearchParams();
  const day = view.range === "date" ? view.date : view.range === "today" ? asOf.slice(0, 10) : null;
  if (day !== null) params.set("from", day);
  if (day !== null) params.set("to", day);
  for (const name of FILTERS) {
    const value = slice[name] ?? view[name];
    if (value !== null) params.set(name, value);
  }
  if (slice.side !== undefined) params.set("side", slice.side);
  const query = params.toString();
  return query === "" ? "/trades" : `/trades?${query}`;
}

/** What the figures of a view count, in words: `all stored trades`, `FX of Citi, traded on 2026-11-23`. */
export function toScope(view: View, asOf: string, nameOf: (code: string) => string): string {
  const { assetClass, counterparty, status, venue } = view;
  const parts = [
    assetClass && nameOf(assetClass),
    status && nameOf(status).toLowerCase(),
    counterparty && `of ${counterparty}`,
    venue && `at ${venue}`,
  ].filter((part) => part !== null);
  return [...parts.length > 0 ? [parts.join(" ")] : [], toRangeWords(view, asOf)].join(", ");
}

function toRangeWords({ range, date }: View, asOf: string): string {
  switch (range) {
    case "5m":
      return "booked in the last 5 min";
    case "1h":
      return "booked in the last hour";
    case "today":
      return `traded on ${asOf.slice(0, 10)}`;
    case "date":
      return `traded on ${date}`;
    case "all":
      return "all stored trades";
  }
}
