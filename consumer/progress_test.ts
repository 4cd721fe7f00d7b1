import assert from "node:assert/strict";
import type { PartitionLag } from "../shared/platform/kafka.ts";
import { describeLost, isCaughtUp, lostPositions, runProgress, toProgress } from "./progress.ts";

const lag = (committed: string | null, start: string, end: string, partition = 0): PartitionLag => ({
  topic: "trades",
  partition,
  committed,
  start,
  end,
});

const CASES: { name: string; lags: PartitionLag[]; caughtUp: boolean; lost: number }[] = [
  { name: "all read", lags: [lag("5", "0", "5")], caughtUp: true, lost: 0 },
  { name: "one record behind", lags: [lag("5", "0", "5"), lag("4", "0", "5", 1)], caughtUp: false, lost: 0 },
  { name: "a new group and an empty topic", lags: [lag(null, "0", "0")], caughtUp: true, lost: 0 },
  { name: "a new group and a topic that was emptied", lags: [lag(null, "9", "9")], caughtUp: true, lost: 0 },
  { name: "a new group and records", lags: [lag(null, "0", "1")], caughtUp: false, lost: 0 },
  { name: "records that are gone", lags: [lag("3", "5", "9")], caughtUp: false, lost: 1 },
  { name: "a topic that was replaced", lags: [lag("9", "0", "5")], caughtUp: true, lost: 1 },
  {
    name: "offsets past what a number holds",
    lags: [lag("9007199254740992", "0", "9007199254740993")],
    caughtUp: false,
    lost: 0,
  },
  { name: "no partitions known yet", lags: [], caughtUp: false, lost: 0 },
];

for (const { name, lags, caughtUp, lost } of CASES) {
  Deno.test(`isCaughtUp() and lostPositions() judge ${name}`, () => {
    assert.equal(isCaughtUp(lags), caughtUp);
    assert.equal(lostPositions(lags).length, lost);
  });
}

Deno.test("describeLost() counts what is gone and says what to do", () => {
  const text = describeLost("breakwater", [lag("3", "5", "9")]);
  assert.match(text, /trades\/0: the group stands at 3, the broker holds 5 to 9: 2 records are gone/);
  assert.match(text, /--skip-lost/);
});

Deno.test("toProgress() starts a new group at the oldest record", () => {
  assert.equal(toProgress(lag(null, "7", "9"), 1).nextOffset, "7");
});

/** Goes round over these lags, one a round, and records what happens. */
async function rounds(lags: PartitionLag[][], untilCaughtUp: boolean, ran = [true]) {
  const effects: string[] = [];
  const stop = new AbortController();
  const last = await runProgress({
    lag: () => Promise.resolve(lags.shift() ?? []),
    assigned: () => [{ topic: "trades", partition: 0 }],
    commitLeft: () => Promise.resolve(),
    write: (progress) =>
      Promise.resolve(void effects.push(`write ${progress.map(({ partition }) => partition)}`)),
    sweep: () => {
      effects.push("sweep");
      return Promise.resolve({ ran: ran.shift() ?? true, opened: 0, withinGrace: effects.length });
    },
    pause: () => Promise.resolve(lags.length === 0 ? stop.abort() : undefined),
    signal: stop.signal,
  }, { untilCaughtUp });
  return { effects, last };
}

const behind = [lag("1", "0", "5"), lag("5", "0", "5", 1)];
const done = [lag("5", "0", "5"), lag("5", "0", "5", 1)];

Deno.test("runProgress() writes the progress of this process's partitions, then sweeps, until it is stopped", async () => {
  const { effects } = await rounds([behind, done], false);
  assert.deepEqual(effects, ["write 0", "sweep", "write 0", "sweep"]);
});

Deno.test("runProgress() ends when all is read and a sweep has run after that", async () => {
  const { effects, last } = await rounds([behind, done, done], true);
  assert.deepEqual(effects, ["write 0", "sweep", "write 0,1", "sweep"]);
  assert.equal(last?.withinGrace, 4);
});

Deno.test("runProgress() does not count a sweep that another process was doing", async () => {
  const { effects } = await rounds([done, done, done], true, [false, true]);
  assert.deepEqual(effects, ["write 0,1", "sweep", "write 0,1", "sweep"]);
});
