/**
 * A program that another one started for itself ends when that one is gone, however that came about: a killed
 * parent can tell nobody.
 *
 * @module
 */

import type { Env } from "./env.ts";

/** The id of the process that a program belongs to; set by whoever starts it, and by nobody else. */
export const PARENT = "BREAKWATER_PARENT";

const POLL_MS = 500;
/** After this long a program that was asked to stop, and has nobody left to be asked by, just ends. */
const STOP_MAX_MS = 10_000;

/** Calls `stop` once the process named in BREAKWATER_PARENT is not our parent any more; does nothing without one. */
export function exitWhenOrphaned(env: Env, stop: () => void): void {
  const parent = Number(env.get(PARENT));
  if (!parent) return;
  const poll = setInterval(() => {
    if (Deno.ppid === parent) return;
    clearInterval(poll);
    stop();
    Deno.unrefTimer(setTimeout(() => Deno.exit(1), STOP_MAX_MS));
  }, POLL_MS);
  Deno.unrefTimer(poll);
}
