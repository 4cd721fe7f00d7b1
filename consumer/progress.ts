/**
 * What happens once a second beside the loop, one thing after the other: how far the group has come is asked and
 * written, then the sides that never came are swept for. A sweep needs that progress of every partition, also of
 * those in which nothing happens: "not there" is only true of what has been read.
 *
 * @module
 */

import type { PartitionProgress } from "../shared/platform/intake.ts";
import type { PartitionLag } from "../shared/platform/kafka.ts";
import type { Swept } from "./sweep.ts";

export interface Rounds {
  /** Of every partition of both topics; waits for a broker that is away. */
  readonly lag: () => Promise<readonly PartitionLag[]>;
  /** The partitions this process reads now. */
  readonly assigned: () => readonly { topic: string; partition: number }[];
  readonly commitLeft: () => Promise<void>;
  readonly write: (progress: readonly PartitionProgress[]) => Promise<void>;
  readonly sweep: () => Promise<Swept>;
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Goes round until the signal fires or, `untilCaughtUp`, until the whole group has read everything and a sweep
 * has run after that.
 *
 * @returns The last sweep; null if there was none.
 */
export async function runProgress(rounds: Rounds, { untilCaughtUp }: { untilCaughtUp: boolean }) {
  let last: Swept | null = null;
  while (!rounds.signal.aborted) {
    const askedAtMs = Date.now();
    await rounds.commitLeft();
    const lags = await rounds.lag();
    const isOver = untilCaughtUp && isCaughtUp(lags);
    const own = isOver ? lags : ownOf(lags, rounds.assigned());
    await rounds.write(own.map((lag) => toProgress(lag, askedAtMs)));
    const swept = await rounds.sweep();
    if (swept.ran) last = swept;
    if (isOver && swept.ran) break;
    await rounds.pause();
  }
  return last;
}

/** True when the group has committed everything that there is. */
export function isCaughtUp(lags: readonly PartitionLag[]): boolean {
  return lags.length > 0 && lags.every((lag) => BigInt(nextOf(lag)) >= BigInt(lag.end));
}

export function toProgress(lag: PartitionLag, endAskedAtMs: number): PartitionProgress {
  const { topic, partition, end } = lag;
  return { topic, partition, nextOffset: nextOf(lag), endOffset: end, endAskedAtMs, recordTimeMs: null };
}

/** Positions that the broker no longer holds, or never held: reading on from them would skip or repeat in silence. */
export function lostPositions(lags: readonly PartitionLag[]): PartitionLag[] {
  return lags.filter(({ committed, start, end }) =>
    committed !== null && (BigInt(committed) < BigInt(start) || BigInt(committed) > BigInt(end))
  );
}

/** What a user reads when positions are lost; every line is one partition. */
export function describeLost(group: string, lost: readonly PartitionLag[]): string {
  const lines = lost.map(({ topic, partition, committed, start, end }) => {
    const gone = BigInt(start) - BigInt(committed!);
    const what = gone > 0n ? `${gone} records are gone` : "the topic was replaced or cut";
    return `  ${topic}/${partition}: the group stands at ${committed}, the broker holds ${start} to ${end}: ${what}`;
  });
  return [
    `Cannot read on: the broker does not hold the offsets of group "${group}". Nothing was skipped.`,
    ...lines,
    "To go on with what the broker still holds, stop the group's other consumers and run once with --skip-lost",
  ].join("\n");
}

// A new group begins at the earliest record.
function nextOf({ committed, start }: PartitionLag): string {
  return committed ?? start;
}

function ownOf(lags: readonly PartitionLag[], assigned: readonly { topic: string; partition: number }[]) {
  return lags.filter(({ topic, partition }) =>
    assigned.some((each) => each.topic === topic && each.partition === partition)
  );
}
