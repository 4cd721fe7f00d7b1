/**
 * All settings of the producer: the flags of one run, and where its topics are.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { type Env, readAll, SettingError } from "../shared/platform/env.ts";
import { type LogLevel, readLogLevel } from "../shared/platform/log.ts";
import {
  type KafkaSettings,
  readKafka,
  readTopics,
  type TopicSettings,
} from "../shared/platform/settings.ts";
import { COUNTERPARTIES } from "../shared/trade/counterparties.ts";
import { DEFAULT_MIX, FAULT_TYPES, type FaultMix } from "./faults.ts";
import { FIX_VERSIONS, type FixVersion } from "./fix_version.ts";
import type { TapeOptions } from "./market.ts";
import { NO_SCENARIO, type Scenario, SCENARIOS } from "./scenario.ts";
import { loadScenario } from "./scenario_file.ts";
import { DEFAULT_PER_MINUTE, readTimeMs, ScheduleError, toSchedule, type Wish } from "./schedule.ts";

export interface Config {
  readonly kafka: KafkaSettings;
  readonly topics: TopicSettings;
  readonly logLevel: LogLevel;
  readonly tape: TapeOptions;
  /** How long the late side of a late fill is held back, at least. */
  readonly lateAfterMs: number;
  /** Market time for one unit of real time; null sends as fast as possible. */
  readonly speed: number | null;
  /** File for the answer key. */
  readonly truthFile: string | null;
}

export const HELP = `Sends synthetic trades: FIX of orders and executions, and the bookings that answer them.

  deno task produce [--rate N|max] [--count N] [--seed S] [--start TIME] [--until TIME] [--speed X]
                    [--scenario NAME|FILE] [--break-rate 0.015] [--fault-mix TYPE=N,...]
                    [--late-after 45] [--truth FILE] [--fix-version 4.2|4.4|5.0SP2]
                    [--bust-rate 0] [--correct-rate 0] [--no-fix] [--no-trades]

  --rate N          fills a minute (default ${DEFAULT_PER_MINUTE}); max sends as fast as possible and needs --count
  --count N         end after N fills and what follows from them (default: no end)
  --seed S          same seed, start, count, rate and flags: same records (default: a new one)
  --start TIME      start of the market's clock, 2026-11-20T09:00:00Z or 2026-11-20 (default: now;
                    with --rate max or --speed as late as can be); weekends are skipped
  --until TIME      after the last fill let the market run on until then, so that trades settle
  --speed X         run the market's clock X times as fast as the wall's (default 1)
  --scenario NAME   what kind of day it is; other flags have the last word:
                    ${SCENARIOS.slice(0, 4).join(", ")},
                    ${SCENARIOS.slice(4).join(", ")}, or a JSON file of your own (see docs/FLOW.md)
  --break-rate R    share of the fills with a fault, from 0 to 1 (default 0.015)
  --fault-mix MIX   how often each fault is drawn beside the others, such as price=3,side=1, of
                    ${FAULT_TYPES.slice(0, 6).join(", ")},
                    ${FAULT_TYPES.slice(6, 12).join(", ")},
                    ${FAULT_TYPES.slice(12).join(", ")}
                    (default 3 of the first four, 1 of the next six)
  --late-after S    hold one side of a late fill back for S seconds of the wall's time, from 1 to
                    3600 (default 45); with --rate max until S seconds after all the rest
  --truth FILE      write one JSON line for each fault: the answer key
  --fix-version V   4.4 (default), 5.0SP2, or 4.2: orders, reports, allocations and settlement
                    instructions only
  --bust-rate R     share of the fills that the broker takes back within seconds; their bookings
                    get a version with event_type cancelled (default 0)
  --correct-rate R  share of the fills whose price the broker corrects before they are booked
                    (default 0); a fill with a fault is not corrected, nor busted with its booking
  --no-fix          bookings only, without exec_id and without faults
  --no-trades       FIX only, without faults
  --help            this text

Settings: KAFKA_BROKERS, KAFKA_SSL, KAFKA_SSL_CA_FILE, KAFKA_SASL_*, TRADES_TOPIC, FIX_TOPIC,
TOPIC_PARTITIONS, LOG_LEVEL`;

