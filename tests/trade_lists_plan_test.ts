/**
 * Lists of many trades: no order and no usual filter reads the whole table, and a file is written at its reader's pace.
 *
 * @module
 */

import assert from "node:assert/strict";
import { SORT_WORDS, toSort } from "../web/components/trades/sorts.ts";
import { loadTrades } from "../web/store/trade_lists.ts";
import { placeOf } from "../web/components/trades/sorts.ts";
import { worldTest } from "./harness.ts";
import { explaining } from "./plans.ts";
import { until } from "./programs.ts";
import { makeVariedTrades, USUAL_FILTERS } from "./varied_trades.ts";
import { startWeb } from "./web_world.ts";

const ROWS = 120_000;

worldTest("no order and no filter reads all trades, at the top or in the middle", async (world) => {
  await makeVariedTrades(world.database, ROWS);
  const { database, scans } = explaining(world.database, new Set(["trades"]));
  for (const filter of USUAL_FILTERS) {
    for (const word of SORT_WORDS) {
      const sort = toSort(word);
      await database.transaction(async (tx) => {
        const rows = await loadTrades(tx, filter, { sort, rowsMax: 50 });
        const last = rows.at(-1);
        if (last) await loadTrades(tx, filter, { sort, rowsMax: 50, after: placeOf(sort, last) });
      });
      const found = scans.splice(0).map(({ sql }) => sql);
      assert.deepEqual(found, [], `${JSON.stringify(filter)} by ${word}`);
    }
  }
});

const EXPORTING = `select count(*)::int as n, bool_and(state = 'idle in transaction') as resting
  from pg_stat_activity where datname = current_database() and query like 'fetch%'`;

worldTest("a file is written as its reader reads, and no more than two at a time", async (world) => {
  await makeVariedTrades(world.database, ROWS);
  const web = await startWeb(world);
  const open = async () => (await web.get("/api/v1/trades.csv")).body!.getReader();
  const [slow, other] = [await open(), await open()];
  const first = await slow.read();
  assert(first.value!.length < 1_000_000, "the first piece is small");
  await until("both wait for their readers", async () => {
    const [row] = await world.database.query(EXPORTING);
    return row!.n === 2 && row!.resting;
  });
  const refused = await web.get("/api/v1/trades.csv");
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("retry-after"), "5");
  await refused.body?.cancel();

  await other.cancel();
  await until("the one who left is forgotten", async () => {
    const [row] = await world.database.query(EXPORTING);
    return row!.n === 1;
  });
  let lines = count(first.value!);
  for (let part = await slow.read(); !part.done; part = await slow.read()) lines += count(part.value);
  assert.equal(lines, ROWS + 1);
});

function count(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
}
