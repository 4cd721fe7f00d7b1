/**
 * Waiting for something outside to come back: capped exponential back-off with jitter, a log line for each new
 * reason, and no end but success, an error that waiting cannot mend, or the caller's signal.
 *
 * @module
 */

import type { Log } from "./log.ts";

const FIRST_DELAY_MS = 100;
const DELAY_MAX_MS = 5_000;
/** The same reason is said again this often, so that a log shows the wait without drowning in it. */
const REMIND_MS = 30_000;

export interface RetryOptions {
  readonly signal: AbortSignal;
  readonly log: Log;
  /** True for what may pass by waiting; anything else is thrown on at once. */
  readonly isTransient: (error: unknown) => boolean;
  readonly delayMaxMs?: number;
}

/**
 * Calls `attempt` until it succeeds.
 *
 * @param what Completes the sentence "Cannot … yet", such as `reach the database`.
 * @throws The first error that is not transient; `signal.reason` once the signal fires. What is under way when it
 * fires may still succeed.
 */
export async function retry<T>(
  what: string,
  attempt: () => Promise<T>,
  { signal, log, isTransient, delayMaxMs = DELAY_MAX_MS }: RetryOptions,
): Promise<T> {
  let said = { reason: "", atMs: 0 };
  for (let failures = 0;; failures++) {
    try {
      const value = await attempt();
      if (failures > 0) log.info(`could ${what} after ${failures} failed attempts`);
      return value;
    } catch (error) {
      if (!isTransient(error)) throw error;
      signal.throwIfAborted();
      const reason = messageOf(error);
      if (reason !== said.reason || Date.now() - said.atMs > REMIND_MS) {
        log.warn(`cannot ${what} yet, trying again: ${reason}`);
        said = { reason, atMs: Date.now() };
      }
      await delay(backOffMs(failures, delayMaxMs), signal);
    }
  }
}

/** The wait after `failures` earlier ones: 100 ms doubling to the maximum, half of it random. */
export function backOffMs(failures: number, delayMaxMs = DELAY_MAX_MS, random = Math.random): number {
  const full = Math.min(delayMaxMs, FIRST_DELAY_MS * 2 ** Math.min(failures, 20));
  return full / 2 + random() * full / 2;
}

/**
 * Waits; ends early with `signal.reason` when the signal fires, and then leaves no timer behind.
 */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Waits for the end of something, but not for ever: a broker that is away must not hold up the end. */
export async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, ms));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

/** One line that says what went wrong; nested causes of a refused connection are unfolded. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return [...new Set(error.errors.map(messageOf))].join("; ");
  }
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