const OPTIONS = {
  "rate": { type: "string" },
  "count": { type: "string" },
  "seed": { type: "string" },
  "start": { type: "string" },
  "until": { type: "string" },
  "speed": { type: "string" },
  "break-rate": { type: "string" },
  "truth": { type: "string" },
  "scenario": { type: "string" },
  "fault-mix": { type: "string" },
  "late-after": { type: "string" },
  "fix-version": { type: "string" },
  "bust-rate": { type: "string" },
  "correct-rate": { type: "string" },
  "no-fix": { type: "boolean" },
  "no-trades": { type: "boolean" },
  "help": { type: "boolean", short: "h" },
} as const;

const FAULT_SHARE = 0.015;
const FIX_VERSION: FixVersion = "4.4";
const PER_MINUTE_MAX = 10_000_000;
const FILLS_MAX = 1_000_000_000;
const SPEED_MAX = 1_000_000;
const SEED_CHARS_MAX = 64;
const LATE_AFTER_SECONDS = { preset: 45, min: 1, max: 3_600 };
const MIX_MAX = 1_000;
const HOUR_MS = 3_600_000;

/** The values a run takes from outside where the flags do not say. */
export interface Surroundings {
  readonly nowMs: number;
  readonly freshSeed: () => string;
  readonly readFile: (path: string) => string;
}

/**
 * @returns Null if the user asks for help.
 * @throws {SettingError} With one line for each fault.
 */
export function readConfig(env: Env, args: string[], surroundings: Surroundings): Config | null {
  const { values: flags } = parseArgs({ args, options: OPTIONS });
  if (flags.help) return null;
  const day = flags.scenario === undefined
    ? NO_SCENARIO
    : loadScenario(flags.scenario, surroundings.readFile);
  const { schedule, kafka, topics, logLevel, truthFile, lateAfterMs, ...tape } = readAll({
    kafka: () => readKafka(env),
    topics: () => readTopics(env),
    logLevel: () => readLogLevel(env),
    seed: () => readSeed(flags.seed ?? surroundings.freshSeed()),
    faultShare: () => readShare("break-rate", flags["break-rate"], day.faults.share ?? FAULT_SHARE),
    faultMix: () => readMix(flags["fault-mix"]) ?? day.faults.mix ?? DEFAULT_MIX,
    bustShare: () => readShare("bust-rate", flags["bust-rate"], day.bustShare ?? 0),
    correctionShare: () => readShare("correct-rate", flags["correct-rate"], day.correctionShare ?? 0),
    fixVersion: () => readFixVersion(flags["fix-version"] ?? FIX_VERSION),
    sides: () => readSides(flags["no-fix"] ?? false, flags["no-trades"] ?? false),
    schedule: () => readSchedule(flags, day, surroundings.nowMs),
    fills: () => readFills(flags.count),
    untilMs: () => readTime("until", flags.until),
    truthFile: () => flags.truth ?? null,
    lateAfterMs: () => readNumber("late-after", flags["late-after"], LATE_AFTER_SECONDS) * 1_000,
  });
  const { speed, ...times } = schedule;
  const { phases, replay, curedFailShare } = day;
  const market = { ...tape, ...times, ...toSpan(day), phases, replay, curedFailShare, brokers: toTimes(day) };
  return { kafka, topics, logLevel, truthFile, speed, lateAfterMs, tape: market };
}

function toSpan({ phases, runOnHours }: Scenario) {
  return { phases, runOnMs: runOnHours * HOUR_MS };
}

/** By CompID instead of name. */
function toTimes({ brokers }: Scenario): TapeOptions["brokers"] {
  return new Map(
    COUNTERPARTIES.flatMap(({ name, compId }) =>
      brokers[name] === undefined ? [] : [[compId, brokers[name]]]
    ),
  );
}

