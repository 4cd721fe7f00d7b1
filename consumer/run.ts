/**
 * The consumer's loop, and the one place its delivery promise lives: rows are durable, and what is set aside is in
 * its dead-letter topic, before the offsets move. A crash in between replays the batch, and `write` makes a replay
 * harmless. While one batch is written, the next one is decoded; they are written one after the other.
 *
 * @module
 */

import type { RecordBatch } from "../shared/platform/consume.ts";
import type { KafkaRecord, PartitionProgress } from "../shared/platform/intake.ts";
import type { Decoded, Rejection } from "./decode.ts";

export interface Steps<Written extends { readonly setAside: readonly Rejection[] }> {
  readonly decode: (record: KafkaRecord) => Decoded;
  readonly write: (decoded: readonly Decoded[], progress: readonly PartitionProgress[]) => Promise<Written>;
  readonly setAside: (rejections: readonly Rejection[]) => Promise<void>;
  /** Called when a batch and its offsets are done. */
  readonly report: (written: Written, tookMs: number) => void;
}

/** Records decoded in one go: a few milliseconds, in which a write under way gets no answer through. */
const DECODE_AT_ONCE = 250;

/** Runs until the batches end. Throws what a step throws, and then leaves the offsets of that batch where they were. */
export async function run<Written extends { readonly setAside: readonly Rejection[] }>(
  batches: AsyncIterable<RecordBatch>,
  steps: Steps<Written>,
): Promise<void> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {}); // Seen by the race below, or by the last await.
  const finish = async (batch: RecordBatch, decoded: readonly Decoded[]) => {
    const startMs = performance.now();
    const written = await steps.write(decoded, batch.progress);
    if (written.setAside.length > 0) await steps.setAside(written.setAside);
    await batch.commit();
    steps.report(written, performance.now() - startMs);
  };

  let inHand = Promise.resolve();
  const reading = batches[Symbol.asyncIterator]();
  while (true) {
    const next = await Promise.race([reading.next(), failed.promise]);
    if (next.done) break;
    const decoded = await decodeAll(next.value.records, steps.decode);
    await inHand;
    inHand = finish(next.value, decoded);
    inHand.catch(failed.reject);
  }
  await inHand;
}

async function decodeAll(
  records: readonly KafkaRecord[],
  decode: (record: KafkaRecord) => Decoded,
): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  for (let start = 0; start < records.length; start += DECODE_AT_ONCE) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    for (const record of records.slice(start, start + DECODE_AT_ONCE)) decoded.push(decode(record));
  }
  return decoded;
}
