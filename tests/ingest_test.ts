/**
 * The main promise, end to end: what the producer sends is counted once, what it falsified is found, and nothing
 * else; however many consumers share the work, and however often they read it again.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertNothingLost, assertTradesAreThoseSent } from "./accounts.ts";
import { assertBreaksAre, assertNeverOpenBut, type Fault } from "./answer_key.ts";
import { one, type World, worldTest } from "./harness.ts";
import { assertRecounts, fingerprint } from "./recount.ts";

async function assertAllRight(world: World, key: readonly Fault[]): Promise<void> {
  await assertBreaksAre(key, world.database);
  await assertNeverOpenBut(key, world.database);
  await assertTradesAreThoseSent(world);
  await assertNothingLost(world);
  await assertRecounts(world.database);
  assert.deepEqual(await one(world.database, "select count(*) as n from dead_letters"), { n: "0" });
}

/** Holds what the board says against what was sent. */
async function assertBoardCounts(world: World, bookings: number, breaks: number): Promise<void> {
  const kpis = await (await fetch(`${await world.openWeb()}/api/v1/kpis`)).json();
  const { total } = await one(world.database, "select sum(notional_usd) as total from trades");
  assert.deepEqual([kpis.trades, kpis.breaks.open, kpis.deadLetters], [bookings, breaks, 0]);
  assert.equal(Number(kpis.notional).toFixed(2), Number(total).toFixed(2));
}

worldTest(
  "20,000 fills: counted exactly, broken exactly as the key says, unmoved by a replay",
  async (world) => {
    const key = await world.produceWithKey(["--count", "20000", "--rate", "max", "--seed", "breakwater"]);
    assert.equal(new Set(key.map(({ execId }) => execId)).size, key.length, "two faults in one fill");
    assert.equal(new Set(key.map(({ type }) => type)).size, 10, "a kind of fault never happened");
    await world.catchUp();
    await world.catchUpAfterGrace();
    await assertAllRight(world, key);

    const { missing_book, bookings } = await one(
      world.database,
      `select count(*) as bookings, (select count(*) from breaks where type = 'missing_book') as missing_book
      from trades`,
    );
    assert.equal(Number(bookings) + Number(missing_book), 20_000, "a fill has exactly one booking");
    await assertBoardCounts(world, Number(bookings), key.length);

    const before = await fingerprint(world.database);
    await world.catchUp({ CONSUMER_GROUP: `${world.settings.CONSUMER_GROUP}-again` });
    assert.deepEqual(await fingerprint(world.database), before);
  },
);

worldTest("three consumers at once share a backlog and find the same", async (world) => {
  const key = await world.produceWithKey(
    ["--count", "3000", "--rate", "max", "--seed", "three", "--break-rate", "0.2"],
  );
  await Promise.all([world.catchUp(), world.catchUp(), world.catchUp()]);
  await world.catchUpAfterGrace();
  await assertAllRight(world, key);
});