type Flags = Readonly<Partial<Record<"rate" | "count" | "speed" | "start" | "until", string>>>;

function readSchedule(flags: Flags, day: Scenario, nowMs: number) {
  const usualPerMinute = day.perMinute ?? DEFAULT_PER_MINUTE;
  const asked = readAll({
    perMinute: () => readRate(flags.rate, usualPerMinute),
    fills: () => readFills(flags.count),
    startMs: () => readTime("start", flags.start),
    untilMs: () => readTime("until", flags.until),
    speed: () => readNumber("speed", flags.speed, { preset: 1, min: 0.001, max: SPEED_MAX }),
  });
  const wish: Wish = { ...asked, ...toSpan(day), usualPerMinute };
  try {
    return toSchedule(wish, nowMs);
  } catch (error) {
    if (error instanceof ScheduleError) throw new SettingError([error.message]);
    throw error;
  }
}

function readRate(text: string | undefined, preset: number): number | "max" {
  if (text?.toLowerCase() === "max") return "max";
  const bounds = { preset, min: 0.001, max: PER_MINUTE_MAX };
  return readNumber("rate", text, bounds, "max or ");
}

function readFills(text: string | undefined): number | null {
  if (text === undefined) return null;
  const fills = readNumber("count", text, { preset: 0, min: 1, max: FILLS_MAX }, "a whole number, ");
  if (!Number.isInteger(fills)) throw new SettingError([`--count must be a whole number, not "${text}"`]);
  return fills;
}

function readNumber(
  flag: string,
  text: string | undefined,
  bounds: { preset: number; min: number; max: number },
  or = "",
): number {
  if (text === undefined) return bounds.preset;
  const number = /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : NaN;
  if (number >= bounds.min && number <= bounds.max) return number;
  throw new SettingError([`--${flag} must be ${or}from ${bounds.min} to ${bounds.max}, not "${text}"`]);
}

function readShare(flag: string, text: string | undefined, preset: number): number {
  return readNumber(flag, text, { preset, min: 0, max: 1 });
}

function readMix(text: string | undefined): FaultMix | null {
  if (text === undefined) return null;
  const parts = text.split(",").map((part) => part.trim().split("="));
  const mix: Record<string, number> = Object.fromEntries(
    parts.map(([type, times = "1"]) => [type, Number(times)]),
  );
  const isFault = (type: string) => FAULT_TYPES.some((each) => each === type);
  const isTimes = (times: number) => times >= 0 && times <= MIX_MAX;
  const isSound = Object.entries(mix).every(([type, times]) => isFault(type) && isTimes(times));
  if (isSound && parts.length === Object.keys(mix).length) return mix;
  const types = FAULT_TYPES.join(", ");
  throw new SettingError([`--fault-mix must be such as price=3,side=1, of ${types}; not "${text}"`]);
}

function readFixVersion(text: string): FixVersion {
  const version = FIX_VERSIONS.find((each) => each === text.toUpperCase());
  if (version !== undefined) return version;
  throw new SettingError([`--fix-version must be ${FIX_VERSIONS.join(", ")}, not "${text}"`]);
}

function readTime(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const timeMs = readTimeMs(text);
  if (timeMs !== null) return timeMs;
  throw new SettingError([`--${flag} must be a time such as 2026-11-20T09:00:00Z, not "${text}"`]);
}

function readSeed(text: string): string {
  if (text.length >= 1 && text.length <= SEED_CHARS_MAX) return text;
  throw new SettingError([`--seed must have 1 to ${SEED_CHARS_MAX} characters, not ${text.length}`]);
}

function readSides(noFix: boolean, noTrades: boolean): TapeOptions["sides"] {
  if (noFix && noTrades) throw new SettingError(["--no-fix and --no-trades together leave nothing to send"]);
  if (noFix) return "trades";
  return noTrades ? "fix" : "both";
}
