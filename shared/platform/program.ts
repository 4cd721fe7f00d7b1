/**
 * What every program does around its work: a first signal asks it to stop, a second one ends it at once, and what
 * went wrong becomes one line and an exit code (0 done, 1 failed, 2 wrong usage or settings).
 *
 * @module
 */

import { SettingError } from "./env.ts";
import { exitWhenOrphaned } from "./orphan.ts";
import { messageOf } from "./retry.ts";

/** The command line is wrong; the message says what and where to read more. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const INTERRUPTED = 130;

/**
 * Runs a program to its end and exits, so that no forgotten timer of a client keeps the process alive.
 *
 * @param work Gets the signal that fires when the program should stop; resolves to the exit code.
 */
export async function runProgram(name: string, work: (stop: AbortSignal) => Promise<number>): Promise<never> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      if (stop.signal.aborted) Deno.exit(INTERRUPTED);
      stop.abort(new Error(`stopped by ${signal}`));
    });
  }
  exitWhenOrphaned(Deno.env, () => stop.abort(new Error("stopped because its parent is gone")));
  try {
    Deno.exit(await work(stop.signal));
  } catch (error) {
    if (error === stop.signal.reason) Deno.exit(0);
    for (const line of messageOf(error).split("\n")) console.error(`${name}: ${line}`);
    if (error instanceof SettingError || isUsage(error)) Deno.exit(2);
    if (Deno.env.get("LOG_LEVEL") === "debug") console.error(error);
    Deno.exit(1);
  }
}

// `parseArgs` of node:util throws TypeErrors with these codes.
function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError &&
    String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
}
