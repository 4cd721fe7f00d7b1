/**
 * The simulated market: one sequence of fills drives both sides, the broker's FIX messages and the fund's
 * bookings. Pure: the same options make the same tape, byte for byte, one record at a time.
 *
 * @module
 */

import { type Agenda, openAgenda } from "./agenda.ts";
import { AFTERMATH_MS } from "./booking_life.ts";
import type { MarketClock } from "./clock.ts";
import { DEFAULT_MIX, type FaultMix } from "./faults.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening, Sides } from "./happening.ts";
import { openOrderBook } from "./orders.ts";
import { openQuotes } from "./quotes.ts";
import { openRates, type Phase } from "./rates.ts";
import { openRandom, runTag } from "./random.ts";
import { type Latest, openLatest } from "./latest.ts";
import { openReporting, type Reporting, type TapeRecord } from "./reporting.ts";
import { type BrokerTimes, openTrading } from "./trading.ts";

export interface TapeOptions {
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly clock: MarketClock;
  /** Market time between two fills, at the usual pace. */
  readonly intervalMs: number;
  /** How busy the day is, phase by phase; none: the usual pace all the time. */
  readonly phases: readonly Phase[];
  /** Null: no end. */
  readonly fills: number | null;
  /** Without new fills the market goes on for this long. */
  readonly runOnMs: number;
  /** Without new fills the market goes on until then, so that trades settle. Milliseconds since 1970. */
  readonly untilMs: number | null;
  /** Share of the fills that have a fault. One side alone has none: nobody could tell. */
  readonly faultShare: number;
  readonly faultMix: FaultMix;
  /** Share of the fills that the broker takes back. */
  readonly bustShare: number;
  /** Share of the fills whose price the broker corrects. */
  readonly correctionShare: number;
  /** Share of the settlements that fail first and are cured the next day. */
  readonly curedFailShare: number;
  /** By CompID. */
  readonly brokers: ReadonlyMap<string, BrokerTimes>;
  /** Null: each record is sent once. */
  readonly replay: Replay | null;
  readonly sides: Sides;
  readonly fixVersion: FixVersion;
  /** Once true, there are no new fills. */
  readonly isClosing?: () => boolean;
}

/** After every so many fills the last records come again, byte for byte, and the last fills with PossResend (97). */
export interface Replay {
  readonly everyFills: number;
  readonly records: number;
  readonly resends: number;
}

/** What a plain day has of all that a scenario may ask for. */
export const PLAIN_DAY = {
  phases: [],
  runOnMs: 0,
  untilMs: null,
  faultMix: DEFAULT_MIX,
  bustShare: 0,
  correctionShare: 0,
  curedFailShare: 0,
  brokers: new Map<string, BrokerTimes>(),
  replay: null,
  sides: "both",
  fixVersion: "4.4",
} as const;

/** From the start of its interval to the fill itself, at most. */
const FILL_DELAY_MAX_MS = 2_000;

/** What decides how long a tape is. */
export type Span = Pick<TapeOptions, "intervalMs" | "phases" | "runOnMs"> & { readonly fills: number };

/** The longest that a tape of this many fills takes, in market time. */
export function durationMs({ fills, intervalMs, phases, runOnMs }: Span): number {
  if (fills === Infinity) return Infinity;
  return openRates(intervalMs, phases)(fills) + 1 + FILL_DELAY_MAX_MS + AFTERMATH_MS + runOnMs;
}

/** Makes the tape's records in the order of their time. */
export function* tape(options: TapeOptions): Generator<TapeRecord, void> {
  const { clock, sides, fixVersion, isClosing = () => false } = options;
  const random = openRandom(options.seed);
  const tag = runTag(options.seed, options.startMs);
  const agenda = openAgenda<Happening>();
  const startMs = clock.fromEpoch(options.startMs);
  const untilMs = options.untilMs === null ? startMs : clock.fromEpoch(options.untilMs);
  const fills = options.fills ?? Infinity;
  const horizonMs = Math.max(startMs + durationMs({ ...options, fills }), untilMs);
  const trade = openTrading({
    tag,
    book: openOrderBook(tag, openQuotes(), random),
    agenda,
    clock,
    random,
    backOffice: openRandom(`${options.seed} after the trade`),
    fixVersion,
    faultShare: sides === "both" ? options.faultShare : 0,
    faultMix: options.faultMix,
    bustShare: options.bustShare,
    correctionShare: options.correctionShare,
    curedFailShare: options.curedFailShare,
    brokers: options.brokers,
    horizonMs,
  });
  const { replay } = options;
  const reporting = openReporting({
    tag,
    agenda,
    clock,
    sides,
    fixVersion,
    horizonMs,
    resendsMax: replay?.resends ?? 0,
  });
  const latest = openLatest<TapeRecord>(replay?.records ?? 0);
  const offsetMs = openRates(options.intervalMs, options.phases);

  let lastFillMs = startMs;
  for (let fill = 0; fill < fills && !isClosing(); fill++) {
    const fromMs = startMs + offsetMs(fill);
    yield* recordsUntil(agenda, fromMs - 1, reporting, latest);
    if (replay !== null && fill > 0 && fill % replay.everyFills === 0) {
      yield* latest.all().map((record) => reporting.repeat(record, fromMs - 1));
      yield* reporting.resend(fromMs - 1);
    }
    lastFillMs = Math.max(lastFillMs, trade(fromMs));
  }
  const endMs = isClosing() ? Math.max(lastFillMs + AFTERMATH_MS, untilMs) : horizonMs;
  yield* recordsUntil(agenda, endMs, reporting, latest);
}

function* recordsUntil(
  agenda: Agenda<Happening>,
  untilMs: number,
  { report }: Reporting,
  latest: Latest<TapeRecord>,
): Generator<TapeRecord, void> {
  for (;;) {
    const next = agenda.take(untilMs);
    if (next === null) return;
    const record = report(next.value, next.atMs);
    if (record === null) continue;
    if (!record.isHeld) latest.add(record);
    yield record;
  }
}
