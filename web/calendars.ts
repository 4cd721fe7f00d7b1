/**
 * The calendars as this process uses them: the published ones, and the ad-hoc closures of a file.
 *
 * @module
 */

import { SettingError } from "../shared/platform/env.ts";
import { CALENDARS, type Calendars, readClosures, withClosures } from "../shared/trade/calendar/mod.ts";

/**
 * @param path As CALENDAR_CLOSURES_FILE names it; null for none.
 * @throws {SettingError} With a line for each fault of the file.
 */
export function loadCalendars(path: string | null): Calendars {
  if (path === null) return CALENDARS;
  const read = readClosures(readText(path));
  if (read.kind === "faults") throw new SettingError(read.faults.map((fault) => `${fault} (${path})`));
  return withClosures(read.closures);
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw new SettingError([`CALENDAR_CLOSURES_FILE cannot be read: ${(error as Error).message}`]);
  }
}
