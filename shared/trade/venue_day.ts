/**
 * The trade date of a moment at a venue, for executions that state none.
 *
 * @module
 */

interface VenueClock {
  readonly zone: string;
  /** Local hour from which trading counts for the next business day; futures' evening sessions do. */
  readonly nextDayFrom?: number;
}

const NEW_YORK: VenueClock = { zone: "America/New_York" };
const LONDON: VenueClock = { zone: "Europe/London" };
const PARIS: VenueClock = { zone: "Europe/Paris" };
/** Globex opens at 17:00 in Chicago for the next trade date. */
const CHICAGO_EVENING: VenueClock = { zone: "America/Chicago", nextDayFrom: 17 };
/** ICE and NYMEX floors kept New York's clock: 18:00 begins the next trade date. */
const NEW_YORK_EVENING: VenueClock = { zone: "America/New_York", nextDayFrom: 18 };

/** By ISO 10383 market identifier, as in LastMkt (30) and SecurityExchange (207). */
const CLOCKS: ReadonlyMap<string, VenueClock> = new Map([
  ...["XNYS", "XNAS", "ARCX", "BATS", "XASE", "EDGX", "IEXG", "XCBO", "OPRA"].map((mic) =>
    [mic, NEW_YORK] as const
  ),
  ...["XLON", "XLME", "IFEU", "CHIX"].map((mic) => [mic, LONDON] as const),
  ...["XPAR", "XAMS", "XETR", "XFRA", "XEUR", "XSWX", "XMIL", "XBRU"].map((mic) => [mic, PARIS] as const),
  ...["XCME", "XCBT", "GLBX", "CBTS"].map((mic) => [mic, CHICAGO_EVENING] as const),
  ...["XNYM", "XCEC", "IFUS", "NYMS"].map((mic) => [mic, NEW_YORK_EVENING] as const),
  ["XTKS", { zone: "Asia/Tokyo" }],
  ["XHKG", { zone: "Asia/Hong_Kong" }],
  ["XASX", { zone: "Australia/Sydney" }],
  ["XTSE", { zone: "America/Toronto" }],
]);

/**
 * @param transactTime `2026-11-23T14:30:05.125000Z`
 * @param mic The venue; the UTC day counts where it is absent or unknown.
 * @returns ISO day.
 */
export function venueDay(transactTime: string, mic: string | null): string {
  const clock = mic === null ? undefined : CLOCKS.get(mic);
  if (clock === undefined) return transactTime.slice(0, 10);
  const local = Temporal.Instant.from(transactTime).toZonedDateTimeISO(clock.zone);
  const isEvening = clock.nextDayFrom !== undefined && local.hour >= clock.nextDayFrom;
  return nextWeekday(isEvening ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()).toString();
}

/** Sunday's evening session belongs to Monday. */
function nextWeekday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek <= 5 ? day : day.add({ days: 8 - day.dayOfWeek });
}
