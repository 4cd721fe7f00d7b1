/**
 * The simulated market: one sequence of fills drives both sides, the broker's FIX messages and the fund's
 * bookings. Pure: the same options make the same tape, byte for byte, one record at a time.
 *
 * @module
 */

import { type Agenda, openAgenda } from "./agenda.ts";
import { AFTERMATH_MS } from "./booking_life.ts";
import type { MarketClock } from "./clock.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening, Sides } from "./happening.ts";
import { openOrderBook } from "./orders.ts";
import { openQuotes } from "./quotes.ts";
import { openRandom, runTag } from "./random.ts";
import { openReporting, type TapeRecord } from "./reporting.ts";
import { openTrading } from "./trading.ts";

export interface TapeOptions {
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly clock: MarketClock;
  /** Market time between two fills. */
  readonly intervalMs: number;
  /** Null: no end. */
  readonly fills: number | null;
  /** Without new fills the market goes on until then, so that trades settle. Milliseconds since 1970. */
  readonly untilMs: number | null;
  /** Share of the fills that have a fault. One side alone has none: nobody could tell. */
  readonly faultShare: number;
  /** Share of the fills that the broker takes back. */
  readonly bustShare: number;
  /** Share of the fills whose price the broker corrects. */
  readonly correctionShare: number;
  readonly sides: Sides;
  readonly fixVersion: FixVersion;
  /** Once true, there are no new fills. */
  readonly isClosing?: () => boolean;
}

/** From the start of its interval to the fill itself, at most. */
const FILL_DELAY_MAX_MS = 2_000;

/** The longest that a tape of this many fills takes, in market time. */
export function durationMs(fills: number, intervalMs: number): number {
  return Math.ceil(fills * intervalMs) + FILL_DELAY_MAX_MS + AFTERMATH_MS;
}

/** Makes the tape's records in the order of their time. */
export function* tape(options: TapeOptions): Generator<TapeRecord, void> {
  const { clock, intervalMs, sides, fixVersion, isClosing = () => false } = options;
  const random = openRandom(options.seed);
  const tag = runTag(options.seed, options.startMs);
  const agenda = openAgenda<Happening>();
  const trade = openTrading({
    tag,
    book: openOrderBook(tag, openQuotes(), random),
    agenda,
    clock,
    random,
    backOffice: openRandom(`${options.seed} after the trade`),
    fixVersion,
    faultShare: sides === "both" ? options.faultShare : 0,
    bustShare: options.bustShare,
    correctionShare: options.correctionShare,
  });
  const startMs = clock.fromEpoch(options.startMs);
  const untilMs = options.untilMs === null ? startMs : clock.fromEpoch(options.untilMs);
  const fills = options.fills ?? Infinity;
  const horizonMs = Math.max(startMs + durationMs(fills, intervalMs), untilMs);
  const report = openReporting({ tag, agenda, clock, sides, fixVersion, horizonMs });

  let lastFillMs = startMs;
  for (let fill = 0; fill < fills && !isClosing(); fill++) {
    const fromMs = startMs + Math.floor(fill * intervalMs);
    yield* recordsUntil(agenda, fromMs - 1, report);
    lastFillMs = Math.max(lastFillMs, trade(fromMs));
  }
  yield* recordsUntil(agenda, Math.max(lastFillMs + AFTERMATH_MS, untilMs), report);
}

function* recordsUntil(
  agenda: Agenda<Happening>,
  untilMs: number,
  report: (happening: Happening, atMs: number) => TapeRecord | null,
): Generator<TapeRecord, void> {
  for (;;) {
    const next = agenda.take(untilMs);
    if (next === null) return;
    const record = report(next.value, next.atMs);
    if (record !== null) yield record;
  }
}
