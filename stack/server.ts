/**
 * What Kafka and PostgreSQL have in common here: found, started, asked whether they answer, and stopped.
 *
 * @module
 */

import { dirname } from "node:path";
import { delay } from "../shared/platform/retry.ts";
import { findCause, findKnownCause, StackError } from "./fault.ts";
import { ignoreNotFound } from "./files.ts";
import type { Home, Memory } from "./home.ts";
import type { Place } from "./place.ts";

export interface Server {
  readonly name: string;
  readonly port: number;
  /** The setting that chooses the port. */
  readonly setting: string;
  readonly logFile: string;
  /** The processes that are this server, of this home. */
  find(): Promise<number[]>;
  answers(): Promise<boolean>;
  /** Starts it and does not wait. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What is left to do when it answers for the first time after `start`. */
  afterStart?(): Promise<void>;
}

/** What servers are made from: where they lie, what is remembered, and how to speak to the user. */
export interface Scene {
  readonly home: Home;
  readonly memory: Memory;
  readonly place: Place;
  readonly report: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** PostgreSQL replays its log after a kill, Kafka checks its segments: minutes on a slow disk. */
const ANSWERS_WITHIN_MS = 120_000;
const POLL_MS = 50;

/** A server killed a moment ago may still hold its memory or its lock through a child that is about to end. */
const PASSING =
  /pre-existing shared memory block|Failed to acquire lock on file|lock file ".*" already exists/;

/**
 * Returns when the server answers, whether it was up, was just stopping, or had to be started.
 *
 * @returns True if this call started it.
 * @throws {StackError} If it ends before it answers, or takes too long.
 */
export async function bringUp(server: Server, signal?: AbortSignal): Promise<boolean> {
  const deadlineMs = Date.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    const found = (await server.find()).length > 0;
    if (!found) await server.start();
    if (await answersOrEnds(server, deadlineMs, signal)) {
      if (!found) await server.afterStart?.();
      return !found;
    }
    if (found) continue;
    const output = await readLog(server);
    if (!PASSING.test(output) || Date.now() > deadlineMs) {
      const cause = await findCause(output, dirname(server.logFile));
      throw new StackError(`Cannot start ${server.name}: ${cause} (all of it: ${server.logFile})`);
    }
    await delay(POLL_MS, signal);
  }
}

/** Why a server ended that had answered. Its last lines are of its life: only a cause that is known counts. */
export async function lastWords(server: Server): Promise<string> {
  const cause = await findKnownCause(await readLog(server), dirname(server.logFile));
  return `${cause ?? "it was stopped or killed from outside"} (its log: ${server.logFile})`;
}

async function answersOrEnds(server: Server, deadlineMs: number, signal?: AbortSignal): Promise<boolean> {
  for (let missed = 0; Date.now() < deadlineMs;) {
    if (await server.answers()) return true;
    // A process that is just becoming another program has no arguments to be found by, for a moment.
    missed = (await server.find()).length === 0 ? missed + 1 : 0;
    if (missed > 1) return false;
    await delay(POLL_MS, signal);
  }
  const waited = ANSWERS_WITHIN_MS / 1000;
  throw new StackError(
    `${server.name} does not answer on port ${server.port} for ${waited} s: ${server.logFile}`,
  );
}

async function readLog(server: Server): Promise<string> {
  return await Deno.readTextFile(server.logFile).catch(ignoreNotFound) ?? "";
}
