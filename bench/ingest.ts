/**
 * How many records a second one consumer makes durable with their whole effect: half bookings and half FIX, from
 * the producer's own tape, on a real broker and database. Beside it, in the same run, what PostgreSQL takes when
 * the same bytes are only copied into a table without an index.
 *
 * @module
 */

import process from "node:process";
import { parseArgs } from "node:util";
import type { Database } from "../shared/platform/postgres.ts";
import { readStreet } from "../shared/trade/read_street.ts";
import type { Incoming } from "../tests/broker.ts";
import { one, readServers, type Servers, withWorld, type World } from "../tests/harness.ts";
import { withOwnStack } from "../tests/own_stack.ts";
import { type Program, until } from "../tests/programs.ts";
import { compareWith } from "./beside.ts";
import { cpuSeconds, postgresCpuSeconds } from "./cpu.ts";
import { toBinaryCopy } from "./plain_copy.ts";

const HELP = `Measures ingest: records a second whose whole effect is committed.

  deno task bench:ingest [--records N] [--consumers N] [--json] [--beside DIR [--pairs N]]

  --records N    how many, half bookings and half FIX (100000)
  --consumers N  how many share the work (1)
  --json         one JSON object instead of the table
  --beside DIR   another checkout of this repository (git worktree), measured in turns with this one
  --pairs N      how many turns (3)

Uses KAFKA_BROKERS and DATABASE_URL when both are set, else starts a private pair.
`;

const GOAL_PER_SECOND = 10_000;
const FIX_SHARE_GOAL = 0.15;
const WAIT_MAX_MS = 600_000;

export interface Result {
  readonly records: number;
  readonly bytes: number;
  readonly consumers: number;
  /** From the first fetch to the last commit. */
  readonly ingestSeconds: number;
  readonly ingestPerSecond: number;
  readonly copySeconds: number;
  readonly copyPerSecond: number;
  readonly shareOfCopy: number;
  readonly consumerCpuSeconds: number | null;
  /** Null when the server is on another machine. */
  readonly postgresCpuSeconds: number | null;
  readonly goalPerSecond: number;
  /** What reading the same FIX records takes, in this process. */
  readonly fixCpuSeconds: number;
  /** Of the consumer's processor time; null where that is unknown. */
  readonly fixShareOfCpu: number | null;
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const options = {
    records: { type: "string", default: "100000" },
    consumers: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    beside: { type: "string" },
    pairs: { type: "string", default: "3" },
    help: { type: "boolean" },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: Deno.args, options }));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    Deno.exit(2);
  }
  if (values.help) return console.log(HELP);
  const [records, consumers] = [Number(values.records), Number(values.consumers)];
  if (!Number.isInteger(records) || records < 2 || !Number.isInteger(consumers) || consumers < 1) {
    console.error(`--records must be a whole number from 2, --consumers one from 1\n\n${HELP}`);
    Deno.exit(2);
  }
  const measureOn = (servers: Servers) => withWorld(servers, (world) => measure(world, records, consumers));
  const checkout = values.beside;
  if (checkout !== undefined) {
    const args = ["--records", String(records), "--consumers", String(consumers)];
    const compareOn = (servers: Servers) =>
      compareWith(checkout, Number(values.pairs), args, servers, report);
    console.log(await onServers(compareOn));
    Deno.exit(0);
  }
  const result = await onServers(measureOn);
  console.log(values.json ? JSON.stringify(result) : toTable(result));
  Deno.exit(0);
}

async function onServers<T>(body: (servers: Servers) => Promise<T>): Promise<T> {
  const settled = Deno.env.get("KAFKA_BROKERS") && Deno.env.get("DATABASE_URL");
  return settled ? await body(readServers()) : await withOwnStack(({ servers }) => body(servers), { report });
}

async function measure(world: World, recordsWanted: number, consumers: number): Promise<Result> {
  const { trades, fix } = await load(world, recordsWanted / 2);
  const bytes = [...trades, ...fix].reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  const records = trades.length + fix.length;
  report(`reading ${records} records …`);
  const ingest = await measureIngest(world, records, consumers);
  const copySeconds = await measureCopy(world.database, [...trades, ...fix]);
  const fixCpuSeconds = measureFix(fix);
  return {
    records,
    bytes,
    ...ingest,
    ingestPerSecond: records / ingest.ingestSeconds,
    copySeconds,
    copyPerSecond: records / copySeconds,
    shareOfCopy: copySeconds / ingest.ingestSeconds,
    goalPerSecond: GOAL_PER_SECOND,
    fixCpuSeconds,
    fixShareOfCpu: ingest.consumerCpuSeconds === null ? null : fixCpuSeconds / ingest.consumerCpuSeconds,
  };
}

