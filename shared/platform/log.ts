/**
 * One human line a happening, on stderr; stdout stays free for results.
 *
 * @module
 */

import { choice, type Env } from "./env.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = typeof LOG_LEVELS[number];

export type Log = { readonly [L in LogLevel]: (text: string) => void };

/** Reads LOG_LEVEL; the lowest level that is shown. */
export function readLogLevel(env: Env): LogLevel {
  return choice(env, "LOG_LEVEL", { of: LOG_LEVELS, preset: "info" });
}

/**
 * A log whose lines look like `2026-11-23T14:30:05.125Z info consumer wrote 2000 records in 85 ms`.
 *
 * @param part The program or the part of it that speaks.
 */
export function openLog(part: string, level: LogLevel, write: (line: string) => void = console.error): Log {
  const lowest = LOG_LEVELS.indexOf(level);
  const at = (own: LogLevel) => (text: string) => {
    if (LOG_LEVELS.indexOf(own) >= lowest) write(`${new Date().toISOString()} ${own} ${part} ${text}`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
