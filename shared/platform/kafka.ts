/**
 * The only file that knows the Kafka client, kafkajs. Its promises: what is sent keeps its order and is
 * acknowledged by all replicas; what is read is committed by the reader alone, after its effects are durable; a
 * broker that is away is waited for; a position that the broker no longer holds stops the reader loudly.
 *
 * @module
 */

import type { Buffer } from "node:buffer";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import kafkajs, { type Kafka as Client, type Producer, type SASLOptions } from "kafkajs";
import { type ConsumeOptions, consumeWith, type Consuming, type MemberEvents } from "./consume.ts";
import { isProducerLost, isTransient, rootOf } from "./kafka_errors.ts";
import { quietTimers, toLog, withUncommitted } from "./kafka_quirks.ts";
import { ends, toPortion, toTopicMessages } from "./kafka_records.ts";
import type { Log } from "./log.ts";
import { openOutbox, type OutBatch, type Outbox } from "./outbox.ts";
import { messageOf, retry, within } from "./retry.ts";
import type { KafkaSettings } from "./settings.ts";

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs;

// A codec that kafkajs lacks, in case another producer uses it.
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: ({ buffer }: { buffer: Buffer }) => Promise.resolve(zstdCompressSync(buffer)),
  decompress: (buffer: Buffer) => Promise.resolve(zstdDecompressSync(buffer)),
});

quietTimers();

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  /** Largest record batch, if other than the broker's default. */
  readonly messageBytesMax?: number;
}

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Where the group reads on; null before its first commit. */
  readonly committed: string | null;
  /** The oldest offset still kept. */
  readonly start: string;
  /** One past the newest record, also when a transaction is still open (isolation level 0). */
  readonly end: string;
}

export interface KafkaProducer extends Outbox {
  close(): Promise<void>;
}

export interface KafkaConnection {
  /** Creates what is missing, with the broker's append time on records; another process may do the same. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** How far the whole group is behind, every partition of the topics. */
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  /** Moves a group without members to these offsets. */
  moveGroup(
    group: string,
    positions: readonly { topic: string; partition: number; offset: string }[],
  ): Promise<void>;
  openProducer(): KafkaProducer;
  consume(options: ConsumeOptions): Consuming;
  close(): Promise<void>;
}

export interface KafkaOptions {
  readonly clientId: string;
  readonly log: Log;
  /** Ends waiting for a broker that is away. */
  readonly signal: AbortSignal;
}

/** A member that died is noticed after this long; brokers take no less than 6 s by default. */
const SESSION_MS = 7_000;
const HEARTBEAT_MS = 1_000;
const REBALANCE_MAX_MS = 30_000;
/** The default of 5 s would make every stop and every rebalance that slow. */
const FETCH_WAIT_MAX_MS = 250;
/** With a dozen partitions a fetch brings about one batch of rows. */
const FETCH_PARTITION_BYTES_MAX = 384 * 1024;
const FETCH_BYTES_MAX = 8 * 1024 * 1024;
const METADATA_AGE_MAX_MS = 30_000;
const PARTITIONS_AT_ONCE_MAX = 64;
const CLOSE_MAX_MS = 3_000;
const RETRIES = { retries: 6, initialRetryTime: 100, maxRetryTime: 1_000 };
/** A member that outlasts a broker's restart keeps its place, and the group need not wait for its session to end. */
const MEMBER_RETRIES = { ...RETRIES, retries: 30 };

/** Opens nothing yet: each part connects when it is first used. */
export function openKafka(settings: KafkaSettings, { clientId, log, signal }: KafkaOptions): KafkaConnection {
  const clientWith = (retry: typeof RETRIES) =>
    new Kafka({
      clientId,
      brokers: [...settings.brokers],
      ...toSecurity(settings),
      connectionTimeout: 3_000,
      requestTimeout: 20_000,
      retry,
      logLevel: logLevel.WARN,
      logCreator: () => toLog(log),
    });
  const client = clientWith(RETRIES);
  const admin = withUncommitted(client, () => client.admin({ retry: RETRIES }));
  const patiently = <T>(what: string, attempt: () => Promise<T>) =>
    retry(what, attempt, { signal, log, isTransient });

  return {
    ensureTopics: (topics) =>
      patiently(`reach Kafka at ${settings.brokers.join(",")}`, async () => {
        await admin.connect();
        const known = new Set(await admin.listTopics());
        for (const spec of topics) if (!known.has(spec.topic)) await createTopic(admin, spec, log);
      }),
    lag: async (group, topics) => {
      await admin.connect();
      return await loadLag(admin, group, topics);
    },
    moveGroup: async (groupId, positions) => {
      await admin.connect();
      for (const topic of new Set(positions.map((position) => position.topic))) {
        await admin.setOffsets({
          groupId,
          topic,
          partitions: positions.filter((position) => position.topic === topic),
        });
      }
    },
    openProducer: () => openProducer(client, signal, log),
    consume: (options) =>
      consumeWith((events) => joinGroup(clientWith(MEMBER_RETRIES), options, events), options, {
        log,
        isTransient,
      }),
    close: () => within(CLOSE_MAX_MS, admin.disconnect()),
  };
}

