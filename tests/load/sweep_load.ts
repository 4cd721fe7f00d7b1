/**
 * What a sweep costs on a book of a million trades with a thousand open breaks. Its table goes to docs/LOAD.md.
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
    const idle = await median(TURNS, () => timed(db, []));
    const busy = await median(TURNS, (turn) =>
      timed(db, [
        ...Array.from({ length: 5 }, (_, n) => booking(`b${turn}-${n}`)),
        ...Array.from({ length: 5 }, (_, n) => fill(`E-s${turn}-${n}`, { side: "sell" })),
      ]));
    const { database, scans } = explaining(db, LARGE);
    await write(db, [booking("last"), fill("E-first")]);
    await atLagZero(db);
    await sweep(database, SETTINGS);

    console.log(
      [
        "| sweep at 1,000,000 trades and 1,000 open breaks | median |",
        "|---|---|",
        `| nothing new | ${idle.toFixed(0)} ms |`,
        `| 10 sides went missing | ${busy.toFixed(0)} ms |`,
        `| whole tables read | ${scans.length} |`,
      ].join("\n"),
    );
    assert.deepEqual(scans, []);
    assert(idle < SWEEP_MAX_MS && busy < SWEEP_MAX_MS, `${idle} ms idle, ${busy} ms busy`);
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

async function median(turns: number, measure: (turn: number) => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let turn = 0; turn < turns; turn++) all.push(await measure(turn));
  return all.toSorted((a, b) => a - b)[Math.floor(turns / 2)]!;
}
