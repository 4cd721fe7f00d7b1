/**
 * What the consumer expects of trades by: the published calendars, and the ad-hoc closures of a file.
 *
 * @module
 */

import { type Env, SettingError } from "../shared/platform/env.ts";
import { readClosures, withClosures } from "../shared/trade/calendar/mod.ts";
import { openExpectations } from "../shared/trade/expected.ts";

/** @throws {SettingError} If there is no such file, with a line for each fault in it. */
export function readExpectations(
  env: Env,
  readFile = Deno.readTextFileSync,
): ReturnType<typeof openExpectations> {
  const path = env.get("CALENDAR_CLOSURES_FILE")?.trim();
  if (!path) return openExpectations();
  const read = readClosures(readText(path, readFile));
  if (read.kind === "faults") throw new SettingError(read.faults.map((fault) => `${fault} (${path})`));
  return openExpectations(withClosures(read.closures));
}

function readText(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch (error) {
    throw new SettingError([`CALENDAR_CLOSURES_FILE cannot be read: ${(error as Error).message}`]);
  }
}
