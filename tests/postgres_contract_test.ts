/**
 * Holds what the rest of the code expects of the PostgreSQL driver, on the real server: exact values, a failed
 * COPY that leaves the connection usable, retries that repeat the whole transaction, notifications over reconnects.
 *
 * @module
 */

import assert from "node:assert/strict";
import { openLog } from "../shared/platform/log.ts";
import { type Database, isDataFault, isTransient, openDatabase } from "../shared/platform/postgres.ts";

const SERVER_URL = Deno.env.get("DATABASE_URL") ?? "";
const log = openLog("test", "error");

/** Runs `body` with a database of its own, dropped afterwards. */
async function withDatabase(body: (database: Database, url: string) => Promise<void>): Promise<void> {
  const name = `contract_${crypto.randomUUID().replaceAll("-", "")}`;
  const admin = openDatabase(SERVER_URL, { connectionsMax: 1, applicationName: "contract-admin", log });
  await admin.query(`create database ${name}`);
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  const database = openDatabase(url.href, { connectionsMax: 4, applicationName: "contract", log });
  try {
    await body(database, url.href);
  } finally {
    await database.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.close();
  }
}

function databaseTest(name: string, body: (database: Database, url: string) => Promise<void>): void {
  Deno.test({ name, fn: () => withDatabase(body), sanitizeResources: false, sanitizeOps: false });
}

