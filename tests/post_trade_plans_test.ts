/**
 * The sweep after the trade reads by index only what is due, however much was said before.
 */

import assert from "node:assert/strict";
import { sweepPostTrade } from "../consumer/cut_offs.ts";
import { makeTrades } from "./many_trades.ts";
import { explaining } from "./plans.ts";
import { affirmation, allocation, allocationAnswer, confirmation } from "./post_trade_facts.ts";
import { atLagZero, booking, fill, SETTINGS, storeTest, write } from "./store_world.ts";

/** Whose size grows with the trades. */
const LARGE = new Set([
  "trades",
  "executions",
  "fix_messages",
  "pairs",
  "allocations",
  "confirmations",
  "post_trade_status",
]);
const TRADES = 30_000;

const SAID = `
  insert into allocations (counterparty, alloc_id, digest, begin_string, msg_type, is_evidence, trans_type, order_ids,
    exec_ids, accounts)
  select 'Citi', 'A-' || n, '\\x', 'FIX.4.4', 'J', false, '0', array['O-' || n], '{}', '[]'
  from generate_series(1, ${TRADES}) n;
  insert into confirmations (counterparty, confirm_id, digest, kind, is_evidence, trans_type, status, order_ids)
  select 'Citi', 'C-' || n, '\\x', 'confirmation', true, '0', '4', array['O-' || n] from generate_series(1, ${TRADES}) n;
  insert into post_trade_status (trade_id, order_id, trade_date, asset_class, affirmation_status, affirm_by, due_at)
  select 'T-' || n, 'O-' || n, '2026-11-23', 'equity', 'unaffirmed', now() + interval '1 hour', now()
  from generate_series(1, ${TRADES}) n;
  analyze allocations; analyze confirmations; analyze post_trade_status;`;

storeTest(`sweepPostTrade() reads no whole table of what was said of ${TRADES} trades`, async (db) => {
  await makeTrades(db, TRADES, 0);
  await db.script(SAID);
  const { database, scans } = explaining(db, LARGE);
  await write(db, [
    booking("a", { orderId: "O-a" }),
    fill("E-a", { clOrdId: "O-a" }),
    booking("b"),
    fill("E-b", { clOrdId: "O-b" }),
    allocation("a", { parts: ["60", "50"] }),
    allocationAnswer("a", "1", "1"),
    confirmation("b", { quantity: "90" }),
    affirmation("b"),
  ]);
  await atLagZero(db);
  assert.equal(await sweepPostTrade(database, SETTINGS), 2);
  await write(db, [
    allocation("a", { allocId: "A2-a", replaces: "A-a" }),
    confirmation("b", { transType: "2" }),
  ]);
  assert.equal(await sweepPostTrade(database, SETTINGS), 0);
  assert.deepEqual(scans, []);
});
