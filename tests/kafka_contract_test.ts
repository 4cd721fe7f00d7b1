/**
 * Holds what the rest of the code expects of the Kafka client, on the real broker: order, topics made by several
 * at once, lag behind open transactions, batches and commits over rebalances, a lost position that is never reset.
 *
 * @module
 */

import assert from "node:assert/strict";
import kafkajs from "kafkajs";
import type { Consuming } from "../shared/platform/consume.ts";
import { type KafkaConnection, openKafka } from "../shared/platform/kafka.ts";
import { PositionLostError } from "../shared/platform/kafka_errors.ts";
import { openLog } from "../shared/platform/log.ts";

const BROKERS = (Deno.env.get("KAFKA_BROKERS") ?? "").split(",");
const log = openLog("test", "error");
const LIMITS = { recordsMax: 5_000, bytesMax: 8_000_000 };

interface World {
  readonly kafka: KafkaConnection;
  readonly topic: string;
  readonly group: string;
  consume(options?: { topics?: string[]; recordsMax?: number; signal?: AbortSignal }): Consuming;
}

/** Runs `body` with a topic of its own of three partitions; everything it opened is closed afterwards. */
function kafkaTest(name: string, body: (world: World) => Promise<void>): void {
  const fn = async () => {
    const tag = crypto.randomUUID();
    const stop = new AbortController();
    const kafka = openKafka({ brokers: BROKERS, ssl: false }, {
      clientId: "contract",
      log,
      signal: stop.signal,
    });
    const topic = `contract-${tag}`;
    const opened: Consuming[] = [];
    await kafka.ensureTopics([{ topic, partitions: 3 }]);
    try {
      await body({
        kafka,
        topic,
        group: `contract-${tag}`,
        consume({ topics = [topic], recordsMax = LIMITS.recordsMax, signal = stop.signal } = {}) {
          const limits = { ...LIMITS, recordsMax };
          const consuming = kafka.consume({
            group: `contract-${tag}`,
            topics,
            limits,
            batchPauseMs: 0,
            signal,
          });
          opened.push(consuming);
          return consuming;
        },
      });
    } finally {
      stop.abort();
      await Promise.all(opened.map((consuming) => consuming.close()));
      await raw.admin(async (admin) => {
        await admin.deleteTopics({
          topics: (await admin.listTopics()).filter((each) => each.startsWith(topic)),
        });
      });
      await kafka.close();
    }
  };
  // The client keeps sockets and timers a little longer than it is used.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const raw = {
  client: new kafkajs.Kafka({ brokers: BROKERS, logLevel: kafkajs.logLevel.NOTHING }),
  async admin<T>(work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
    const admin = this.client.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  },
};

