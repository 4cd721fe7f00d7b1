/**
 * What the board shows beside the key figures: the numbers behind those of its charts that no total tells. They
 * change more slowly than the figures and cost more to ask for, so they travel on their own.
 *
 * @module
 */

/** Upper bounds of the ages in which open breaks are counted, in seconds; the last group has none. */
export const AGE_LIMITS_SECONDS = [900, 3_600, 14_400, 86_400] as const;

/** Open breaks of one type with one counterparty. */
export interface BreakGroup {
  readonly type: string;
  /** Null: the execution or booking names none. */
  readonly counterparty: string | null;
  readonly breaks: number;
  /** Of their trades, USD as decimal text. */
  readonly notional: string;
  readonly oldest: string;
}

/** Breaks that opened and that closed in one bucket of the window. */
export interface BreakFlow {
  readonly at: string;
  readonly opened: number;
  readonly closed: number;
}

/** Trades of one counterparty in one asset class, and how many of them have an open break. */
export interface Match {
  readonly counterparty: string;
  readonly assetClass: string;
  readonly trades: number;
  readonly broken: number;
}

/** What settles on one value date, USD as decimal text. */
export interface ValueDate {
  readonly date: string;
  readonly trades: number;
  readonly bought: string;
  readonly sold: string;
}

/** What of a counterparty's limit is used, USD as decimal text; null: there is no limit. */
export interface LimitUse {
  readonly counterparty: string;
  readonly used: string;
  readonly warn: string | null;
  readonly breach: string | null;
}

/** From Kafka append to commit, milliseconds, of the records of one minute. */
export interface Latency {
  readonly at: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** Orders that went from one state to the next. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly orders: number;
}

/** Trades of one asset class of which a confirmation came, by whether it was affirmed before its market's cut-off. */
export interface Affirmation {
  readonly assetClass: string;
  readonly inTime: number;
  readonly late: number;
  readonly waiting: number;
  readonly rejected: number;
}

/** The same stretch of time now and a day before; amounts are USD as decimal text. */
export interface Comparison {
  /** What both stretches are: `today so far`, `the last hour`. */
  readonly stretch: string;
  readonly trades: readonly [now: number, before: number];
  readonly notional: readonly [now: string, before: string];
  /** Open breaks, now and at this time of the day before. */
  readonly breaks: readonly [now: number, before: number];
}

export interface Panels {
  readonly asOf: string;
  /** Those with the most at risk, the largest first. */
  readonly breakGroups: readonly BreakGroup[];
  /** By type: open breaks in each age group. */
  readonly breakAges: Readonly<Record<string, readonly number[]>>;
  readonly breakFlow: readonly BreakFlow[];
  readonly matches: readonly Match[];
  /** From the oldest value date that is still open. */
  readonly ladder: readonly ValueDate[];
  readonly limits: readonly LimitUse[];
  readonly affirmations: readonly Affirmation[];
  readonly latency: readonly Latency[];
  readonly lag: readonly PartitionLag[];
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly flow: readonly Flow[];
  /** Null: what a filter leaves over has no comparison. */
  readonly comparison: Comparison | null;
}
