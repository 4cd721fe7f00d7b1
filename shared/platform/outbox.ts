/**
 * The sending side's queue: one request is in flight at a time, because a second one could overtake a failed
 * first; what is sent meanwhile goes out together in the next. A failed request is sent again, as it was, until
 * it succeeds, turns out hopeless, or the signal fires.
 *
 * @module
 */

import type { Log } from "./log.ts";
import { retry } from "./retry.ts";

export interface OutRecord {
  readonly key: Uint8Array | string | null;
  readonly value: Uint8Array | string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutBatch {
  readonly topic: string;
  readonly records: readonly OutRecord[];
}

/** Brokers refuse a request of more than 1 MiB for one partition; what is not counted here stays below the rest. */
const REQUEST_BYTES_MAX = 800_000;
const RECORD_OVERHEAD_BYTES = 80;
/** Senders wait for their records to be acknowledged, so this is only reached by a sender that does not. */
const RECORDS_WAITING_MAX = 200_000;

export interface Outbox {
  /** Resolves when all of the records are acknowledged by all replicas; their order is kept. */
  send(topic: string, records: readonly OutRecord[]): Promise<void>;
  /** Resolves when nothing waits and nothing is in flight. */
  drained(): Promise<void>;
}

export interface OutboxOptions {
  /** Delivers one request, or throws. */
  readonly deliver: (batches: readonly OutBatch[]) => Promise<void>;
  readonly isTransient: (error: unknown) => boolean;
  readonly signal: AbortSignal;
  readonly log: Log;
}

interface Waiting extends OutBatch {
  readonly done: PromiseWithResolvers<void>;
  readonly isLast: boolean;
  readonly bytes: number;
}

export function openOutbox({ deliver, isTransient, signal, log }: OutboxOptions): Outbox {
  let waiting: Waiting[] = [];
  let recordsWaiting = 0;
  let pumping = Promise.resolve();
  let isPumping = false;

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      const count = requestLength(waiting);
      const request = waiting.slice(0, count);
      waiting = waiting.slice(count);
      recordsWaiting -= request.reduce((sum, { records }) => sum + records.length, 0);
      try {
        const attempt = () => deliver(request);
        await retry("reach Kafka to send", attempt, { signal, log, isTransient, delayMaxMs: 2_000 });
        for (const { done, isLast } of request) if (isLast) done.resolve();
      } catch (error) {
        for (const { done } of request) done.reject(error);
      }
    }
    isPumping = false;
  }

  return {
    send(topic, records) {
      if (recordsWaiting + records.length > RECORDS_WAITING_MAX) {
        return Promise.reject(
          new RangeError(`Cannot queue more than ${RECORDS_WAITING_MAX} records to send`),
        );
      }
      if (records.length === 0) return Promise.resolve();
      const done = Promise.withResolvers<void>();
      done.promise.catch(() => {}); // The caller sees it too; a request that fails twice must not be unhandled.
      const pieces = toPieces(records);
      waiting.push(
        ...pieces.map((piece, index) => ({ topic, ...piece, done, isLast: index === pieces.length - 1 })),
      );
      recordsWaiting += records.length;
      if (!isPumping) {
        isPumping = true;
        pumping = Promise.resolve().then(pump);
      }
      return done.promise;
    },
    async drained() {
      while (isPumping) await pumping;
    },
  };
}

/** Cuts at the size of a request; a single larger record is a piece of its own. */
function toPieces(records: readonly OutRecord[]): { records: OutRecord[]; bytes: number }[] {
  const pieces: { records: OutRecord[]; bytes: number }[] = [];
  for (const record of records) {
    const bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0) + RECORD_OVERHEAD_BYTES;
    const last = pieces.at(-1);
    if (last && last.bytes + bytes <= REQUEST_BYTES_MAX) {
      last.records.push(record);
      last.bytes += bytes;
    } else pieces.push({ records: [record], bytes });
  }
  return pieces;
}

function requestLength(waiting: readonly Waiting[]): number {
  let bytes = waiting[0]!.bytes;
  let count = 1;
  while (count < waiting.length && (bytes += waiting[count]!.bytes) <= REQUEST_BYTES_MAX) count++;
  return count;
}
