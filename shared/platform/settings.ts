/**
 * The settings that several programs share: where Kafka and PostgreSQL are, the topics, the consumer group. What
 * is not set falls back to the local stack of BREAKWATER_HOME while that is up.
 *
 * @module
 */

import { resolve } from "node:path";
import { choice, type Env, fault, flag, integer, text } from "./env.ts";

export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** Encrypt; `caFile` names a PEM file when the authority is a private one. */
  readonly ssl: boolean;
  readonly caFile?: string;
  readonly sasl?: {
    readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
    readonly username: string;
    readonly password: string;
  };
}

export interface TopicSettings {
  readonly trades: string;
  readonly fix: string;
  /** Of topics that we create; existing ones keep theirs. */
  readonly partitions: number;
}

/** The folder of the local stack. A relative one lies in this checkout, whatever folder a command runs in. */
export function homeFolder(env: Env): string {
  return resolve(import.meta.dirname!, "../..", env.get("BREAKWATER_HOME")?.trim() || ".breakwater");
}

/**
 * The environment, with KAFKA_BROKERS and DATABASE_URL of the local stack where they are not set. The stack
 * removes its file when it goes down, so a stale address is not taken for a live one.
 *
 * @param readFile Returns a file's text; stands for `Deno.readTextFileSync`.
 */
export function withLocalStack(env: Env, readFile: (path: string) => string = Deno.readTextFileSync): Env {
  let facts: Map<string, string> | undefined;
  return {
    get(name) {
      const own = env.get(name);
      if (own?.trim() || (name !== "KAFKA_BROKERS" && name !== "DATABASE_URL")) return own;
      facts ??= readFacts(`${homeFolder(env)}/env`, readFile);
      return facts.get(name);
    },
  };
}

/** @throws {SettingError} If an address or a part of SASL is missing or wrong. */
export function readKafka(env: Env): KafkaSettings {
  const brokers = text(env, "KAFKA_BROKERS", { preset: "127.0.0.1:9092" }).split(",").map((part) =>
    part.trim()
  );
  for (const broker of brokers) {
    if (!/^[^\s:]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(broker)) {
      throw fault("KAFKA_BROKERS", `must be host:port, separated by commas, not "${broker}"`);
    }
  }
  const caFile = env.get("KAFKA_SSL_CA_FILE")?.trim();
  const mechanism = choice(env, "KAFKA_SASL_MECHANISM", {
    of: ["none", "plain", "scram-sha-256", "scram-sha-512"],
    preset: "none",
  });
  return {
    brokers,
    ssl: flag(env, "KAFKA_SSL", { preset: false }),
    ...(caFile && { caFile }),
    ...(mechanism !== "none" && {
      sasl: {
        mechanism,
        username: text(env, "KAFKA_SASL_USERNAME", { hint: "KAFKA_SASL_MECHANISM asks for it" }),
        password: text(env, "KAFKA_SASL_PASSWORD", { hint: "KAFKA_SASL_MECHANISM asks for it" }),
      },
    }),
  };
}

/** @throws {SettingError} If there is none, or it is no postgres URL. The message never shows a password. */
export function readDatabaseUrl(env: Env): string {
  const value = text(env, "DATABASE_URL", {
    hint: "set it, or start the local stack with `deno task stack:up`",
  });
  const url = URL.parse(value);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw fault("DATABASE_URL", "must look like postgres://user:password@host:5432/database");
  }
  const mode = url.searchParams.get("sslmode") ?? "disable";
  if (!["disable", "require", "verify-ca", "verify-full"].includes(mode)) {
    throw fault(
      "DATABASE_URL",
      `must have sslmode disable, require, verify-ca or verify-full, not "${mode}"`,
    );
  }
  if (mode === "verify-ca" && !url.searchParams.has("sslrootcert")) {
    throw fault("DATABASE_URL", "must name the authority's file in sslrootcert when sslmode is verify-ca");
  }
  return value;
}

/** @throws {SettingError} If a name is none that Kafka takes, or both are the same. */
export function readTopics(env: Env): TopicSettings {
  const trades = readTopic(env, "TRADES_TOPIC", "trades");
  const fix = readTopic(env, "FIX_TOPIC", "fix-trades");
  if (trades === fix) throw fault("FIX_TOPIC", `must differ from TRADES_TOPIC, both are "${fix}"`);
  return { trades, fix, partitions: integer(env, "TOPIC_PARTITIONS", { preset: 6, min: 1, max: 200 }) };
}

/** @throws {SettingError} If it is longer than Kafka takes. */
export function readGroup(env: Env): string {
  const group = text(env, "CONSUMER_GROUP", { preset: "breakwater" });
  if (group.length > 200) throw fault("CONSUMER_GROUP", "must have at most 200 characters");
  return group;
}

/** Where what cannot be read from a topic is set aside. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

function readTopic(env: Env, name: string, preset: string): string {
  const topic = text(env, name, { preset });
  if (!/^[\w.-]{1,200}$/.test(topic) || topic === "." || topic === "..") {
    throw fault(name, `must be a topic name of letters, digits, ".", "_" and "-", not "${topic}"`);
  }
  return topic;
}

/** Reads lines of `KEY='value'`, a quote in a value being `'\''`; no file is no facts. */
function readFacts(path: string, readFile: (path: string) => string): Map<string, string> {
  let content: string;
  try {
    content = readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
  return new Map(
    [...content.matchAll(/^(\w+)='(.*)'$/gm)].map((
      [, key, value],
    ) => [key!, value!.replaceAll(`'\\''`, "'")]),
  );
}
