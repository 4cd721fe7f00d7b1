/**
 * Bad records are set aside with their reason and their bytes, and everything good around them is stored.
 *
 * @module
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { assertNothingLost } from "./accounts.ts";
import type { Outgoing } from "./broker.ts";
import { one, type World, worldTest } from "./harness.ts";
import { booking, execution, fixRecord, manyBookings, tradeRecord } from "./messages.ts";
import { fixPoisons, type Poison, tradePoisons } from "./poison.ts";
import { assertRecounts } from "./recount.ts";

const GOOD = 40;
const goodTrades = manyBookings(GOOD).map(tradeRecord);
const goodFix = manyBookings(GOOD).map(({ exec_id, order_id }) =>
  fixRecord(execution({ 17: String(exec_id), 11: String(order_id) }), String(order_id))
);

/** Good records with the bad ones between them, all in one partition, so that one batch holds both. */
function mixed(good: readonly Outgoing[], bad: readonly Outgoing[]): Outgoing[] {
  const every = Math.max(1, Math.floor(bad.length / good.length));
  const rest = [...bad];
  const records = good.flatMap((record) => [record, ...rest.splice(0, every)]);
  return [...records, ...rest, ...good.slice(0, 1)].map((record) => ({ ...record, partition: 0 }));
}

async function assertGoodIsStored({ database }: World): Promise<void> {
  const { trades, executions, open } = await one(
    database,
    `select (select count(*) from trades where trade_id like 'T-G%') as trades,
      (select count(*) from executions where exec_id like 'E-G%') as executions,
      (select count(*) from breaks where trade_id like 'T-G%') as open`,
  );
  assert.deepEqual([trades, executions, open], [String(GOOD), String(GOOD), "0"]);
}

/** Holds the dead letters of one topic against what was sent: the table, and the topic with its headers. */
async function assertSetAside({ database, broker }: World, topic: string, poisons: readonly Poison[]) {
  const rows = await database.query(
    `select partition, "offset", value, code, text, status from dead_letters where topic = $1 order by "offset"`,
    [topic],
  );
  const sent = poisons.map(({ name, value }) => `${name}: ${shown(value)}`);
  const found = new Set(rows.map(({ value }) => shown(value)));
  assert.deepEqual(sent.filter((line, n) => !found.has(shown(poisons[n]!.value)) && line), []);
  for (const { code, text, status } of rows) {
    assert.match(code, /^[a-z][a-z0-9_]*$/);
    assert(text.length > 10, `"${text}" says too little`);
    assert.equal(status, "open");
  }

  const letters = new Map((await broker.readAll(`${topic}.dlq`)).map(({ headers, value }) => [
    `${headers["x-original-topic"]} ${headers["x-original-partition"]} ${headers["x-original-offset"]}`,
    { code: headers["x-error-code"], text: headers["x-error-text"], value: shown(value) },
  ]));
  for (const { partition, offset, value, code, text } of rows) {
    assert.deepEqual(letters.get(`${topic} ${partition} ${offset}`), { code, text, value: shown(value) });
  }
  assert.equal(letters.size, rows.length);
}

/** Bytes as a line that two of them share only when they are the same. */
function shown(value: Uint8Array | string | null): string {
  if (value === null) return "null";
  return `${value.length} bytes, SHA-256 ${createHash("sha256").update(value).digest("hex")}`;
}

async function assertBoardCounts(world: World, deadLetters: number): Promise<void> {
  const kpis = await (await fetch(`${await world.openWeb()}/api/v1/kpis`)).json();
  assert.equal(kpis.deadLetters, deadLetters);
}

worldTest("every kind of bad booking is set aside, and nothing good with it", async (world) => {
  const poisons = tradePoisons();
  await world.sendFix(goodFix);
  await world.sendTrades(mixed(goodTrades, poisons.map(({ value }) => ({ key: null, value }))));
  await world.catchUp();
  await assertSetAside(world, world.tradesTopic, poisons);
  await assertBoardCounts(world, poisons.length);
  await assertGoodIsStored(world);
  await assertNothingLost(world);
  await assertRecounts(world.database);
});

worldTest("every kind of bad FIX message is set aside, and nothing good with it", async (world) => {
  const poisons = fixPoisons();
  await world.sendTrades(goodTrades);
  await world.sendFix(mixed(goodFix, poisons.map(({ value }) => ({ key: null, value }))));
  await world.catchUp();
  await assertSetAside(world, world.fixTopic, poisons);
  await assertGoodIsStored(world);
  await assertNothingLost(world);
  await assertRecounts(world.database);
});

/** Bytes put in, taken out or replaced at one place. */
interface Damage {
  readonly at: number;
  readonly taken: number;
  readonly put: Uint8Array;
}

const anyDamage = fc.record({
  at: fc.nat(),
  taken: fc.nat({ max: 3 }),
  put: fc.uint8Array({ maxLength: 3 }),
});

function damaged(bytes: Uint8Array, { at, taken, put }: Damage): Uint8Array {
  const index = at % bytes.length;
  return Uint8Array.from([...bytes.slice(0, index), ...put, ...bytes.slice(index + taken)]);
}

worldTest("records damaged at random are stored or set aside, and none stops the consumer", async (world) => {
  const DAMAGED = 400;
  const seed = 20261123;
  const damages = fc.sample(anyDamage, { numRuns: 2 * DAMAGED, seed });
  const bytes = new TextEncoder();
  const trades = damages.slice(0, DAMAGED).map((damage, n) => {
    const sound = booking({ trade_id: `D-${n}`, exec_id: `D-${n}`, order_id: `D-${n}` });
    return { key: null, value: damaged(bytes.encode(JSON.stringify(sound)), damage) };
  });
  const fix = damages.slice(DAMAGED).map((damage, n) => ({
    key: null,
    value: damaged(execution({ 17: `D-${n}`, 11: `D-${n}` }), damage),
  }));
  await world.sendTrades(mixed(goodTrades, trades));
  await world.sendFix(mixed(goodFix, fix));
  for (const FIX_VALIDATION of ["strict", "lenient"]) {
    await world.catchUp({
      FIX_VALIDATION,
      CONSUMER_GROUP: `${world.settings.CONSUMER_GROUP}-${FIX_VALIDATION}`,
    });
    await assertGoodIsStored(world);
    await assertNothingLost(world);
    await assertRecounts(world.database);
  }
});
