/**
 * What a sweep costs on a book of a million trades with a thousand open breaks. Its table goes to docs/LOAD.md. Of several
 * turns the fastest counts: whatever else the machine does only adds to it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { sweep } from "../../consumer/sweep.ts";
import type { Database } from "../../shared/platform/postgres.ts";
import { makeTrades } from "../many_trades.ts";
import { explaining } from "../plans.ts";
import { atLagZero, booking, fill, SETTINGS, storeTest, write } from "../store_world.ts";

const TRADES = 1_000_000;
const BREAKS = 1_000;
const TURNS = 9;
const SWEEP_MAX_MS = 100;
const LARGE = new Set(["trades", "trade_events", "executions", "fix_messages", "pairs"]);

storeTest(
  `sweep() stays under ${SWEEP_MAX_MS} ms at ${TRADES} trades and ${BREAKS} open breaks`,
  async (db) => {
    await makeTrades(db, TRADES, BREAKS);
    await atLagZero(db);
    await sweep(db, SETTINGS);
    const idle = await measure(TURNS, () => timed(db, []));
    const busy = await measure(
      TURNS,
      (turn) => timed(db, [booking(`b${turn}`), fill(`E-s${turn}`, { side: "sell" })]),
    );
    const { database, scans } = explaining(db, LARGE);
    await write(db, [booking("last"), fill("E-first")]);
    await atLagZero(db);
    await sweep(database, SETTINGS);

    console.log(
      [
        "| sweep at 1,000,000 trades and 1,000 open breaks | fastest | median |",
        "|---|---|---|",
        `| nothing new | ${idle.fastest.toFixed(0)} ms | ${idle.median.toFixed(0)} ms |`,
        `| one side of each kind went missing | ${busy.fastest.toFixed(0)} ms | ${
          busy.median.toFixed(0)
        } ms |`,
        `| whole tables read | ${scans.length} | |`,
      ].join("\n"),
    );
    assert.deepEqual(scans, []);
    for (const { fastest } of [idle, busy]) assert(fastest < SWEEP_MAX_MS, `${fastest} ms`);
  },
);

async function timed(db: Database, facts: Parameters<typeof write>[1]): Promise<number> {
  if (facts.length > 0) await write(db, facts);
  await atLagZero(db);
  const startMs = performance.now();
  const { opened } = await sweep(db, SETTINGS);
  assert.equal(opened, facts.length);
  return performance.now() - startMs;
}

async function measure(
  turns: number,
  take: (turn: number) => Promise<number>,
): Promise<{ fastest: number; median: number }> {
  const all: number[] = [];
  for (let turn = 0; turn < turns; turn++) all.push(await take(turn));
  const sorted = all.toSorted((a, b) => a - b);
  return { fastest: sorted[0]!, median: sorted[Math.floor(turns / 2)]! };
}
