/**
 * The producer as a user runs it, on the real broker.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertBreaksAre } from "./answer_key.ts";
import type { Incoming } from "./broker.ts";
import { one, worldTest } from "./harness.ts";
import { startProgram, until } from "./programs.ts";

const START = "2026-11-16T09:00:00Z";
const FIXED = ["--rate", "max", "--count", "300", "--seed", "S", "--start", START, "--break-rate", "0.1"];

const textOf = ({ value }: Incoming) => new TextDecoder("latin1").decode(value!);
const tradeOf = (record: Incoming) => JSON.parse(textOf(record));
const fieldOf = (record: Incoming, tag: number) => textOf(record).match(`\x01${tag}=([^\x01]*)`)?.[1];
const isExecution = (record: Incoming) => fieldOf(record, 35) === "8" && fieldOf(record, 150) === "F";
const linesOf = (records: readonly Incoming[]) =>
  records.map((each) => `${each.partition} ${each.key} ${textOf(each)}`);

worldTest("produce sends as many fills as asked, each with one booking but for its faults", async (world) => {
  const { trades, fix, key } = await world.tape(FIXED);
  const booked = new Set(trades.map((record) => tradeOf(record).exec_id));
  const executed = fix.filter(isExecution).map((record) => fieldOf(record, 17)!);
  const missing = (type: string) => key.filter((fault) => fault.type === type).length;
  assert.equal(executed.length, 300 - missing("missing_street"));
  assert.equal(new Set(executed).size, executed.length);
  assert.equal(booked.size, 300 - missing("missing_book"));
  assert.equal(new Set([...executed, ...booked]).size, 300);
  assert(new Set(key.map(({ type }) => type)).size > 4);
});

worldTest("produce keys bookings by trade_id, and FIX by the chain's first ClOrdID", async (world) => {
  const { trades, fix } = await world.tape(FIXED);
  assert(trades.every((record) => record.key === tradeOf(record).trade_id));
  const first = new Map(
    fix.flatMap((each) => fieldOf(each, 41) === undefined ? [] : [[fieldOf(each, 11)!, fieldOf(each, 41)!]]),
  );
  for (const record of fix) {
    const clOrdId = fieldOf(record, 11);
    if (clOrdId !== undefined) assert.equal(record.key, first.get(clOrdId) ?? clOrdId);
    else if (fieldOf(record, 35) === "Q") assert.match(record.key!, /^O-/);
    else assert.equal(record.key, fieldOf(record, 70) ?? fieldOf(record, 664) ?? fieldOf(record, 571));
  }
});

const CHANGES = ["--bust-rate", "0.05", "--correct-rate", "0.05"];
for (
  const [version, beginString] of [["4.2", "FIX.4.2"], ["4.4", "FIX.4.4"], ["5.0SP2", "FIXT.1.1"]] as const
) {
  worldTest(
    `produce --fix-version ${version}, busts and corrections leave the breaks of the key`,
    async (world) => {
      const key = await world.produceWithKey([...FIXED, ...CHANGES, "--fix-version", version]);
      await world.catchUp();
      await world.catchUpAfterGrace();
      await assertBreaksAre(key, world.database);
      assert.deepEqual(await world.database.query("select distinct begin_string from fix_messages"), [
        { begin_string: beginString },
      ]);
      assert.equal((await one(world.database, "select count(*) from dead_letters")).count, "0");
      const cancelled = await one(
        world.database,
        `select count(*), count(*) = (select count(*) from executions where kind = 'cancel') as "is busts"
        from trades where status = 'cancelled'`,
      );
      assert.equal(cancelled["is busts"], true);
      assert.notEqual(cancelled.count, "0");
    },
  );
}

worldTest("produce makes the same records for the same seed, start, count, rate and flags", async (world) => {
  const first = await world.tape(FIXED);
  const both = await world.tape(FIXED);
  const half = both.trades.length / 2;
  assert.equal(half, first.trades.length);
  const twice = (records: readonly Incoming[]) => linesOf(records).toSorted();
  assert.deepEqual(twice(both.trades), twice([...first.trades, ...first.trades]));
  assert.deepEqual(twice(both.fix), twice([...first.fix, ...first.fix]));
  assert.deepEqual(both.key, first.key);
});

worldTest("produce keeps the order of each order and each booking", async (world) => {
  const { trades, fix } = await world.tape(FIXED);
  for (const versions of Map.groupBy(trades, ({ key }) => key).values()) {
    assert.deepEqual(versions.map((record) => tradeOf(record).version), versions.map((_, at) => at + 1));
  }
  const reports = fix.filter((record) => fieldOf(record, 35) === "8");
  for (const messages of Map.groupBy(reports, ({ key }) => key).values()) {
    const filled = messages.map((record) => Number(fieldOf(record, 14) ?? 0));
    assert.deepEqual(filled, filled.toSorted((a, b) => a - b));
  }
});

worldTest("produce --no-fix sends bookings without exec_id, and an empty answer key", async (world) => {
  const { trades, fix, key } = await world.tape([...FIXED, "--no-fix"]);
  assert.equal(new Set(trades.map((record) => tradeOf(record).trade_id)).size, 300);
  assert(trades.every((record) => !("exec_id" in tradeOf(record))));
  assert.deepEqual([fix.length, key.length], [0, 0]);
});

worldTest("produce --rate max ends now, with nothing in the future", async (world) => {
  const { trades, fix } = await world.tape(["--rate", "max", "--count", "50"]);
  const times = trades.map((record) => Date.parse(tradeOf(record).timestamp));
  assert(times.length > 0 && fix.length > 0);
  assert(times.every((timeMs) => timeMs <= Date.now()));
});

worldTest(
  "produce at a rate sends one by one, and on SIGTERM ends with a complete answer key",
  async (world) => {
    const file = await Deno.makeTempFile();
    const program = world.start("produce", ["--rate", "1200", "--break-rate", "1", "--truth", file]);
    await until("it has sent some", async () => (await Deno.readTextFile(file)).split("\n").length > 20);
    program.kill("SIGTERM");
    assert.equal((await program.status).code, 0);

    const key = (await Deno.readTextFile(file)).split("\n").slice(0, -1).map((line) => JSON.parse(line));
    const fix = await world.broker.readAll(world.fixTopic);
    const trades = await world.broker.readAll(world.tradesTopic);
    const executed = new Set(
      fix.filter(isExecution).map((each) => fieldOf(each, 17)),
    );
    const booked = new Set(trades.map((each) => tradeOf(each).exec_id));
    assert.deepEqual(new Set(key.map(({ execId }) => execId)), executed.union(booked));
    for (const { execId, type } of key) {
      assert.equal(executed.has(execId), type !== "missing_street");
      assert.equal(booked.has(execId), type !== "missing_book");
    }
    assert.match(program.output(), new RegExp(`^sent ${key.length} fills: ${trades.length} booking records`));
    await Deno.remove(file);
  },
);

worldTest("produce --speed settles trades as the market's clock gets to their dates", async (world) => {
  const days = ["--start", START, "--until", "2026-11-19", "--speed", "200000"];
  const began = Date.now();
  const { trades, key } = await world.tape(["--count", "40", "--seed", "fast", ...days, "--break-rate", "0"]);
  assert(Date.now() - began > 63 * 3_600_000 / 200_000, "the market's clock ran ahead");
  const stages = Map.groupBy(trades.map(tradeOf), ({ trade_id }) => trade_id);
  const settled = [...stages.values()].filter((versions) => versions.at(-1).status === "settled");
  assert(settled.length > 20, `${settled.length} settled`);
  for (const versions of settled) {
    const { settlement_status, settlement_date, timestamp } = versions.at(-1);
    assert.deepEqual([settlement_status, timestamp.slice(0, 10)], ["settled", settlement_date]);
    assert(versions.some(({ settlement_status }) => settlement_status === "matched"));
  }
  assert.deepEqual(key, []);
});

const REFUSED: { args: string; want: RegExp }[] = [
  { args: "--rate max", want: /--rate max needs --count/ },
  { args: "--rate max --count 9 --start 2099-01-01", want: /latest possible start is/ },
  { args: "--count none", want: /--count must be a whole number/ },
  {
    args: "--count 1 --truth no/such/folder/key.jsonl",
    want: /^produce: --truth \S+: there is no such folder\n$/,
  },
  { args: "--scenario sunny", want: /--scenario must be calm-day, .*not "sunny"\n$/ },
  { args: "--speedy", want: /Unknown option '--speedy'/ },
];

worldTest("produce refuses what it cannot do, in a line and with exit code 2", async (world) => {
  for (const { args, want } of REFUSED) {
    const program = startProgram("produce", args.split(" "), world.settings);
    assert.equal((await program.status).code, 2, args);
    assert.match(program.log(), want);
  }
});
