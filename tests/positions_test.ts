/**
 * Where a group reads on: an offset that the broker no longer holds is loud, and is never reset in silence.
 *
 * @module
 */

import assert from "node:assert/strict";
import { one, worldTest } from "./harness.ts";
import { execution, fixRecord, manyBookings, tradeRecord } from "./messages.ts";
import { until } from "./programs.ts";

const trades = (prefix: string) => manyBookings(30, prefix).map(tradeRecord);

worldTest(
  "records that are gone before they were read stop the consumer, until told to go on",
  async (world) => {
    await world.sendTrades(trades("A"));
    await world.catchUp();
    await world.sendTrades(trades("B"));
    await world.broker.dropRecords(world.tradesTopic);
    await world.sendTrades(trades("C"));
    await assert.rejects(world.catchUp(), /records are gone.*--skip-lost/s);
    assert.deepEqual(await one(world.database, "select count(*) as n from trades"), { n: "30" });

    await world.consume(["--until-caught-up", "--skip-lost"]);
    assert.deepEqual(
      await one(world.database, "select count(*) as n from trades where trade_id ~ 'T-[AC]'"),
      { n: "60" },
    );
    await world.catchUp();
  },
);

worldTest(
  "a topic that was made anew is read from its start, and its records replace none at the same offsets",
  async (world) => {
    const fills = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, n) => fixRecord(execution({ 17: `${prefix}-${n}` })));
    await world.sendFix(fills(5, "old"));
    await world.catchUp();
    await world.broker.deleteTopics((topic) => topic === world.fixTopic);
    await until(
      "the topic is gone and made anew",
      () => world.sendFix(fills(3, "new")).then(() => true, () => false),
    );
    await world.catchUp();
    assert.deepEqual(await one(world.database, "select count(*) as n from fix_messages"), { n: "8" });
    assert.deepEqual(await one(world.database, "select count(*) as n from executions"), { n: "8" });
  },
);
