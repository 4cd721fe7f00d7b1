/**
 * Reads topics as one member of a group: batches across partitions, committed by their reader when their effects
 * are durable. A member that fails is replaced; whatever was not committed comes again, so effects must be safe to
 * repeat. Knows the client only by the functions it is given.
 *
 * @module
 */

import { type KafkaRecord, type Limits, openIntake, type PartitionProgress, type Portion } from "./intake.ts";
import type { Log } from "./log.ts";
import { backOffMs, delay, messageOf } from "./retry.ts";

export interface ConsumeOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly limits: Limits;
  /** Small batches come no more often than this; a full one comes at once. */
  readonly batchPauseMs: number;
  /** Ends `batches` after the one in hand. */
  readonly signal: AbortSignal;
}

export interface RecordBatch {
  readonly records: readonly KafkaRecord[];
  readonly progress: readonly PartitionProgress[];
  /**
   * Moves the group's offsets past the batch. Every batch must be committed, in order. It never fails: what the
   * broker does not take now goes along with the next commit, or is read again after a rebalance.
   */
  commit(): Promise<void>;
}

export interface Consuming {
  readonly batches: AsyncIterable<RecordBatch>;
  /** The partitions this member reads now. */
  assigned(): readonly { topic: string; partition: number }[];
  /** Tries again what could not be committed. */
  commitLeft(): Promise<void>;
  /** Becomes a new member, which reads on from what the group has committed. */
  rejoin(reason: string): void;
  /** Leaves the group. */
  close(): Promise<void>;
}

/** What a member tells while it lives. */
export interface MemberEvents {
  joined(assignment: Readonly<Record<string, readonly number[]>>): void;
  /** Resolves when there is room to fetch on; false when the records were dropped and must come again. */
  fetched(portion: Portion, heartbeat: () => Promise<void>): Promise<boolean>;
  skipped(portion: Portion): void;
  failed(error: Error): void;
}

export interface Member {
  commit(positions: readonly Position[]): Promise<void>;
  close(): Promise<void>;
}

export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

class RejoinError extends Error {
  override readonly name = "RejoinError";
}

/** Below the session's timeout, so that a long write costs no membership. */
const HEARTBEAT_MS = 1_000;
/** How long a rebalance is held up for batches in hand: the group waits for us that long. */
const DRAIN_MAX_MS = 5_000;

export function consumeWith(
  join: (events: MemberEvents) => Promise<Member>,
  { group, limits, batchPauseMs, signal }: ConsumeOptions,
  { log, isTransient }: { log: Log; isTransient: (error: unknown) => boolean },
): Consuming {
  const intake = openIntake();
  const closed = new AbortController();
  const uncommitted = new Map<string, Position>();
  let member: Member | undefined;
  let assignment: { topic: string; partition: number }[] = [];
  /** Counts the times we joined: what was fetched before has no say after. */
  let epoch = 0;
  let batchesInHand = 0;
  let isRebalancing = false;
  let fatal: Error | undefined;
  let failMember: (error: Error) => void = () => {};
  let failures = 0;

  function events(failed: (error: Error) => void): MemberEvents {
    return {
      failed,
      joined(byTopic) {
        epoch++;
        failures = 0;
        isRebalancing = false;
        uncommitted.clear();
        intake.clear();
        assignment = Object.entries(byTopic)
          .flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
        log.info(`reads ${assignment.length} partitions as a member of group "${group}"`);
      },
      skipped: (portion) => intake.deposit(portion),
      async fetched(portion, heartbeat) {
        const fetchedIn = epoch;
        const isOver = () => intake.isEmpty() || epoch !== fetchedIn || closed.signal.aborted;
        intake.deposit(portion);
        try {
          while (!(await intake.until(isOver, HEARTBEAT_MS))) await heartbeat();
          await heartbeat();
        } catch (error) {
          isRebalancing = true;
          intake.clear();
          await intake.until(() => batchesInHand === 0 || closed.signal.aborted, DRAIN_MAX_MS);
          throw error;
        }
        return epoch === fetchedIn && !isRebalancing && !closed.signal.aborted;
      },
    };
  }

  async function keepReading(): Promise<void> {
    while (!closed.signal.aborted) {
      const failed = Promise.withResolvers<never>();
      failed.promise.catch(() => {});
      failMember = failed.reject;
      try {
        member = await join(events(failed.reject));
        await Promise.race([failed.promise, aborted(closed.signal)]);
      } catch (error) {
        if (closed.signal.aborted) break;
        if (!isTransient(error) && !(error instanceof RejoinError)) {
          fatal = error as Error;
          break;
        }
        log.warn(`cannot read from Kafka, joining again: ${messageOf(error)}`);
      }
      assignment = [];
      await member?.close();
      member = undefined;
      await delay(backOffMs(failures++), closed.signal).catch(() => {});
    }
    await member?.close();
    member = undefined;
    intake.wake();
  }

  async function commitLeft(): Promise<void> {
    const positions = [...uncommitted.entries()];
    if (positions.length === 0 || !member) return;
    try {
      await member.commit(positions.map(([, position]) => position));
      for (const [name, position] of positions) {
        if (uncommitted.get(name) === position) uncommitted.delete(name);
      }
    } catch (error) {
      log.warn(`cannot commit offsets yet, the next commit will: ${messageOf(error)}`);
    }
  }

  async function commit(takenIn: number, progress: readonly PartitionProgress[]): Promise<void> {
    try {
      if (takenIn !== epoch) return log.debug("a rebalance came first: the batch will be read again");
      for (const { topic, partition, nextOffset } of progress) {
        uncommitted.set(`${topic}/${partition}`, { topic, partition, offset: nextOffset });
      }
      await commitLeft();
    } finally {
      batchesInHand--;
      intake.wake();
    }
  }

  async function* batches(): AsyncGenerator<RecordBatch> {
    const wake = () => intake.wake();
    signal.addEventListener("abort", wake);
    let takenAtMs = 0;
    const isOver = () => fatal !== undefined || signal.aborted;
    try {
      while (true) {
        await intake.until(() => isOver() || !intake.isEmpty());
        const pauseMs = takenAtMs + batchPauseMs - Date.now();
        if (pauseMs > 0) {
          await intake.until(() => isOver() || intake.recordsWaiting() >= limits.recordsMax / 4, pauseMs);
        }
        if (fatal) throw fatal;
        if (signal.aborted) return;
        if (intake.isEmpty()) continue;
        takenAtMs = Date.now();
        const takenIn = epoch;
        const { records, progress } = intake.take(limits);
        batchesInHand++;
        yield { records, progress, commit: () => commit(takenIn, progress) };
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  const reading = keepReading();
  return {
    batches: batches(),
    assigned: () => assignment,
    commitLeft,
    rejoin: (reason) => failMember(new RejoinError(reason)),
    async close() {
      closed.abort();
      intake.wake();
      await reading;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