async function poll(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 30_000;
  while (!(await isTrue())) {
    if (Date.now() > deadlineMs) assert.fail(`waited 30 s until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const record = (key: string, value: string) => ({ key, value });
const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => record(`key-${n % 50}`, String(n)));

async function send(kafka: KafkaConnection, topic: string, records: { key: string; value: string }[]) {
  const producer = kafka.openProducer();
  await producer.send(topic, records);
  await producer.close();
}

/** Reads and commits until `isDone` of all values read so far. */
async function read(consuming: Consuming, isDone: (values: string[]) => boolean): Promise<string[]> {
  const values: string[] = [];
  const decoder = new TextDecoder();
  for await (const batch of consuming.batches) {
    for (const { value } of batch.records) values.push(decoder.decode(value ?? new Uint8Array()));
    await batch.commit();
    if (isDone(values)) return values;
  }
  return values;
}

const committedSum = async ({ kafka, group, topic }: World) =>
  (await kafka.lag(group, [topic])).reduce((sum, { committed }) => sum + Number(committed ?? 0), 0);

kafkaTest(
  "ensureTopics() makes a topic once, whoever asks at the same time, with append times",
  async ({ kafka, topic }) => {
    const spec = { topic: `${topic}-more`, partitions: 2, messageBytesMax: 3_000_000 };
    await Promise.all([kafka.ensureTopics([spec]), kafka.ensureTopics([spec]), kafka.ensureTopics([spec])]);
    const [made] = await raw.admin((admin) =>
      admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: spec.topic }],
      })
    ).then(({ resources }) => resources);
    const value = (name: string) =>
      made?.configEntries.find(({ configName }) => configName === name)?.configValue;
    assert.equal(value("message.timestamp.type"), "LogAppendTime");
    assert.equal(value("max.message.bytes"), "3000000");
  },
);

kafkaTest("consume() brings every record once, in order for each key, from the earliest", async (world) => {
  const sent = numbered(20_000);
  await send(world.kafka, world.topic, sent);
  const values = await read(world.consume(), (values) => values.length >= sent.length);
  const byKey = (key: number) => values.map(Number).filter((n) => n % 50 === key);
  for (let key = 0; key < 50; key++) {
    assert.deepEqual(byKey(key), byKey(key).toSorted((a, b) => a - b));
  }
  assert.deepEqual(values.map(Number).toSorted((a, b) => a - b), sent.map(({ value }) => Number(value)));
  await poll("all is committed", async () => await committedSum(world) === sent.length);
});

kafkaTest(
  "consume() keeps bytes, keys, tombstones and times as they are",
  async ({ kafka, topic, consume }) => {
    const producer = kafka.openProducer();
    const bytes = new Uint8Array([0, 1, 255, 128]);
    const before = Date.now() - 1_000;
    await producer.send(topic, [{ key: "a", value: bytes, headers: { "x-error-code": "json" } }, {
      key: null,
      value: null,
    }]);
    const seen = [];
    for await (const batch of consume().batches) {
      seen.push(...batch.records);
      await batch.commit();
      if (seen.length === 2) break;
    }
    const kept = seen.find(({ value }) => value !== null)!;
    assert.deepEqual([[...kept.value!], new TextDecoder().decode(kept.key!)], [[...bytes], "a"]);
    assert.equal(seen.find(({ value }) => value === null)!.key, null);
    assert(kept.recordTimeMs > before && kept.recordTimeMs < Date.now() + 1_000);
    await producer.close();
  },
);

kafkaTest("consume() without a commit reads the same again", async (world) => {
  await send(world.kafka, world.topic, numbered(100));
  const first = world.consume();
  for await (const batch of first.batches) {
    assert(batch.records.length > 0);
    break;
  }
  await first.close();
  assert.equal((await read(world.consume(), (values) => values.length >= 100)).length, 100);
});

kafkaTest(
  "consume() closes batches at the record limit, and commits what a part of a fetch brought",
  async (world) => {
    await send(world.kafka, world.topic, numbered(1_000));
    let count = 0;
    for await (const batch of world.consume({ recordsMax: 70 }).batches) {
      assert(batch.records.length <= 70);
      count += batch.records.length;
      await batch.commit();
      if (count < 1_000) assert.equal(await committedSum(world), count);
      else break;
    }
    assert.equal(count, 1_000);
  },
);

kafkaTest("consume() shares the partitions with a second member, and loses nothing", async (world) => {
  const seen = new Set<string>();
  const stop = new AbortController();
  const reads = async (consuming: Consuming) => {
    const decoder = new TextDecoder();
    for await (const batch of consuming.batches) {
      for (const { value } of batch.records) seen.add(decoder.decode(value!));
      await batch.commit();
    }
  };
  const first = world.consume({ signal: stop.signal });
  const reading = [reads(first)];
  const producer = world.kafka.openProducer();
  await producer.send(world.topic, numbered(1_000));
  await poll("the first member reads", () => seen.size === 1_000);
  const second = world.consume({ signal: stop.signal });
  reading.push(reads(second));
  await poll("both have partitions", () => first.assigned().length * second.assigned().length === 2);
  await producer.send(world.topic, numbered(2_000).slice(1_000));
  await poll("both have read everything", () => seen.size === 2_000);
  await second.close();
  await poll("the first has all partitions again", () => first.assigned().length === 3);
  await producer.send(world.topic, numbered(3_000).slice(2_000));
  await poll("the first reads on alone", () => seen.size === 3_000);
  stop.abort();
  await Promise.all(reading);
  await producer.close();
});

kafkaTest("consume() stops at a position that the broker has lost, and resets nothing", async (world) => {
  await send(world.kafka, world.topic, numbered(300));
  const first = world.consume();
  await read(first, (values) => values.length >= 100);
  await first.close();
  const before = await world.kafka.lag(world.group, [world.topic]);
  await raw.admin(async (admin) => {
    await admin.fetchTopicOffsets(world.topic); // Deleting needs to know the leaders, and does not ask itself.
    await admin.deleteTopicRecords({
      topic: world.topic,
      partitions: before.map(({ partition, end }) => ({ partition, offset: end })),
    });
  });
  const [some] = before;
  await world.kafka.moveGroup(world.group, [{ topic: world.topic, partition: some!.partition, offset: "0" }]);
  await assert.rejects(
    read(world.consume(), () => false),
    (error) => error instanceof PositionLostError && error.partition === some!.partition,
  );
  const after = await world.kafka.lag(world.group, [world.topic]);
  assert.equal(after.find(({ partition }) => partition === some!.partition)?.committed, "0");
});

kafkaTest("rejoin() reads a topic of the same name that replaced the one read so far", async (world) => {
  await send(world.kafka, world.topic, numbered(300));
  const consuming = world.consume();
  const values: string[] = [];
  const decoder = new TextDecoder();
  for await (const batch of consuming.batches) {
    for (const { value } of batch.records) values.push(decoder.decode(value!));
    await batch.commit();
    if (values.length === 300) {
      await raw.admin((admin) => admin.deleteTopics({ topics: [world.topic] }));
      consuming.rejoin("the topic was deleted");
      await poll(
        "the topic can be made again",
        () => world.kafka.ensureTopics([{ topic: world.topic, partitions: 3 }]).then(() => true, () => false),
      );
      await send(world.kafka, world.topic, numbered(60));
    }
    if (values.length === 360) break;
  }
  const second = values.slice(300).map(Number).toSorted((a, b) => a - b);
  assert.deepEqual(second, numbered(60).map(({ value }) => Number(value)));
});

kafkaTest("lag() counts records behind an open transaction, which nobody can read yet", async (world) => {
  const transactional = raw.client.producer({
    transactionalId: world.topic,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await transactional.connect();
  const transaction = await transactional.transaction();
  await transaction.send({ topic: world.topic, messages: [{ partition: 0, value: "open" }] });
  const end = async () =>
    (await world.kafka.lag(world.group, [world.topic])).find((each) => each.partition === 0)?.end;
  assert.equal(await end(), "1");
  await transaction.commit();
  // The marker of the commit takes an offset that no reader sees; the group must get past it all the same.
  await read(world.consume(), (values) => values.length === 1);
  assert.equal(await end(), "2");
  await transactional.disconnect();
});

kafkaTest("consume() gets past records that are not for readers", async (world) => {
  const transactional = raw.client.producer({
    transactionalId: world.topic,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await transactional.connect();
  const transaction = await transactional.transaction();
  await transaction.send({ topic: world.topic, messages: [{ partition: 0, value: "never" }] });
  await transaction.abort();
  await transactional.disconnect();
  const stop = new AbortController();
  const consuming = world.consume({ signal: stop.signal });
  const reading = read(consuming, () => false);
  await poll("the marker is passed", async () => {
    const lag = await world.kafka.lag(world.group, [world.topic]);
    return lag.some(({ partition, committed, end }) => partition === 0 && committed === "2" && end === "2");
  });
  stop.abort();
  assert.deepEqual(await reading, []);
});

kafkaTest("send() keeps the order of a key over many calls at once", async (world) => {
  const producer = world.kafka.openProducer();
  await Promise.all(
    Array.from({ length: 500 }, (_, n) => producer.send(world.topic, [record("one", String(n))])),
  );
  await producer.close();
  const values = await read(world.consume(), (values) => values.length >= 500);
  assert.deepEqual(values, Array.from({ length: 500 }, (_, n) => String(n)));
});

kafkaTest("close() leaves the group at once, so that the next member need not wait", async (world) => {
  await send(world.kafka, world.topic, numbered(10));
  const first = world.consume();
  await read(first, (values) => values.length >= 10);
  await first.close();
  const { groups } = await raw.admin((admin) => admin.describeGroups([world.group]));
  assert.deepEqual(groups.map(({ members, state }) => [members.length, state]), [[0, "Empty"]]);
});