/** Puts this many records on each topic, as the producer makes them and in the order it sent them. */
async function load(world: World, half: number): Promise<{ trades: Incoming[]; fix: Incoming[] }> {
  let tape: { trades: readonly Incoming[]; fix: readonly Incoming[] } = { trades: [], fix: [] };
  for (let seed = 1; Math.min(tape.trades.length, tape.fix.length) < half; seed++) {
    report(`producing a tape, part ${seed} …`);
    tape = await world.tape([
      "--count",
      String(Math.ceil(half / 2)),
      "--rate",
      "max",
      "--seed",
      String(seed),
    ]);
  }
  const first = (records: readonly Incoming[]) =>
    records.toSorted((a, b) => a.appendedAtMs - b.appendedAtMs).slice(0, half)
      .map(({ partition: _, ...record }) => record as Incoming);
  const [trades, fix] = [first(tape.trades), first(tape.fix)];
  await world.sendTrades(trades);
  await world.sendFix(fix);
  return { trades, fix };
}

async function measureIngest(world: World, records: number, count: number) {
  const { database, broker, settings } = world;
  const postgresBefore = await postgresCpuSeconds(database);
  const consumers = Array.from({ length: count }, () => world.start("consume", ["--until-caught-up"]));
  // A member fetches as soon as it has its partitions, not before.
  await until("the group has its partitions", async () => {
    return await broker.groupSize(settings.CONSUMER_GROUP!) > 0;
  });
  const startMs = performance.now();
  let consumerCpuSeconds: number | null = null;
  await until("all is committed", async () => {
    consumerCpuSeconds = sum(consumers.map(({ pid }) => cpuSeconds(pid))) ?? consumerCpuSeconds;
    return await isCommitted(database, records);
  }, WAIT_MAX_MS);
  const ingestSeconds = (performance.now() - startMs) / 1_000;
  const postgresAfter = await postgresCpuSeconds(database);
  await ended(consumers);
  return {
    consumers: count,
    ingestSeconds,
    consumerCpuSeconds,
    postgresCpuSeconds: postgresBefore === null || postgresAfter === null
      ? null
      : postgresAfter - postgresBefore,
  };
}

async function isCommitted(database: Database, records: number): Promise<boolean> {
  const { ready } = await one(database, "select to_regclass('ingest_progress') is not null as ready");
  if (!ready) return false;
  const { done } = await one(database, "select coalesce(sum(next_offset), 0) as done from ingest_progress");
  return Number(done) >= records;
}

async function ended(consumers: readonly Program[]): Promise<void> {
  for (const { status, log } of consumers) {
    const { code } = await status;
    if (code !== 0) throw new Error(`the consumer ended with ${code}:\n${log().slice(-2_000)}`);
  }
}

/** As the consumer does, and as cold: from bytes to what they say, once. */
function measureFix(records: readonly Incoming[]): number {
  const before = process.cpuUsage();
  for (const { value } of records) {
    if (value !== null && readStreet(value, "strict").kind === "rejected") {
      throw new Error("a record is refused");
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function measureCopy(database: Database, records: readonly Incoming[]): Promise<number> {
  const chunks = toBinaryCopy(records);
  await database.query("create table plain_copy (key text, value bytea)");
  const startMs = performance.now();
  await database.transaction((tx) => tx.copy("copy plain_copy from stdin (format binary)", chunks));
  return (performance.now() - startMs) / 1_000;
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((a, b) => a === null || b === null ? null : a + b, 0);
}

function toTable(result: Result): string {
  const seconds = (value: number | null) => value === null ? "unknown" : `${value.toFixed(2)} s`;
  const rate = (value: number) => `${Math.round(value).toLocaleString("en")} records/s`.padStart(18);
  return [
    `records        ${result.records}, half bookings and half FIX, ${(result.bytes / 1e6).toFixed(1)} MB`,
    `ingest         ${seconds(result.ingestSeconds).padStart(8)} ${rate(result.ingestPerSecond)}   ` +
    `${result.consumers} consumer(s), first fetch to last commit`,
    `plain COPY     ${seconds(result.copySeconds).padStart(8)} ${
      rate(result.copyPerSecond)
    }   no index, one transaction`,
    `share of COPY  ${result.shareOfCopy.toFixed(2).padStart(6)}`,
    `processor      consumer ${seconds(result.consumerCpuSeconds)}, PostgreSQL ${
      seconds(result.postgresCpuSeconds)
    }`,
    `FIX            ${seconds(result.fixCpuSeconds)} of processor time, ${
      result.fixShareOfCpu === null ? "an unknown share" : `${(result.fixShareOfCpu * 100).toFixed(1)} %`
    } of the consumer's (goal: below ${FIX_SHARE_GOAL * 100} %)`,
    `goal           ${GOAL_PER_SECOND.toLocaleString("en")} records/s: ` +
    (result.ingestPerSecond >= GOAL_PER_SECOND ? "reached" : "missed"),
  ].join("\n");
}

function report(line: string): void {
  console.error(line);
}
