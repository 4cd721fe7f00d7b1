/**
 * Ingest, sweeps and people at once: whatever interleaves, everything derived equals a recount. Each of them has a
 * connection of its own, as another process has; a deadlock is retried, and counted here.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { findAltered } from "../consumer/audit.ts";
import type { Decoded } from "../consumer/decode.ts";
import { sweep } from "../consumer/sweep.ts";
import type { Database } from "../shared/platform/postgres.ts";
import { one, untilCount, untilGraceIsOver, untilRead, worldTest } from "./harness.ts";
import { assertRecounts } from "./recount.ts";
import { atLagZero, booking, DAY, fill, openBreaks, SETTINGS, storeTest, write } from "./store_world.ts";

const TABLES =
  `trades, trade_events, executions, fix_messages, orders, pairs, breaks, break_events, kpi_day, kpi_minute,
  kpi_venue, exposures, kpi_messages, changes`;
const ACTIONS = [
  "assign",
  "comment",
  "review",
  "resolve",
  "write-off",
  "force-match",
  "approve",
  "reject",
  "reopen",
];
/** What `change_break` refuses: someone was faster, or the action does not fit. */
const REFUSED = new Set(["BW409", "BW422", "BW403"]);

/** The life of one trade on both sides, some of it wrong. */
function lifeOf(id: string, kind: number): Decoded[] {
  const execId = `E-${id}`;
  const wrong = kind % 3 === 0 ? { price: "99" } : {};
  const facts = [booking(id, wrong), booking(id, { ...wrong, version: 2, stage: "confirmed" }), fill(execId)];
  const extra: Record<number, Decoded[]> = {
    1: [booking(`${id}x`, { execId })],
    2: [fill(`X-${id}`, { kind: "cancel", execRefId: execId, transactTime: `${DAY}T14:31:00.000000Z` })],
    3: [booking(id, { version: 3, stage: "confirmed" })],
    4: [booking(id, { version: 3, stage: "cancelled", eventType: "cancelled" })],
    5: [fill(`C-${id}`, { kind: "correct", execRefId: execId, side: "sell" })],
    6: [booking(`${id}l`, { execId: null, price: "98.5" })],
  };
  return kind === 7 ? facts.slice(0, 2) : kind === 8 ? facts.slice(2) : [...facts, ...extra[kind] ?? []];
}

/** Acts on some break as it was a moment ago; returns whether it was refused. */
async function act(db: Database, step: number): Promise<boolean> {
  const breaks = await db.query("select id, version from breaks order by id");
  if (breaks.length === 0) return false;
  const { id, version } = breaks[step * 7 % breaks.length]!;
  const action = ACTIONS[step % ACTIONS.length]!;
  try {
    await db.transaction((tx) =>
      tx.query("select change_break($1, $2, $3, $4, 'seen')", [
        id,
        version,
        action,
        step % 2 ? "anna" : "ben",
      ])
    );
    return false;
  } catch (error) {
    if (!REFUSED.has((error as { code: string }).code)) throw error;
    return true;
  }
}

const STEPS_MAX = 500;
/** Two bookings of one execution, kind 1, contend the most. */
const anyKinds = fc.array(fc.oneof(fc.nat(9), fc.constant(1)), { minLength: 6, maxLength: 14 });

storeTest("ingest, sweeps and people in any interleaving leave what a recount gives", async (db) => {
  let refused = 0;
  const run = async (kinds: number[], size: number, seed: number) => {
    await db.query(`truncate ${TABLES} cascade`);
    const facts = kinds.flatMap((kind, index) => lifeOf(`t${index}`, kind));
    const shuffled = fc.sample(fc.shuffledSubarray(facts, { minLength: facts.length }), {
      seed,
      numRuns: 1,
    })[0]!;
    const batches = Array.from(
      { length: Math.ceil(shuffled.length / size) },
      (_, at) => shuffled.slice(at * size, (at + 1) * size),
    );
    const writer = async (turn: number) => {
      for (const batch of batches.filter((_, at) => at % 2 === turn)) await write(db, batch);
    };
    const sweeper = async () => {
      for (let turn = 0; turn < 4; turn++) {
        await atLagZero(db);
        await sweep(db, SETTINGS);
      }
    };
    let working = true;
    const person = async () => {
      for (let step = 0; working && step < STEPS_MAX; step++) refused += Number(await act(db, seed + step));
    };
    const work = Promise.all([writer(0), writer(1), sweeper()]).finally(() => working = false);
    await Promise.all([work, person()]);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    await assertRecounts(db);
    assert.deepEqual(await findAltered(db), []);
    assert.equal((await openBreaks(db)).length, Number((await one(db, OPEN)).n));
  };
  await fc.assert(
    fc.asyncProperty(anyKinds, fc.integer({ min: 1, max: 6 }), fc.nat(1_000), run),
    { numRuns: 8, endOnFailure: true },
  );
  await report(db, refused);
});

worldTest("two consumers and people on the breaks they open leave what a recount gives", async (world) => {
  await world.produce(["--count", "600", "--rate", "max", "--seed", "people", "--break-rate", "0.5"]);
  const ends = await Promise.all(
    [world.tradesTopic, world.fixTopic].map(async (topic) => (await world.broker.readAll(topic)).length),
  );
  const consumers = [1, 2].map(() => world.start("consume"));
  await untilCount(world.database, 1, "(select from breaks limit 1) b");
  let working = true;
  let refused = 0;
  const person = async () => {
    for (let step = 0; working; step++) refused += Number(await act(world.database, step));
  };
  const work = untilRead(world, ends[0]! + ends[1]!).then(() => untilGraceIsOver(world.database))
    .finally(() => working = false);
  await Promise.all([work, person()]);
  for (const consumer of consumers) {
    consumer.kill("SIGTERM");
    assert.equal((await consumer.status).code, 0);
  }
  await assertRecounts(world.database);
  assert.deepEqual(await findAltered(world.database), []);
  await report(world.database, refused);
});

async function report(db: Database, refused: number): Promise<void> {
  assert(refused > 0, "people and sweeps never met");
  const { deadlocks } = await one(
    db,
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  console.log(`${deadlocks} deadlocks, all of them retried; ${refused} actions refused`);
}

/** The newest event of each break, as the log tells it. */
const OPEN = `
  select count(*) as n from (
    select distinct on (break_id) to_status from break_events order by break_id, version desc) e
  where to_status not in ('resolved', 'written_off')`;
