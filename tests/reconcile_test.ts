/**
 * Reconciliation over time: what arrives late closes its break by itself, what is merely still in a topic is not
 * missing, and settings say which absences count.
 *
 * @module
 */

import assert from "node:assert/strict";
import { assertBreaksAre, assertNeverOpenBut } from "./answer_key.ts";
import type { Incoming } from "./broker.ts";
import { one, untilCount, untilGraceIsOver, untilRead, worldTest } from "./harness.ts";
import { booking, execution, fixRecord, heartbeat, manyBookings, tradeRecord } from "./messages.ts";
import { until } from "./programs.ts";
import { assertRecounts } from "./recount.ts";

const OPEN = "select type, trade_id, exec_id from breaks where closed_at is null order by type";

worldTest("an execution that comes late closes missing_street by itself", async (world) => {
  const consumer = world.start("consume");
  await world.sendFix([fixRecord(heartbeat(), "session")]);
  await world.sendTrades([tradeRecord(booking())]);
  await untilCount(world.database, 1, "breaks where type = 'missing_street' and status = 'open'");
  assert.equal((await one(world.database, "select status from trades")).status, "break");

  await world.sendFix([fixRecord(execution())]);
  await untilCount(world.database, 1, "breaks where type = 'missing_street' and status = 'resolved'");
  assert.deepEqual(
    await one(
      world.database,
      "select b.closed_by, b.reason is not null as why, t.status from breaks b, trades t",
    ),
    { closed_by: "system", why: true, status: "pending_confirmation" },
  );
  await assertRecounts(world.database);
  consumer.kill("SIGTERM");
  assert.equal((await consumer.status).code, 0);
});

worldTest("a booking that comes late closes missing_book, and its difference opens", async (world) => {
  world.start("consume");
  await world.sendTrades(manyBookings(1).map(tradeRecord));
  await world.sendFix([fixRecord(execution())]);
  await untilCount(world.database, 1, "breaks where type = 'missing_book' and status = 'open'");
  assert.deepEqual(await world.database.query(OPEN), [
    { type: "missing_book", trade_id: "E-1", exec_id: "E-1" },
    { type: "missing_street", trade_id: "T-G0", exec_id: "E-G0" },
  ]);

  await world.sendTrades([tradeRecord(booking({ quantity: "90" }))]);
  await untilCount(world.database, 1, "breaks where type = 'quantity' and status = 'open'");
  await untilCount(world.database, 1, "breaks where type = 'missing_book' and status = 'resolved'");
  await assertRecounts(world.database);
});

/** Which absences each value of RECONCILE_MISSING counts. */
const ABSENCES: [setting: string, wanted: string[]][] = [
  ["both", ["missing_book", "missing_street"]],
  ["book", ["missing_book"]],
  ["street", ["missing_street"]],
  ["off", []],
];
for (const [RECONCILE_MISSING, wanted] of ABSENCES) {
  worldTest(
    `RECONCILE_MISSING=${RECONCILE_MISSING} counts ${wanted.join(" and ") || "neither"}`,
    async (world) => {
      await world.sendTrades([tradeRecord(booking())]);
      await world.sendFix([fixRecord(execution({ 17: "E-2", 11: "O-2" }), "O-2")]);
      await world.catchUp({ RECONCILE_MISSING });
      await world.catchUpAfterGrace({ RECONCILE_MISSING });
      assert.deepEqual((await world.database.query(OPEN)).map(({ type }) => type), wanted);
      await assertRecounts(world.database);
    },
  );
}

/** Which side the consumer has read to its end, long ago, when it meets the backlog of the other. */
const AHEAD: ("book" | "street")[] = ["book", "street"];
for (const ahead of AHEAD) {
  worldTest(`a backlog with the ${ahead} far ahead raises no break that is not in the key`, async (world) => {
    const key = await world.produceWithKey(
      ["--count", ahead === "book" ? "20000" : "4000", "--rate", "max", "--seed", ahead],
    );
    // The other topic of this run is another one, so that one side alone is read; then the real one is there
    // all at once, as after an outage.
    const elsewhere = ahead === "book"
      ? { FIX_TOPIC: `${world.fixTopic}-none` }
      : { TRADES_TOPIC: `${world.tradesTopic}-none` };
    await world.catchUp(elsewhere);
    await world.catchUpAfterGrace(elsewhere);
    assert.deepEqual(await world.database.query(OPEN), []);
    await world.catchUp();
    await assertNeverOpenBut(key, world.database);
    await world.catchUpAfterGrace();
    await assertNeverOpenBut(key, world.database);
    await assertBreaksAre(key, world.database);
    await assertRecounts(world.database);
  });
}

worldTest("both sides of a pair at two consumers at once: every difference is found", async (world) => {
  const { trades, fix, key } = await world.tape(
    ["--count", "1500", "--rate", "max", "--seed", "crossing", "--break-rate", "0.9"],
  );
  const consumers = [1, 2].map(() => world.start("consume", [], { TOPIC_PARTITIONS: "2" }));
  await until("both consumers share the partitions", async () => {
    return await world.broker.groupSize(world.settings.CONSUMER_GROUP!) === consumers.length;
  });
  // One partition of each topic, and not the same: whoever reads one side does not read the other.
  const PIECES = 10;
  const piece = (records: readonly Incoming[], n: number, partition: number) =>
    records.slice(...[n, n + 1].map((edge) => Math.ceil(edge * records.length / PIECES)))
      .map((record) => ({ ...record, partition }));
  for (let n = 0; n < PIECES; n++) {
    await Promise.all([world.sendTrades(piece(trades, n, 0)), world.sendFix(piece(fix, n, 1))]);
  }
  await untilRead(world, trades.length + fix.length);
  await untilGraceIsOver(world.database);
  const missing = key.filter(({ type }) => type.startsWith("missing")).length;
  await untilCount(world.database, missing, "breaks where type like 'missing%'");
  await assertBreaksAre(key, world.database);
  await assertNeverOpenBut(key, world.database);
  await assertRecounts(world.database);
  for (const consumer of consumers) {
    consumer.kill("SIGTERM");
    assert.equal((await consumer.status).code, 0);
    assert.match(consumer.log(), /wrote \d+/, "one consumer read both sides");
  }
});
