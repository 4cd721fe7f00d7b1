/**
 * The local stack as a user meets it: started, started again, robbed of its servers, and taken down.
 *
 * @module
 */

import assert from "node:assert/strict";
import { openLog } from "../shared/platform/log.ts";
import { openDatabase } from "../shared/platform/postgres.ts";
import { openHome, readHome } from "../stack/home.ts";
import { kafkaAnswers } from "../stack/kafka_ready.ts";
import { findPlace } from "../stack/place.ts";
import { findProcesses, findProcessesIn } from "../stack/process.ts";
import { type Settings, startProgram, until } from "./programs.ts";

/** A comma would read as two folders to Kafka, a quote ends a word in a shell, and a space parts two. */
const PREFIX = "breakwater, it's a stack-";

interface World {
  readonly folder: string;
  /** Runs a task of the stack to its end. */
  run(task: string, args?: readonly string[], settings?: Settings): Promise<Ending>;
  /** The same, killed when `when` says so. */
  runUntil(task: string, when: () => boolean | Promise<boolean>): Promise<void>;
  servers(): Promise<{ kafka: number[]; postgres: number[] }>;
}

interface Ending {
  readonly code: number;
  readonly log: string;
}

stackTest(
  "stack:up is up when both answer and changes nothing when called again; stack:down leaves nothing",
  async (world) => {
    assert.deepEqual((await world.run("stack:up")).code, 0);
    const before = await world.servers();
    assert.deepEqual([before.kafka.length, before.postgres.length], [1, 1]);
    await assertAnswers(world);

    const endings = await Promise.all([world.run("stack:up"), world.run("stack:up")]);
    assert.deepEqual(endings, [{ code: 0, log: "" }, { code: 0, log: "" }]);
    assert.deepEqual(await world.servers(), before);

    const { mode } = await Deno.stat(`${world.folder}/env`);
    assert.equal(mode! & 0o777, 0o600);
    const line = /^[A-Z_]+='[^']*'$/;
    for (const fact of (await readEnv(world)).trimEnd().split("\n")) assert.match(fact, line);

    const place = await findPlace(readHome(toEnv(world.folder)));
    assert.equal((await world.run("stack:down")).code, 0);
    assert.deepEqual(await world.servers(), { kafka: [], postgres: [] });
    assert.deepEqual(await findProcessesIn(`${place.folder}/data`), []);
    assert.equal(await exists(`${world.folder}/env`), false);

    assert.equal((await world.run("stack:down", ["--purge"])).code, 0);
    assert.deepEqual([...Deno.readDirSync(world.folder)].map(({ name }) => name), ["lock"]);
    assert.equal(await exists(place.away ?? place.folder), false);
  },
);

stackTest("stack:up brings back a server that was killed, with what it held", async (world) => {
  assert.equal((await world.run("stack:up")).code, 0);
  await query(world, "create table kept as select 42 as answer");
  for (const name of ["kafka", "postgres"] as const) {
    const [pid] = (await world.servers())[name];
    Deno.kill(pid!, "SIGKILL");
    assert.deepEqual(await world.run("stack:up"), { code: 0, log: "" });
    const now = await world.servers();
    assert.deepEqual([now.kafka.length, now.postgres.length], [1, 1]);
    assert.notEqual(now[name][0], pid);
    await assertAnswers(world);
  }
  assert.deepEqual(await query(world, "select answer from kept"), [{ answer: 42 }]);
});

stackTest("stack:up goes on from wherever an earlier one was killed", async (world) => {
  const { kafka, postgres } = { kafka: `${world.folder}/kafka`, postgres: `${world.folder}/postgres` };
  const stages = [
    () => exists(`${kafka}/format.properties`),
    async () => (await world.servers()).kafka.length > 0,
  ];
  for (const [index, stage] of stages.entries()) {
    await world.run("stack:down", ["--purge"]);
    assert.equal(await exists(postgres), false);
    await world.runUntil("stack:up", stage);
    assert.deepEqual(await world.run("stack:up"), { code: 0, log: "" }, `stage ${index}`);
    await assertAnswers(world);
  }
});

