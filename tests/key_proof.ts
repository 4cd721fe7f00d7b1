/**
 * The proof of reconciliation: what is found is the answer key, whatever happens to the consumers on the way.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertValuesAre, compareWithKey, type Comparison, type Fault } from "./answer_key.ts";
import { one, type World } from "./harness.ts";
import { until } from "./programs.ts";
import { assertRecounts, fingerprint } from "./recount.ts";

/** One line of a proof's table. */
export interface Proved extends Comparison {
  readonly what: string;
  /** Tables that a replay changed; null where nothing was replayed. */
  readonly changed: readonly string[] | null;
}

const MIDDLE = 0.4;
const MIDDLE_WAIT_MAX_MS = 600_000;

/** Kills the consumer in the middle of the backlog, and goes on with another. */
export async function proveRestart(world: World, key: readonly Fault[]): Promise<Proved> {
  const records = await recordsOf(world);
  const consumer = world.start("consume");
  await until("the consumer is in the middle of the backlog", async () => {
    return await readOf(world) >= records * MIDDLE;
  }, MIDDLE_WAIT_MAX_MS);
  consumer.kill("SIGKILL");
  await consumer.status;
  const left = records - await readOf(world);
  await world.catchUp();
  await world.catchUpAfterGrace();
  return await prove(world, key, left > 0 ? "killed in the middle" : "killed at the end");
}

/** Reads both topics again under another group. */
export async function proveReplay(world: World, key: readonly Fault[]): Promise<Proved> {
  const before = await fingerprint(world.database);
  await world.catchUp({ CONSUMER_GROUP: `${world.settings.CONSUMER_GROUP}-again` });
  const after = await fingerprint(world.database);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  return { ...await prove(world, key, "replayed from offset 0"), changed };
}

export async function proveThree(world: World, key: readonly Fault[]): Promise<Proved> {
  await Promise.all([world.catchUp(), world.catchUp(), world.catchUp()]);
  await world.catchUpAfterGrace();
  return await prove(world, key, "three at once");
}

export function assertProved({ what, missing, unexpected, changed }: Proved): void {
  assert.deepEqual(
    { what, missing: missing.slice(0, 10), unexpected: unexpected.slice(0, 10), changed: changed ?? [] },
    { what, missing: [], unexpected: [], changed: [] },
  );
}

/** A proof's table, as it is printed and kept in docs/. */
export function toTable(rows: readonly (Proved & { readonly of: string })[]): string {
  const lines = rows.map((
    { of, what, wanted, found, precision, recall, missing, unexpected },
  ) => [of, what, wanted, found, precision.toFixed(4), recall.toFixed(4), missing.length, unexpected.length]);
  const head = ["tape", "consumers", "in the key", "found", "precision", "recall", "missing", "unexpected"];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

async function prove(world: World, key: readonly Fault[], what: string): Promise<Proved> {
  await assertRecounts(world.database);
  const { letters } = await one(world.database, "select count(*) as letters from dead_letters");
  assert.equal(letters, "0", "records were set aside");
  const comparison = await compareWithKey(key, world.database);
  await assertValuesAre(key, world.database);
  return { ...comparison, what, changed: null };
}

async function recordsOf({ broker, tradesTopic, fixTopic }: World): Promise<number> {
  return await broker.count(tradesTopic) + await broker.count(fixTopic);
}

async function readOf({ database, settings }: World): Promise<number> {
  const { ready } = await one(database, "select to_regclass('ingest_progress') is not null as ready");
  if (!ready) return 0;
  const { read } = await one(
    database,
    "select coalesce(sum(next_offset), 0) as read from ingest_progress where consumer_group = $1",
    [settings.CONSUMER_GROUP],
  );
  return Number(read);
}
