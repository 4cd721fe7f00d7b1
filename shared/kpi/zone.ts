/**
 * Instants in the time zone of whoever looks. The server learns it from a cookie, so that what it writes is what the
 * browser would have written; until then it is UTC. Dates that are dates, such as a trade date, have no zone.
 *
 * @module
 */

import { signal } from "@preact/signals";

/** An IANA zone. The server sets it before it writes a document, which it does without waiting in between. */
export const zone = signal("UTC");

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly name: Intl.DateTimeFormat;
}

const known = new Map<string, Formats>();
/** Zones come from outside, so what is remembered of them is bounded. */
const KNOWN_MAX = 50;

/** @returns The zone, or null where there is no such zone. */
export function readZone(text: string | undefined): string | null {
  if (text === undefined || !/^[\w+\-/]{1,60}$/.test(text)) return null;
  try {
    formatsOf(text);
    return text;
  } catch {
    return null;
  }
}

/** `14:30:05` */
export function formatTime(instant: string): string {
  if (zone.value === "UTC") return instant.slice(11, 19);
  return formatsOf(zone.value).time.format(new Date(instant));
}

/** `14:30` */
export function formatMinute(instant: string): string {
  return formatTime(instant).slice(0, 5);
}

/** `2026-11-23` */
export function formatDay(instant: string): string {
  if (zone.value === "UTC") return instant.slice(0, 10);
  return formatsOf(zone.value).day.format(new Date(instant));
}

/** `UTC`, `CET`, `GMT+9`: what the zone is called at that instant. */
export function formatZone(instant: string): string {
  if (zone.value === "UTC") return "UTC";
  const parts = formatsOf(zone.value).name.formatToParts(new Date(instant));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone.value;
}

/** `2026-11-23 14:30:05.125 UTC`: what stands behind a time, whatever the zone it is shown in. */
export function toUtc(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 23)} UTC`;
}

function formatsOf(timeZone: string): Formats {
  let formats = known.get(timeZone);
  if (formats === undefined) {
    const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
    formats = {
      day: new Intl.DateTimeFormat("sv-SE", { timeZone }),
      time: new Intl.DateTimeFormat("en-GB", { timeZone, ...time }),
      name: new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }),
    };
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(timeZone, formats);
  }
  return formats;
}