async function poll(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadlineMs) assert.fail(`waited 10 s until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

databaseTest("query() keeps exact values as the server's text, in UTC", async (database) => {
  const [row] = await database.query(`select 12345678901234567890.12345678::numeric as amount,
    9007199254740993::int8 as big, '2026-11-23'::date as day, '2026-11-23 09:30:05.123456-05'::timestamptz as at,
    '2026-11-23 09:30:05.123456'::timestamp as local, '{1.10,2.30}'::numeric[] as amounts,
    '{9007199254740993}'::int8[] as bigs, '{a,b}'::text[] as words, 7 as small, true as yes, '\\x00ff'::bytea as bytes,
    '1 day 2 hours'::interval as age`);
  assert(row);
  assert.deepEqual({ ...row, bytes: [...row.bytes] }, {
    amount: "12345678901234567890.12345678",
    big: "9007199254740993",
    day: "2026-11-23",
    at: "2026-11-23 14:30:05.123456+00",
    local: "2026-11-23 09:30:05.123456",
    amounts: ["1.10", "2.30"],
    bigs: ["9007199254740993"],
    words: ["a", "b"],
    small: 7,
    yes: true,
    bytes: [0, 255],
    age: "P1DT2H",
  });
});

databaseTest("query() sends arrays and bytes as parameters", async (database) => {
  const [row] = await database.query(
    "select $1::text[] as words, $2::bytea as bytes, $3::numeric as amount",
    [
      ["a", 'b"', null],
      new Uint8Array([0, 1, 255]),
      "0.10",
    ],
  );
  assert.deepEqual([row?.words, [...row?.bytes], row?.amount], [["a", 'b"', null], [0, 1, 255], "0.10"]);
});

databaseTest("script() returns the rows of each statement", async (database) => {
  assert.deepEqual(await database.script("select 1 as a; create table t (x int); select 2 as b"), [
    [{ a: 1 }],
    [],
    [{ b: 2 }],
  ]);
});

databaseTest("transaction() leaves nothing behind when its work throws", async (database) => {
  await database.query("create table t (x int)");
  const work = database.transaction(async (tx) => {
    await tx.query("insert into t values (1)");
    throw new RangeError("no");
  });
  await assert.rejects(work, RangeError);
  assert.deepEqual(await database.query("select * from t"), []);
});

databaseTest("transaction() does not pass off a swallowed failure as committed", async (database) => {
  const work = database.transaction((tx) => tx.query("select 1/0").catch(() => {}));
  await assert.rejects(work, /Cannot commit/);
});

databaseTest("transaction() runs again after a deadlock, and both sides commit", async (database) => {
  await database.query("create table t (id int primary key, n int)");
  await database.query("insert into t values (1, 0), (2, 0)");
  let waiting = 0;
  const both = Promise.withResolvers<void>();
  const cross = (first: number, second: number) =>
    database.transaction(async (tx) => {
      await tx.query("set local deadlock_timeout = '20ms'");
      await tx.query("update t set n = n + 1 where id = $1", [first]);
      if (++waiting === 2) both.resolve();
      await both.promise;
      await tx.query("update t set n = n + 1 where id = $1", [second]);
    });
  await Promise.all([cross(1, 2), cross(2, 1)]);
  assert.deepEqual(await database.query("select n from t order by id"), [{ n: 2 }, { n: 2 }]);
});

databaseTest("transaction() runs again when its connection dies before the commit", async (database) => {
  await database.query("create table t (x int)");
  let runs = 0;
  await database.transaction(async (tx) => {
    await tx.query("insert into t values (1)");
    const [own] = await tx.query("select pg_backend_pid() as pid");
    if (++runs === 1) await database.query("select pg_terminate_backend($1)", [own?.pid]);
    await tx.query("insert into t values (2)");
  });
  assert.equal(runs, 2);
  assert.deepEqual(await database.query("select x from t order by x"), [{ x: 1 }, { x: 2 }]);
});

databaseTest("copy() loads rows, also many large chunks", async (database) => {
  const rows = await database.transaction(async (tx) => {
    await tx.script("create table t (x text, y bytea)");
    const line = `${"a".repeat(1_000)}\t\\\\x00ff\n`;
    return await tx.copy("copy t from stdin", Array.from({ length: 400 }, () => line.repeat(50)));
  });
  assert.equal(rows, 20_000);
  assert.deepEqual(await database.query("select count(*), min(length(x)), max(length(y)) from t"), [
    { count: "20000", min: 1000, max: 2 },
  ]);
});

databaseTest("copy() of rows the server refuses fails, and the connection works on", async (database) => {
  await database.query("create table t (x int)");
  const pid = () => database.query("select pg_backend_pid()");
  const before = await pid();
  for (const chunks of [["1\n", "x\n"], ["1\n".repeat(500_000), "x\n", "1\n".repeat(500_000)]]) {
    const work = database.transaction((tx) => tx.copy("copy t from stdin", chunks));
    await assert.rejects(
      work,
      (error: Error) => isDataFault(error) && /invalid input syntax/.test(error.message),
    );
  }
  assert.deepEqual(await database.query("select * from t"), []);
  assert.deepEqual(await pid(), before);
});

databaseTest("copy() aborts when the chunks themselves fail", async (database) => {
  await database.query("create table t (x int)");
  const work = database.transaction((tx) =>
    tx.copy(
      "copy t from stdin",
      (function* () {
        yield "1\n";
        throw new RangeError("source failed");
      })(),
    )
  );
  await assert.rejects(work, /source failed/);
  assert.deepEqual(await database.query("select * from t"), []);
});

databaseTest("copy() fails when its statement is wrong or its connection dies", async (database) => {
  await assert.rejects(database.transaction((tx) => tx.copy("copy nowhere from stdin", ["1\n"])), /nowhere/);
  await database.query("create table t (x int)");
  const work = database.transaction(async (tx) => {
    const [own] = await tx.query("select pg_backend_pid() as pid");
    await database.query("select pg_terminate_backend($1)", [own?.pid]);
    await tx.copy("copy t from stdin", Array.from({ length: 1_000 }, () => "1\n".repeat(10_000)));
  }, { attemptsMax: 1 });
  await assert.rejects(work, isTransient);
});

databaseTest("listen() hears notifications, and hears on after its connection was cut", async (database) => {
  const stop = new AbortController();
  const heard: (string | null)[] = [];
  const listening = database.listen("breakwater", (payload) => heard.push(payload), stop.signal);
  await poll("it listens", () => heard.length === 1);
  await database.query("select pg_notify('breakwater', 'one')");
  await poll("one is heard", () => heard.includes("one"));
  await database.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where query like 'listen%' and datname = current_database()`);
  await poll("it listens again", () => heard.filter((payload) => payload === null).length === 2);
  await database.query("select pg_notify('breakwater', 'two')");
  await poll("two is heard", () => heard.includes("two"));
  stop.abort();
  await listening;
});

Deno.test("openDatabase() says of a refused connection that it may pass", async () => {
  const away = openDatabase("postgres://nobody@127.0.0.1:1/none", {
    connectionsMax: 1,
    applicationName: "contract",
    log,
  });
  await assert.rejects(away.query("select 1"), isTransient);
  await away.close();
});
