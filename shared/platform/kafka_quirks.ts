/**
 * What kafkajs has no setting for. Each quirk names the behaviour of version 2.2.4 that it leans on, and each is held
 * by tests/kafka_contract_test.ts.
 *
 * @module
 */

import process from "node:process";
import { PositionLostError } from "./kafka_errors.ts";
import type { Log } from "./log.ts";

/** A line of kafkajs' own log. */
interface LogEntry {
  readonly namespace: string;
  readonly log: {
    readonly message: string;
    readonly topic?: string;
    readonly partition?: number;
    readonly error?: unknown;
  };
}

/**
 * Takes kafkajs' log lines. It resets a lost position, and commits that, without asking anyone; but it says so in
 * its log before it does, and an error thrown from there stops it in time.
 *
 * @returns A sink that throws PositionLostError at the line that announces the reset.
 */
export function toLog(log: Log): (entry: LogEntry) => void {
  return ({ namespace, log: { message, topic, partition, error } }) => {
    if (message.startsWith("Offset out of range, resetting")) throw new PositionLostError(topic!, partition!);
    log.debug(`kafkajs ${namespace}: ${message}${error ? ` (${error})` : ""}`);
  };
}

/**
 * kafkajs asks for end offsets as a reader of committed records sees them, and offers no choice. An open
 * transaction would then hide records that wait behind it, and a lag of 0 would be a lie; so what `open` makes
 * of the client connects with isolation level 0, through the one factory that all of a client's parts use.
 */
export function withUncommitted<T>(client: object, open: () => T): T {
  const factory = Object.getOwnPropertySymbols(client)
    .find(({ description }) => description === "private:Kafka:createCluster");
  if (factory === undefined) throw new Error("Cannot set the isolation level: this kafkajs is not 2.2.4");
  const parts = client as Record<symbol, (options: object) => unknown>;
  const original = parts[factory]!;
  parts[factory] = (options) => original({ ...options, isolationLevel: 0 });
  try {
    return open();
  } finally {
    parts[factory] = original;
  }
}

/** kafkajs sets timers in the past (its issue 1751); the runtime's warning of that says nothing to a user. */
export function quietTimers(): void {
  const emitWarning = process.emitWarning as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (!args.includes("TimeoutNegativeWarning")) emitWarning.apply(process, args);
  };
}
