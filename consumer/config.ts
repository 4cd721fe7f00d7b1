/**
 * Every setting of the consumer, read once, before anything connects.
 *
 * @module
 */

import type { Dictionaries } from "../shared/fix/mod.ts";
import { choice, type Env, integer, readAll } from "../shared/platform/env.ts";
import { type LogLevel, readLogLevel } from "../shared/platform/log.ts";
import {
  type KafkaSettings,
  readDatabaseUrl,
  readGroup,
  readKafka,
  readTopics,
  type TopicSettings,
} from "../shared/platform/settings.ts";
import { readExpectations } from "./calendars.ts";
import { readDictionaries } from "./fix_dictionary.ts";
import { MISSING, type Missing } from "./sweep.ts";

export interface Config {
  readonly kafka: KafkaSettings;
  readonly databaseUrl: string;
  readonly topics: TopicSettings;
  readonly group: string;
  /** Whether a FIX message with a wrong length or checksum is taken all the same. */
  readonly validation: "strict" | "lenient";
  /** With the broker's own tags and messages of FIX_DICTIONARY. */
  readonly dictionaries: Dictionaries;
  /** When trades settle, with the closures of CALENDAR_CLOSURES_FILE. */
  readonly expect: ReturnType<typeof readExpectations>;
  /** How long the other side of a trade may take, by the database's clock. */
  readonly graceSeconds: number;
  readonly missing: Missing;
  readonly logLevel: LogLevel;
}

/** @throws {SettingError} With one line for each setting that is missing or out of range. */
export function readConfig(env: Env): Config {
  return readAll<Config>({
    kafka: () => readKafka(env),
    databaseUrl: () => readDatabaseUrl(env),
    topics: () => readTopics(env),
    group: () => readGroup(env),
    validation: () => choice(env, "FIX_VALIDATION", { of: ["strict", "lenient"], preset: "strict" }),
    dictionaries: () => readDictionaries(env),
    expect: () => readExpectations(env),
    graceSeconds: () => integer(env, "RECONCILE_GRACE_SECONDS", { preset: 30, min: 0, max: 7 * 24 * 3_600 }),
    missing: () => choice(env, "RECONCILE_MISSING", { of: MISSING, preset: "both" }),
    logLevel: () => readLogLevel(env),
  });
}
