/**
 * Whatever dies, nothing is lost and nothing is counted twice: the consumer in the middle of a transaction, the
 * database, the broker. What is left waits and goes on by itself.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertNothingLost, assertTradesAreThoseSent } from "./accounts.ts";
import { assertBreaksAre, assertNeverOpenBut, type Fault } from "./answer_key.ts";
import { untilRead, withWorld, type World, worldTest } from "./harness.ts";
import { withOwnStack } from "./own_stack.ts";
import { type Program, until } from "./programs.ts";
import { assertRecounts } from "./recount.ts";

async function assertWhole(world: World, key: readonly Fault[]): Promise<void> {
  await world.catchUpAfterGrace();
  await assertBreaksAre(key, world.database);
  await assertNeverOpenBut(key, world.database);
  await assertTradesAreThoseSent(world);
  await assertNothingLost(world);
  await assertRecounts(world.database);
}

/** True while another session is between its first write to `trades` and its commit. */
async function isWriting({ database }: World): Promise<boolean> {
  const rows = await database.query(
    `select from pg_locks where relation = to_regclass('trades') and mode = 'RowExclusiveLock' and granted
      and pid <> pg_backend_pid()`,
  );
  return rows.length > 0;
}

worldTest(
  "a consumer killed in the middle of its work, again and again, loses and repeats nothing",
  async (world) => {
    const KILLS = 3;
    const args = ["--count", "6000", "--rate", "max", "--seed"];
    const keys = [await world.produceWithKey([...args, "killed"])];
    for (let kill = 0; kill < KILLS; kill++) {
      const producing = world.produceWithKey([...args, `killed-${kill}`]);
      const consumer = world.start("consume");
      await until("it is in the middle of a transaction", () => isWriting(world));
      consumer.kill("SIGKILL");
      assert.equal((await consumer.status).signal, "SIGKILL");
      keys.push(await producing);
    }
    await world.catchUp();
    await assertWhole(world, keys.flat());
  },
);

worldTest("a consumer asked to stop in the middle of its work commits, and ends well", async (world) => {
  const key = await world.produceWithKey(["--count", "6000", "--rate", "max", "--seed", "stopped"]);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const consumer = world.start("consume");
    await until("it is in the middle of a transaction", () => isWriting(world));
    consumer.kill(signal);
    assert.equal((await consumer.status).code, 0);
  }
  await world.catchUp();
  await assertWhole(world, key);
});

interface Health {
  readonly ready: number;
  readonly database?: string;
  readonly broker?: string;
}

/** What the web says while one is away: without a broker it still serves what is stored. */
const WHILE_AWAY: Record<"postgres" | "kafka", Health> = {
  postgres: { ready: 503, database: "away" },
  kafka: { ready: 200, database: "ok", broker: "degraded" },
};

Deno.test("a crash of the database or the broker is waited out, and nothing is lost", () =>
  withOwnStack((stack) =>
    withWorld(stack.servers, async (world) => {
      const consumer = world.start("consume");
      const url = await world.openWeb();
      const keys: Fault[] = [];
      const produce = async (seed: string) => {
        keys.push(...await world.produceWithKey(["--count", "1500", "--rate", "max", "--seed", seed]));
      };
      await produce("before");
      await untilAllIsRead(world);
      await untilHealthIs(url, { ready: 200, database: "ok", broker: "ok" });

      for (const server of ["postgres", "kafka"] as const) {
        const producing = server === "postgres" ? produce(`around ${server}`) : Promise.resolve();
        await stack.crash(server);
        await untilItSays(consumer, /yet, trying again|reconnect|connecting again/i);
        await producing;
        await untilHealthIs(url, WHILE_AWAY[server]);
        await stack.repair();
        await produce(`after ${server}`);
        await untilAllIsRead(world);
        await untilHealthIs(url, { ready: 200, database: "ok", broker: "ok" });
      }
      consumer.kill("SIGTERM");
      assert.equal((await consumer.status).code, 0, "the consumer that saw it all ends well");
      await assertWhole(world, keys);
    })
  ));

async function untilAllIsRead(world: World): Promise<void> {
  const [trades, fix] = await Promise.all([
    world.broker.readAll(world.tradesTopic),
    world.broker.readAll(world.fixTopic),
  ]);
  await untilRead(world, trades.length + fix.length);
}

async function untilItSays(program: Program, words: RegExp): Promise<void> {
  const said = program.log().length;
  await until(`the log says ${words}`, () => words.test(program.log().slice(said)));
}

async function untilHealthIs(url: string, wanted: Health): Promise<void> {
  let seen: Health = { ready: 0 };
  await until(() => `health is ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`, async () => {
    const response = await fetch(`${url}/readyz`);
    const { database, broker } = await response.json();
    seen = { ready: response.status, database: database.status, broker: broker.status };
    return Object.entries(wanted).every(([part, status]) => seen[part as keyof Health] === status);
  });
  const alive = await fetch(`${url}/healthz`);
  await alive.body?.cancel();
  assert.equal(alive.status, 200, "the process lives, whatever is away");
}
