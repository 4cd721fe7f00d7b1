/**
 * Versions decide, not arrival: repeats change nothing, older ones stay in the history, and one version with two
 * contents is set aside.
 *
 * @module
 */

import assert from "node:assert/strict";
import { one, worldTest } from "./harness.ts";
import { booking, execution, fixRecord, tradeRecord } from "./messages.ts";
import { assertRecounts, fingerprint } from "./recount.ts";

const NEWEST = "select version, status, price from trades where trade_id = 'T-1'";
const DEAD = "select code, value from dead_letters order by id";

worldTest("the same records sent twice change nothing", async (world) => {
  const key = await world.produceWithKey(["--count", "300", "--rate", "max", "--seed", "twice"]);
  await world.catchUp();
  await world.catchUpAfterGrace();
  const before = await fingerprint(world.database);
  const [trades, fix] = await Promise.all([
    world.broker.readAll(world.tradesTopic),
    world.broker.readAll(world.fixTopic),
  ]);
  await world.sendTrades(trades);
  await world.sendFix(fix);
  await world.catchUpAfterGrace();

  const after = await fingerprint(world.database);
  // Raw FIX is kept for each record, repeats too, and viewers hear of it; what it says is counted once.
  const kept = ["fix_messages", "kpi_messages", "ingest_latency", "changes"];
  for (const table of kept) delete before[table], delete after[table];
  assert.deepEqual(after, before);
  assert(key.length > 0);
});

worldTest(
  "versions that arrive out of order end at the newest, with all of them in the history",
  async (world) => {
    const versions = [
      booking(),
      booking({
        version: 2,
        event_type: "status",
        status: "confirmed",
        timestamp: "2026-11-23T14:31:05.125Z",
      }),
      booking({
        version: 3,
        event_type: "amended",
        price: "271.60",
        notional_value: "27160.00",
        status: "confirmed",
        timestamp: "2026-11-23T14:32:05.125Z",
      }),
      booking({
        version: 4,
        event_type: "status",
        price: "271.60",
        notional_value: "27160.00",
        status: "settlement_pending",
        timestamp: "2026-11-23T14:33:05.125Z",
      }),
    ].map(tradeRecord);
    for (const arrival of [[2], [0], [3, 1]]) {
      await world.sendTrades(arrival.map((index) => versions[index]!));
      await world.catchUp();
      await assertRecounts(world.database);
    }
    assert.deepEqual(await one(world.database, NEWEST), {
      version: "4",
      status: "settlement_pending",
      price: "271.60",
    });
    assert.deepEqual(await one(world.database, "select count(*) as n from trade_events"), { n: "4" });
    assert.deepEqual(await world.database.query(DEAD), []);
  },
);

worldTest("the same version with other content is set aside, and what was stored stays", async (world) => {
  const other = tradeRecord(booking({ price: "999.00" }));
  await world.sendTrades([tradeRecord(booking()), other]);
  await world.catchUp();
  await world.sendTrades([
    tradeRecord(booking({ version: 2, status: "confirmed", event_type: "status" })),
    other,
  ]);
  await world.catchUp();
  assert.deepEqual(await one(world.database, NEWEST), { version: "2", status: "confirmed", price: "271.50" });
  const dead = await world.database.query(DEAD);
  assert.deepEqual(dead.map(({ code }) => code), ["version_conflict", "version_conflict"]);
  assert.equal(new TextDecoder().decode(dead[0]!.value), other.value);
  await assertRecounts(world.database);
});

worldTest(
  "an amendment that agrees with the street closes the break, one that differs reopens it",
  async (world) => {
    const BREAK = "select type, status, book::numeric, street::numeric, closed_by from breaks";
    const at = (version: number, price: string) =>
      tradeRecord(booking({ version, price, event_type: version === 1 ? "booked" : "amended" }));
    await world.sendFix([fixRecord(execution())]);
    await world.sendTrades([at(1, "271.60")]);
    await world.catchUp();
    assert.deepEqual(await one(world.database, BREAK), {
      type: "price",
      status: "open",
      book: "271.60",
      street: "271.50",
      closed_by: null,
    });
    assert.equal((await one(world.database, NEWEST)).status, "break");

    await world.sendTrades([at(2, "271.50")]);
    await world.catchUp();
    const { status, closed_by } = await one(world.database, BREAK);
    assert.deepEqual([status, closed_by], ["resolved", "system"]);
    assert.equal((await one(world.database, NEWEST)).status, "pending_confirmation");

    await world.sendTrades([at(3, "271.70")]);
    await world.catchUp();
    const reopened = await one(world.database, BREAK);
    assert.deepEqual([reopened.status, reopened.book], ["open", "271.70"]);
    assert.deepEqual(await one(world.database, "select count(*) as n from breaks"), { n: "1" });
    await assertRecounts(world.database);
  },
);

worldTest("a cancelled booking is kept, and no longer expected on the street", async (world) => {
  await world.sendFix([fixRecord(execution({ 17: "E-2", 11: "O-2" }), "O-2")]);
  await world.sendTrades([
    tradeRecord(booking()),
    tradeRecord(booking({ version: 2, event_type: "cancelled", status: "cancelled" })),
    tradeRecord(booking({ trade_id: "T-2", exec_id: "E-2", order_id: "O-2" })),
  ]);
  await world.catchUp();
  await world.catchUpAfterGrace();
  assert.equal((await one(world.database, NEWEST)).status, "cancelled");
  assert.deepEqual(await world.database.query("select type from breaks"), []);
  await assertRecounts(world.database);
});
