/**
 * The consumer: Kafka to PostgreSQL, and the two sides against each other. Wiring only; the promise is in run.ts.
 *
 * @module
 */

import { parseArgs } from "node:util";
import {
  isTopicMissing,
  isTransient as isKafkaTransient,
  PositionLostError,
} from "../shared/platform/kafka_errors.ts";
import { type KafkaConnection, openKafka } from "../shared/platform/kafka.ts";
import { type Log, openLog } from "../shared/platform/log.ts";
import {
  type Database,
  isTransient as isDatabaseTransient,
  openDatabase,
} from "../shared/platform/postgres.ts";
import { runProgram } from "../shared/platform/program.ts";
import { delay, retry } from "../shared/platform/retry.ts";
import { deadLetterTopic, withLocalStack } from "../shared/platform/settings.ts";
import { type Config, readConfig } from "./config.ts";
import { decode } from "./decode.ts";
import { migrate } from "./migrate.ts";
import { describeLost, lostPositions, runProgress, toProgress } from "./progress.ts";
import { run } from "./run.ts";
import { sendAside } from "./set_aside.ts";
import { writeBatch, writeProgress, type Written } from "./store/mod.ts";
import { sweep } from "./sweep.ts";

const HELP = `Reads both topics into PostgreSQL and reconciles them, until it is stopped.

  deno task consume [--until-caught-up] [--skip-lost]

  --until-caught-up  end when the whole group has read everything and a sweep for missing sides has run
  --skip-lost        when the broker no longer holds the group's offsets, go on with the oldest it holds
  --help             this text

Several may run at once: a group shares the partitions. Settings: KAFKA_BROKERS, KAFKA_SSL, KAFKA_SASL_*,
DATABASE_URL, TRADES_TOPIC, FIX_TOPIC, TOPIC_PARTITIONS, CONSUMER_GROUP, FIX_VALIDATION, RECONCILE_GRACE_SECONDS,
RECONCILE_MISSING, LOG_LEVEL`;

/** One transaction stays well under a second, and a crash repeats no more than this. */
const LIMITS = { recordsMax: 4_000, bytesMax: 8 * 1024 * 1024 };
/** A slow stream makes at most twenty small transactions a second. */
const BATCH_PAUSE_MS = 50;
const ROUND_MS = 1_000;
const ROUND_UNTIL_CAUGHT_UP_MS = 250;
/** What is set aside may be as large as a broker takes, and has headers besides. */
const DEAD_LETTER_BYTES_MAX = 4 * 1024 * 1024;

const OPTIONS = {
  "until-caught-up": { type: "boolean" },
  "skip-lost": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

async function main(args: string[], signal: AbortSignal): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const config = readConfig(withLocalStack(Deno.env));
  const log = openLog("consumer", config.logLevel);
  const database = openDatabase(config.databaseUrl, {
    connectionsMax: 3,
    applicationName: "breakwater-consumer",
    log,
  });
  const kafka = openKafka(config.kafka, { clientId: "breakwater-consumer", log, signal });
  try {
    await retry("reach the database", () => migrate(database), {
      signal,
      log,
      isTransient: isDatabaseTransient,
    });
    await kafka.ensureTopics([config.topics.trades, config.topics.fix].flatMap((topic) => [
      { topic, partitions: config.topics.partitions },
      { topic: deadLetterTopic(topic), partitions: 1, messageBytesMax: DEAD_LETTER_BYTES_MAX },
    ]));
    const parts = { config, kafka, database, log, signal };
    await prepareGroup(parts, values["skip-lost"] ?? false);
    while (!(await consumeUnlessLost(parts, values["until-caught-up"] ?? false)));
    return 0;
  } finally {
    await kafka.close();
    await database.close();
  }
}

