/**
 * Plain mapping between the Kafka client's records and ours.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { Portion } from "./intake.ts";
import type { OutBatch } from "./outbox.ts";

/** What the client fetched of one partition. */
interface Fetched {
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly {
    readonly offset: string;
    readonly key: Uint8Array | null;
    readonly value: Uint8Array | null;
    /** Milliseconds since 1970, decimal text. */
    readonly timestamp: string;
  }[];
  lastOffset(): string;
}

/** @param fetchStartedMs When the broker was asked: the end it told is no older. */
export function toPortion(batch: Fetched, fetchStartedMs: number): Portion {
  const { topic, partition } = batch;
  const records = batch.messages.map(({ offset, key, value, timestamp }) => ({
    topic,
    partition,
    offset,
    key,
    value,
    recordTimeMs: Number(timestamp),
  }));
  return { topic, partition, records, ...ends(batch.lastOffset(), batch.highWatermark, fetchStartedMs) };
}

/** Where to read on, and the partition's end. */
export function ends(lastOffset: string, endOffset: string, endAskedAtMs: number) {
  return { nextOffset: String(BigInt(lastOffset) + 1n), endOffset, endAskedAtMs };
}

export function toTopicMessages({ topic, records }: OutBatch) {
  const messages = records.map(({ key, value, headers }) => ({
    key: toBuffer(key),
    value: toBuffer(value),
    ...(headers && { headers: { ...headers } }),
  }));
  return { topic, messages };
}

function toBuffer(bytes: Uint8Array | string | null): Buffer | string | null {
  return bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;
}
