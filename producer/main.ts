/**
 * The producer: the simulated market to Kafka. Wiring only.
 *
 * @module
 */

import { openKafka } from "../shared/platform/kafka.ts";
import { type Log, openLog } from "../shared/platform/log.ts";
import { runProgram } from "../shared/platform/program.ts";
import { delay } from "../shared/platform/retry.ts";
import { withLocalStack } from "../shared/platform/settings.ts";
import { type Config, HELP, readConfig } from "./config.ts";
import { openHeld } from "./held.ts";
import { tape } from "./market.ts";
import { openProgress } from "./progress.ts";
import { AT_ONCE, NOTHING_SENT, openPace, publish, type Publishing, type Sent } from "./publish.ts";
import { NO_ANSWER_KEY, openAnswerKey } from "./truth.ts";

/** A stop waits this long for what is on its way, when the broker does not answer. */
const STOP_MAX_MS = 5_000;
/** Longer waits are cut: a timer holds no more than 2^31 ms. */
const WAIT_MAX_MS = 60_000;

if (import.meta.main) await runProgram("produce", (stop) => main(Deno.args, stop));

async function main(args: string[], stop: AbortSignal): Promise<number> {
  const config = readConfig(withLocalStack(Deno.env), args, {
    nowMs: Date.now(),
    freshSeed: () => crypto.randomUUID().slice(0, 8),
    readFile: Deno.readTextFileSync,
  });
  if (config === null) {
    console.log(HELP);
    return 0;
  }
  const log = openLog("producer", config.logLevel);
  const answers = config.truthFile === null ? NO_ANSWER_KEY : openAnswerKey(config.truthFile);
  const beganMs = Date.now();
  let sent = NOTHING_SENT;
  try {
    await send(config, { log, stop, writeFaults: answers.write, onSent: (now) => sent = now });
  } finally {
    answers.close();
    console.log(summary(sent, Date.now() - beganMs));
  }
  return 0;
}

interface Surroundings extends Pick<Publishing, "writeFaults" | "onSent"> {
  readonly log: Log;
  readonly stop: AbortSignal;
}

async function send(config: Config, { log, stop, writeFaults, onSent }: Surroundings): Promise<void> {
  const { topics, tape: options, speed, lateAfterMs } = config;
  const giveUp = new AbortController();
  stop.addEventListener("abort", () => {
    setTimeout(() => giveUp.abort(new Error("the broker did not answer before the stop")), STOP_MAX_MS);
  });
  const kafka = openKafka(config.kafka, { clientId: "breakwater-producer", log, signal: giveUp.signal });
  const topicOf = { trades: topics.trades, fix: topics.fix };
  const specs = Object.values(topicOf).map((topic) => ({ topic, partitions: topics.partitions }));
  await Promise.race([kafka.ensureTopics(specs), rejectionOf(stop)]);
  const producer = kafka.openProducer();
  const progress = openProgress({ fills: options.fills, now: Date.now, say: log.info });
  const gaveUp = rejectionOf(giveUp.signal);
  gaveUp.catch(() => {});
  try {
    log.info(`seed ${options.seed}, market starts ${new Date(options.startMs).toISOString()}`);
    await publish({
      records: tape({ ...options, isClosing: () => stop.aborted }),
      pace: speed === null ? AT_ONCE : openPace(options.clock, options.startMs, speed, Date.now),
      send: (side, records) => Promise.race([producer.send(topicOf[side], records), gaveUp]),
      held: openHeld({ lateAfterMs, untilEnd: speed === null, now: Date.now }),
      writeFaults,
      onSent: (sent) => {
        onSent(sent);
        progress(sent);
      },
      wait: (ms) => waitUnless(stop, Math.min(ms, WAIT_MAX_MS)),
      stop,
    });
  } finally {
    await producer.close();
    await kafka.close();
  }
}

async function waitUnless(stop: AbortSignal, ms: number): Promise<void> {
  if (stop.aborted) return await delay(ms);
  try {
    await delay(ms, stop);
  } catch (error) {
    if (error !== stop.reason) throw error;
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

function summary({ fills, trades, fix, faults }: Sent, tookMs: number): string {
  const records = `${trades} booking records, ${fix} FIX messages`;
  return `sent ${fills} fills: ${records}, ${faults} faults, in ${(tookMs / 1_000).toFixed(1)} s`;
}