stackTest("stack:up names a taken port and the setting for another", async (world) => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(taken.addr.port);
  for (const setting of ["STACK_KAFKA_PORT", "STACK_POSTGRES_PORT"]) {
    const { code, log } = await world.run("stack:up", [], { [setting]: port });
    assert.equal(code, 1);
    assert.match(log, new RegExp(`^Cannot start \\w+: port ${port} is taken .* set ${setting} to .*\\n$`));
  }
  assert.deepEqual(await world.servers(), { kafka: [], postgres: [] });
});

stackTest("stack:up says in one line what is missing or does not fit", async (world) => {
  const missing = await world.run("stack:up", [], { PATH: "", JAVA_HOME: "" });
  assert.equal(missing.code, 1);
  assert.match(missing.log, /^Kafka needs Java 17 or later, and there is no `java`.*\n$/);

  assert.equal((await world.run("stack:up")).code, 0);
  assert.equal((await world.run("stack:down")).code, 0);
  const { folder } = await findPlace(readHome(toEnv(world.folder)));
  await Deno.writeTextFile(`${folder}/data/PG_VERSION`, "17\n");
  const old = await world.run("stack:up");
  assert.equal(old.code, 1);
  assert.match(old.log, /^Cannot start PostgreSQL 18: the data in .* is of version 17; .*stack:reset.*\n$/);
  assert.deepEqual(await world.servers(), { kafka: [], postgres: [] });
});

Deno.test("kafkaAnswers() is false for a port that is closed, silent or no broker's", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const speaking = (async () => {
    for await (const connection of listener) {
      await connection.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
      connection.close();
    }
  })();
  assert.equal(await kafkaAnswers(port), false);
  listener.close();
  await speaking;
  assert.equal(await kafkaAnswers(port), false);
});

function stackTest(name: string, body: (world: World) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir({ prefix: PREFIX });
    const world = openWorld((await openHome(readHome(toEnv(folder)))).folder);
    try {
      await body(world);
    } finally {
      await world.run("stack:down", ["--purge"]);
      await Deno.remove(folder, { recursive: true });
    }
  });
}

function openWorld(folder: string): World {
  const start = (task: string, args: readonly string[], settings: Settings) =>
    startProgram(task, args, {
      BREAKWATER_HOME: folder,
      STACK_KAFKA_PORT: "",
      STACK_POSTGRES_PORT: "",
      ...settings,
    });
  return {
    folder,
    run: async (task, args = [], settings = {}) => {
      const program = start(task, args, settings);
      const { code } = await program.status;
      return { code, log: program.log() };
    },
    runUntil: async (task, when) => {
      const program = start(task, [], {});
      let ended = false;
      program.status.then(() => ended = true);
      await until(`${task} can be killed`, async () => ended || await when());
      program.kill("SIGKILL");
      await program.status;
    },
    servers: async () => {
      const { folder: own } = await findPlace(readHome(toEnv(folder)));
      return {
        kafka: await findProcesses(`-Dbreakwater.home=${folder}/kafka`),
        postgres: await findProcesses(`${own}/data`),
      };
    },
  };
}

function toEnv(folder: string) {
  return { get: (name: string) => name === "BREAKWATER_HOME" ? folder : undefined };
}

async function readEnv({ folder }: World): Promise<string> {
  return await Deno.readTextFile(`${folder}/env`);
}

async function assertAnswers(world: World): Promise<void> {
  const [, port] = /^KAFKA_BROKERS='127\.0\.0\.1:(\d+)'$/m.exec(await readEnv(world))!;
  assert(await kafkaAnswers(Number(port)), "Kafka does not answer");
  assert.deepEqual(await query(world, "select 1 as one"), [{ one: 1 }]);
}

async function query(world: World, sql: string): Promise<Record<string, unknown>[]> {
  const [, url] = /^DATABASE_URL='(.*)'$/m.exec(await readEnv(world))!;
  const log = openLog("test", "error");
  const database = openDatabase(url!, { connectionsMax: 1, applicationName: "stack-test", log });
  try {
    return await database.query(sql);
  } finally {
    await database.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
