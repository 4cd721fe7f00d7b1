/**
 * The tests' own hand on the broker: puts any bytes on a topic, and reads a topic from end to end.
 *
 * @module
 */

import { type Admin, Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { Buffer } from "node:buffer";
// Gives kafkajs the compression that our producer uses.
import "../shared/platform/kafka.ts";

/** A record to send. Without a partition its key chooses one. */
export interface Outgoing {
  readonly key: string | null;
  /** Null is a tombstone. */
  readonly value: Uint8Array | string | null;
  readonly partition?: number;
}

export interface Incoming {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Record<string, string>;
  /** When the broker appended it. */
  readonly appendedAtMs: number;
}

export interface Broker {
  /** Creates the topic when it is missing. */
  send(topic: string, records: readonly Outgoing[]): Promise<void>;
  /** Every record from the first to the last that is there now, in the order of each partition. */
  readAll(topic: string): Promise<Incoming[]>;
  /** How many records are there now. */
  count(topic: string): Promise<number>;
  /** Drops every record that is there now, as retention does. */
  dropRecords(topic: string): Promise<void>;
  /** How many members of a consumer group have partitions to read. */
  groupSize(group: string): Promise<number>;
  deleteTopics(isOurs: (topic: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Of topics that the tests create; those of the programs have what TOPIC_PARTITIONS says. */
export const PARTITIONS = 6;
const SEND_RECORDS_MAX = 1_000;
const SEND_BYTES_MAX = 900_000;

export async function openBroker(brokers: string): Promise<Broker> {
  const kafka = new Kafka({ clientId: "tests", brokers: brokers.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await Promise.all([admin.connect(), producer.connect()]);
  return {
    send: async (topic, records) => {
      // No wait for its leaders: sending waits too, and does not mind that a consumer creates it just now.
      await admin.createTopics({ topics: [toSpec(topic)], waitForLeaders: false });
      await send(producer, topic, records);
    },
    readAll: (topic) => readAll(kafka, admin, topic),
    count: async (topic) => {
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
    },
    dropRecords: async (topic) => {
      const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition }) => ({
        partition,
        offset: "-1",
      }));
      await admin.deleteTopicRecords({ topic, partitions });
    },
    groupSize: async (group) => {
      const { groups: [found] } = await admin.describeGroups([group]);
      if (found?.state !== "Stable") return 0;
      return found.members.filter(({ memberAssignment }) => memberAssignment.length > 0).length;
    },
    deleteTopics: async (isOurs) => {
      const topics = (await admin.listTopics()).filter(isOurs);
      if (topics.length > 0) await admin.deleteTopics({ topics });
    },
    close: async () => {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

function toSpec(topic: string) {
  const configEntries = [{ name: "message.timestamp.type", value: "LogAppendTime" }];
  return { topic, numPartitions: PARTITIONS, replicationFactor: 1, configEntries };
}

async function send(producer: Producer, topic: string, records: readonly Outgoing[]): Promise<void> {
  for (let from = 0; from < records.length;) {
    let to = from;
    for (let bytes = 0; to < records.length && to - from < SEND_RECORDS_MAX; to++) {
      bytes += records[to]!.value?.length ?? 0;
      if (to > from && bytes > SEND_BYTES_MAX) break;
    }
    const messages = records.slice(from, to).map(({ key, value, partition }) => ({
      key,
      value: value === null ? null : Buffer.from(value as Uint8Array),
      ...(partition === undefined ? {} : { partition }),
    }));
    await producer.send({ topic, messages });
    from = to;
  }
}

async function readAll(kafka: Kafka, admin: Admin, topic: string): Promise<Incoming[]> {
  const ends = await admin.fetchTopicOffsets(topic);
  const left = new Map(
    ends.filter(({ low, high }) => low !== high).map((e) => [e.partition, Number(e.high)]),
  );
  const records: Incoming[] = [];
  if (left.size === 0) return records;

  const groupId = `tests-${crypto.randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, maxBytesPerPartition: 16 << 20 });
  const done = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch }) => {
      for (const { offset, key, value, headers, timestamp } of batch.messages) {
        records.push({
          partition: batch.partition,
          offset: Number(offset),
          key: key?.toString() ?? null,
          value,
          headers: Object.fromEntries(
            Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]),
          ),
          appendedAtMs: Number(timestamp),
        });
      }
      if (Number(batch.lastOffset()) + 1 >= left.get(batch.partition)!) left.delete(batch.partition);
      if (left.size === 0) done.resolve();
      return Promise.resolve();
    },
  });
  await done.promise;
  await consumer.disconnect();
  await admin.deleteGroups([groupId]);
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
