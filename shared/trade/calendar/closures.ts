/**
 * Reads ad-hoc closures: a day of mourning, a storm, a moved bank holiday. Operations keep them in a file, so that
 * a closure announced this morning needs no new version of the program.
 *
 * ```json
 * {"closures": [{"calendar": "XNYS", "date": "2026-12-09", "name": "Day of mourning", "source": "NYSE, 2026-12-07"}]}
 * ```
 * `"status"` may say `provisional`; `"open": true` makes a published holiday a working day.
 *
 * @module
 */

import { isDate } from "../instant.ts";
import { FIRST_DAY, type Holiday, LAST_DAY, weekendName } from "./calendar.ts";
import { CALENDAR_IDS, type CalendarId } from "./calendars.ts";

export interface Closure extends Holiday {
  readonly calendar: CalendarId;
  /** The day is open after all. */
  readonly open: boolean;
}

export type ReadClosures =
  | { readonly kind: "closures"; readonly closures: readonly Closure[] }
  /** One line each: where, what was seen, what to do. */
  | { readonly kind: "faults"; readonly faults: readonly string[] };

const KEYS = ["calendar", "date", "name", "source", "status", "open"];
const TEXT_CHARS_MAX = 200;

/** @param text The whole file. */
export function readClosures(text: string): ReadClosures {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: "faults",
      faults: [`Cannot read the closures: no valid JSON (${(error as Error).message})`],
    };
  }
  const rows = isRecord(value) ? value.closures : undefined;
  if (!Array.isArray(rows)) {
    return { kind: "faults", faults: ['Cannot read the closures: write {"closures": [ ... ]}'] };
  }
  const faults = rows.flatMap((row, index) =>
    faultsOf(row).map((fault) => `Cannot read closure ${index + 1}: ${fault}`)
  );
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "closures", closures: rows.map(toClosure) };
}

function faultsOf(row: unknown): string[] {
  if (!isRecord(row)) return [`${show(row)} is no object`];
  const { calendar, date, name, source, status, open } = row;
  const faults = Object.keys(row).filter((key) => !KEYS.includes(key)).map((key) =>
    `there is no key "${key}"`
  );
  if (!CALENDAR_IDS.includes(calendar as CalendarId)) {
    faults.push(`calendar is ${show(calendar)}, not one of ${CALENDAR_IDS.join(", ")}`);
  }
  if (typeof date !== "string" || !isDate(date)) {
    faults.push(`date is ${show(date)}, not a day such as 2026-12-09`);
  } else if (date < FIRST_DAY || date > LAST_DAY) {
    faults.push(`date ${date} is not in ${FIRST_DAY} to ${LAST_DAY}`);
  } else if (weekendName(date) !== null) faults.push(`date ${date} is a ${weekendName(date)} anyway`);
  if (!isText(name)) faults.push(`name is ${show(name)}, not a text`);
  if (!isText(source)) faults.push(`source is ${show(source)}, not a text that says who announced it`);
  if (status !== undefined && status !== "official" && status !== "provisional") {
    faults.push(`status is ${show(status)}, not official or provisional`);
  }
  if (open !== undefined && typeof open !== "boolean") {
    faults.push(`open is ${show(open)}, not true or false`);
  }
  return faults;
}

function toClosure({ status, open, ...row }: Partial<Closure>): Closure {
  return { ...row, status: status ?? "official", open: open ?? false } as Closure;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && value.length <= TEXT_CHARS_MAX;
}

function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 60);
}
