/**
 * The settings of the web program.
 *
 * @module
 */

import { type Env, fault, integer, readAll, text } from "../shared/platform/env.ts";
import { type LogLevel, readLogLevel } from "../shared/platform/log.ts";
import {
  type KafkaSettings,
  readDatabaseUrl,
  readGroup,
  readKafka,
  readTopics,
  type TopicSettings,
} from "../shared/platform/settings.ts";

export interface Config {
  /** Where it listens: this machine alone unless said otherwise. */
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Only asked whether they answer. */
  readonly kafka: KafkaSettings;
  readonly topics: TopicSettings;
  /** Whose progress the board shows. */
  readonly group: string;
  /** Ad-hoc closures laid over the calendars; null: none. */
  readonly closuresFile: string | null;
  readonly logLevel: LogLevel;
}

/** @throws {SettingError} With a line for each setting that is missing or out of range, before anything connects. */
export function readConfig(env: Env): Config {
  return readAll<Config>({
    host: () => readHost(env),
    port: () => integer(env, "WEB_PORT", { preset: 8_000, min: 0, max: 65_535 }),
    databaseUrl: () => readDatabaseUrl(env),
    kafka: () => readKafka(env),
    topics: () => readTopics(env),
    group: () => readGroup(env),
    closuresFile: () => env.get("CALENDAR_CLOSURES_FILE")?.trim() || null,
    logLevel: () => readLogLevel(env),
  });
}

function readHost(env: Env): string {
  const host = text(env, "WEB_HOST", { preset: "127.0.0.1" });
  if (!/^[\w.:-]+$/.test(host)) throw fault("WEB_HOST", `must be a host name or address, not "${host}"`);
  return host;
}