function toSecurity({ ssl, caFile, sasl }: KafkaSettings) {
  return {
    ssl: caFile && ssl ? { ca: [Deno.readTextFileSync(caFile)] } : ssl,
    ...(sasl && { sasl: sasl as SASLOptions }),
  };
}

type Admin = ReturnType<Client["admin"]>;

async function createTopic(
  admin: Admin,
  { topic, partitions, messageBytesMax }: TopicSpec,
  log: Log,
): Promise<void> {
  const created = await admin.createTopics({
    waitForLeaders: true,
    topics: [{
      topic,
      numPartitions: partitions,
      configEntries: [
        { name: "message.timestamp.type", value: "LogAppendTime" },
        ...(messageBytesMax ? [{ name: "max.message.bytes", value: String(messageBytesMax) }] : []),
      ],
    }],
  });
  if (created) log.info(`created topic ${topic} with ${partitions} partition${partitions === 1 ? "" : "s"}`);
}

async function loadLag(admin: Admin, groupId: string, topics: readonly string[]): Promise<PartitionLag[]> {
  // The ends are asked for last, so that a lag is never shown smaller than it is.
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  return topics.flatMap((topic, index) => {
    const known = new Map(
      committed.find((entry) => entry.topic === topic)?.partitions.map((
        { partition, offset },
      ) => [partition, offset]),
    );
    return ends[index]!.map(({ partition, low, high }) => {
      const offset = known.get(partition);
      return {
        topic,
        partition,
        committed: Number(offset ?? -1) < 0 ? null : offset!,
        start: low,
        end: high,
      };
    });
  });
}

function openProducer(client: Client, signal: AbortSignal, log: Log): KafkaProducer {
  let producer: Producer | undefined;
  const connected = async () => {
    if (producer) return producer;
    const fresh = client.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      metadataMaxAge: METADATA_AGE_MAX_MS,
      retry: RETRIES,
    });
    await fresh.connect();
    return producer = fresh;
  };
  const deliver = async (batches: readonly OutBatch[]) => {
    const current = await connected();
    try {
      await current.sendBatch({ acks: -1, topicMessages: batches.map(toTopicMessages) });
    } catch (error) {
      // A producer whose sequence the broker has lost can send nothing any more: the next attempt has a new one.
      if (isProducerLost(error)) {
        producer = undefined;
        await within(CLOSE_MAX_MS, current.disconnect());
        throw Object.assign(new Error(messageOf(error)), { retriable: true });
      }
      throw error;
    }
  };
  const outbox = openOutbox({ deliver, isTransient, signal, log });
  return { ...outbox, close: () => within(CLOSE_MAX_MS, producer?.disconnect() ?? Promise.resolve()) };
}

/** Makes this process a member of the group until it is closed or fails; see `consumeWith`. */
async function joinGroup(client: Client, { group, topics }: ConsumeOptions, events: MemberEvents) {
  const consumer = client.consumer({
    groupId: group,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: REBALANCE_MAX_MS,
    maxWaitTimeInMs: FETCH_WAIT_MAX_MS,
    maxBytesPerPartition: FETCH_PARTITION_BYTES_MAX,
    maxBytes: FETCH_BYTES_MAX,
    metadataMaxAge: METADATA_AGE_MAX_MS,
    allowAutoTopicCreation: false,
    // Restarts are ours: a fresh member has no state that a failure could have bent.
    retry: { ...MEMBER_RETRIES, restartOnFailure: () => Promise.resolve(false) },
  });
  const close = () => within(CLOSE_MAX_MS, consumer.disconnect());
  let fetchStartedMs = Date.now();
  consumer.on(consumer.events.FETCH_START, () => void (fetchStartedMs = Date.now()));
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => events.joined(payload.memberAssignment));
  consumer.on(consumer.events.CRASH, ({ payload }) => events.failed(rootOf(payload.error)));
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    // Only what is not for readers: aborted records, control records. The position moves all the same.
    if (payload.batchSize > 0) return;
    const { topic, partition, highWatermark, lastOffset } = payload;
    events.skipped({ topic, partition, records: [], ...ends(lastOffset, highWatermark, fetchStartedMs) });
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE_MAX,
      eachBatch: async ({ batch, heartbeat, resolveOffset }) => {
        const accepted = await events.fetched(toPortion(batch, fetchStartedMs), heartbeat);
        if (accepted) resolveOffset(batch.lastOffset());
      },
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    commit: (positions: readonly { topic: string; partition: number; offset: string }[]) =>
      consumer.commitOffsets([...positions]),
  };
}
