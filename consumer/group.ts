/**
 * One consumer's part in its group: it makes the partitions known, reads and writes, and goes its rounds beside that.
 * Joins run.ts and progress.ts to Kafka and the database.
 *
 * @module
 */

import {
  isTopicMissing,
  isTransient as isKafkaTransient,
  PositionLostError,
} from "../shared/platform/kafka_errors.ts";
import type { KafkaConnection } from "../shared/platform/kafka.ts";
import type { Log } from "../shared/platform/log.ts";
import { type Database, isTransient as isDatabaseTransient } from "../shared/platform/postgres.ts";
import { delay, retry } from "../shared/platform/retry.ts";
import { STANDARD_RULES } from "../shared/trade/street_facts.ts";
import type { Config } from "./config.ts";
import { decode } from "./decode.ts";
import { openJournal } from "./journal.ts";
import { describeLost, lostPositions, runProgress, toProgress } from "./progress.ts";
import { run } from "./run.ts";
import { sendAside } from "./set_aside.ts";
import { writeBatch, writeProgress, type Written } from "./store/mod.ts";
import { sweep } from "./sweep.ts";

/** One transaction stays well under a second, and a crash repeats no more than this. */
const LIMITS = { recordsMax: 4_000, bytesMax: 8 * 1024 * 1024 };
/** A slow stream makes at most twenty small transactions a second. */
const BATCH_PAUSE_MS = 50;
const ROUND_MS = 1_000;
const ROUND_UNTIL_CAUGHT_UP_MS = 250;
/** What the group's work needs; opened by main. */
export interface Parts {
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
export async function prepareGroup(parts: Parts, { skipLost }: { skipLost: boolean }): Promise<void> {
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

/** Reads and sweeps until the signal fires or, `untilCaughtUp`, until the whole group has read everything. */
export async function runGroup(parts: Parts, { untilCaughtUp }: { untilCaughtUp: boolean }): Promise<void> {
  while (!(await consumeUnlessLost(parts, untilCaughtUp)));
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
  const journal = openJournal(log.info, performance.now.bind(performance));
  const street = { ...STANDARD_RULES, dictionaries: config.dictionaries };
  const { validation, expect } = config;
  const reads = { fixTopic: config.topics.fix, validation, street, expect };
  let records = 0;

  const reading = run<Written>(consuming.batches, {
    decode: (record) => decode(record, reads),
    write: (decoded, progress) =>
      patiently("write a batch", () => writeBatch(database, config.group, decoded, progress)),
    setAside: (rejections) => sendAside(producer, rejections),
    report: (written, tookMs) => {
      records += written.records;
      journal.add(written, tookMs);
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
    journal.close();
    await consuming.close();
    await producer.close();
  }
}