interface Parts {
  readonly config: Config;
  readonly kafka: KafkaConnection;
  readonly database: Database;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const topicsOf = ({ topics }: Config) => [topics.trades, topics.fix];

function askLag({ config, kafka, log, signal }: Parts, onTopicMissing = () => {}) {
  const ask = () =>
    kafka.lag(config.group, topicsOf(config)).catch((error) => {
      if (isTopicMissing(error)) onTopicMissing();
      throw error;
    });
  return retry("ask Kafka how far the group is", ask, { signal, log, isTransient: isKafkaTransient });
}

/** Makes every partition known to the sweep, and refuses to start from positions that are lost. */
async function prepareGroup(parts: Parts, skipLost: boolean): Promise<void> {
  const { config, kafka, database, log, signal } = parts;
  const askedAtMs = Date.now();
  const lags = await askLag(parts);
  const lost = lostPositions(lags);
  if (lost.length > 0 && !skipLost) throw new Error(describeLost(config.group, lost));
  if (lost.length > 0) {
    await kafka.moveGroup(config.group, lost.map((lag) => ({ ...lag, offset: lag.start })));
    for (const { topic, partition, committed, start } of lost) {
      log.warn(`skipped from offset ${committed} to ${start} of ${topic}/${partition}, as --skip-lost asks`);
    }
  }
  const progress = lags.map((lag) =>
    toProgress(lost.includes(lag) ? { ...lag, committed: lag.start } : lag, askedAtMs)
  );
  const write = () => writeProgress(database, config.group, progress);
  await retry("write the group's progress", write, { signal, log, isTransient: isDatabaseTransient });
}

/** @returns False to go on from what the group has committed: a topic was replaced while it was read. */
async function consumeUnlessLost(parts: Parts, untilCaughtUp: boolean): Promise<boolean> {
  try {
    await consume(parts, untilCaughtUp);
    return true;
  } catch (error) {
    if (!(error instanceof PositionLostError)) throw error;
    const lost = lostPositions(await askLag(parts));
    if (lost.length > 0) throw new Error(describeLost(parts.config.group, lost), { cause: error });
    parts.log.warn(`${error.topic} was replaced by another topic of that name: the group begins it anew`);
    return false;
  }
}

async function consume(parts: Parts, untilCaughtUp: boolean): Promise<void> {
  const { config, kafka, database, log, signal } = parts;
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  const limits = { limits: LIMITS, batchPauseMs: BATCH_PAUSE_MS };
  const consuming = kafka.consume({ group: config.group, topics: topicsOf(config), ...limits, signal: stop });
  const producer = kafka.openProducer();
  const patiently = <T>(what: string, attempt: () => Promise<T>) =>
    retry(what, attempt, { signal, log, isTransient: isDatabaseTransient });
  const settings = { group: config.group, tradesTopic: config.topics.trades, fixTopic: config.topics.fix };
  let records = 0;

  const reading = run<Written>(consuming.batches, {
    decode: (record) => decode(record, { fixTopic: config.topics.fix, validation: config.validation }),
    write: (decoded, progress) =>
      patiently("write a batch", () => writeBatch(database, config.group, decoded, progress)),
    setAside: (rejections) => sendAside(producer, rejections),
    report: (written, tookMs) => {
      records += written.records;
      log.info(describe(written, tookMs));
    },
  });
  const rounds = runProgress({
    // A topic that comes back is another one: positions in the old one mean nothing there.
    lag: () => askLag(parts, () => consuming.rejoin("a topic is not there")),
    assigned: consuming.assigned,
    commitLeft: consuming.commitLeft,
    write: (progress) => patiently("write progress", () => writeProgress(database, config.group, progress)),
    sweep: () => patiently("sweep", () => sweep(database, { ...settings, ...config })),
    pause: () => delay(untilCaughtUp ? ROUND_UNTIL_CAUGHT_UP_MS : ROUND_MS, stop).catch(() => {}),
    signal: stop,
  }, { untilCaughtUp });

  try {
    const swept = await Promise.race([rounds, reading.then(() => null)]);
    done.abort();
    await reading;
    if (untilCaughtUp && swept) {
      console.log(`consumed ${records} records`);
      console.log(`${swept.withinGrace} unpaired are within the grace period of ${config.graceSeconds} s`);
    }
  } finally {
    done.abort();
    await Promise.allSettled([reading, rounds]);
    await consuming.close();
    await producer.close();
  }
}

function describe(
  { records, tradesNew, duplicates, setAside, breaksOpened, breaksClosed }: Written,
  ms: number,
) {
  const parts = [
    `wrote ${records} records in ${Math.round(ms)} ms`,
    tradesNew && `${tradesNew} trades new`,
    duplicates && `${duplicates} seen before`,
    setAside.length && `${setAside.length} set aside`,
    breaksOpened && `${breaksOpened} breaks opened`,
    breaksClosed && `${breaksClosed} closed`,
  ];
  return parts.filter(Boolean).join(", ");
}

if (import.meta.main) await runProgram("consume", (signal) => main(Deno.args, signal));
