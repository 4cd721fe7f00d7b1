/**
 * The consumer: Kafka to PostgreSQL, and the two sides against each other. Wiring only; the promise is in run.ts.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { openKafka } from "../shared/platform/kafka.ts";
import { openLog } from "../shared/platform/log.ts";
import { isTransient, openDatabase } from "../shared/platform/postgres.ts";
import { runProgram } from "../shared/platform/program.ts";
import { retry } from "../shared/platform/retry.ts";
import { deadLetterTopic, withLocalStack } from "../shared/platform/settings.ts";
import { readConfig } from "./config.ts";
import { prepareGroup, runGroup } from "./group.ts";
import { migrate } from "./migrate.ts";

const HELP = `Reads both topics into PostgreSQL and reconciles them, until it is stopped.

  deno task consume [--until-caught-up] [--skip-lost]

  --until-caught-up  end when the whole group has read everything and a sweep for missing sides has run
  --skip-lost        when the broker no longer holds the group's offsets, go on with the oldest it holds
  --help             this text

Several may run at once: a group shares the partitions. Settings: KAFKA_BROKERS, KAFKA_SSL,
KAFKA_SSL_CA_FILE, KAFKA_SASL_*, DATABASE_URL, TRADES_TOPIC, FIX_TOPIC, TOPIC_PARTITIONS, CONSUMER_GROUP,
FIX_VALIDATION, FIX_DICTIONARY, CALENDAR_CLOSURES_FILE, RECONCILE_GRACE_SECONDS, RECONCILE_MISSING, LOG_LEVEL`;

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
      isTransient,
    });
    await kafka.ensureTopics([config.topics.trades, config.topics.fix].flatMap((topic) => [
      { topic, partitions: config.topics.partitions },
      { topic: deadLetterTopic(topic), partitions: 1, messageBytesMax: DEAD_LETTER_BYTES_MAX },
    ]));
    const parts = { config, kafka, database, log, signal };
    await prepareGroup(parts, { skipLost: values["skip-lost"] ?? false });
    await runGroup(parts, { untilCaughtUp: values["until-caught-up"] ?? false });
    return 0;
  } finally {
    await kafka.close();
    await database.close();
  }
}

if (import.meta.main) await runProgram("consume", (signal) => main(Deno.args, signal));
