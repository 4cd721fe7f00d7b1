/**
 * Drop-in: what the two seed systems' own producers send is taken as it is.
 *
 * @module
 */

import assert from "node:assert/strict";
import { one, worldTest } from "./harness.ts";
import { booking, execution, fixRecord, heartbeat, seedBooking, tradeRecord } from "./messages.ts";
import { assertRecounts } from "./recount.ts";

const STATUSES = {
  "Pending Confirmation": { stage: "pending_confirmation", status: "pending_confirmation", reported: null },
  "Confirmed": { stage: "confirmed", status: "confirmed", reported: null },
  "Settlement Pending": { stage: "settlement_pending", status: "settlement_pending", reported: null },
  "Settled": { stage: "settled", status: "settled", reported: null },
  "Break - Mismatch": { status: "break", reported: "Mismatch" },
  "Break - Missing Trade": { status: "break", reported: "Missing Trade" },
};
const ASSET_CLASSES = {
  "Equity": "equity",
  "Fixed Income": "bond",
  "Derivative": "derivative",
  "FX": "fx",
  "Commodity": "commodity",
};

worldTest("bookings with the seed's 20 attributes, spellings and no version are stored", async (world) => {
  const bookings = Object.keys(STATUSES).flatMap((status, s) =>
    Object.keys(ASSET_CLASSES).map((asset_class, a) =>
      seedBooking({ trade_id: `TRD-${s}${a}`, status, asset_class })
    )
  );
  await world.sendTrades(bookings.map(tradeRecord));
  await world.catchUp();
  await world.catchUpAfterGrace();

  const rows = await world.database.query("select * from trades order by trade_id");
  assert.equal(rows.length, bookings.length);
  for (const [n, row] of rows.entries()) {
    const sent = bookings[n]!;
    const want: { stage?: string; status: string; reported: string | null } =
      STATUSES[sent.status as keyof typeof STATUSES];
    assert.equal(row.asset_class, ASSET_CLASSES[sent.asset_class as keyof typeof ASSET_CLASSES]);
    assert.deepEqual([row.status, row.reported_break], [want.status, want.reported]);
    if (want.stage !== undefined) assert.equal(row.stage, want.stage);
    assert.deepEqual(
      [row.side, row.currency, row.version, row.exec_id, row.timestamp],
      ["buy", "USD", "1795444205125000", null, "2026-11-23 14:30:05.125+00"],
    );
    assert.deepEqual([Number(row.notional_usd), Number(row.total_fees)], [98_410, 27.55]);
  }
  const breaks = await world.database.query("select type, count(*) as n from breaks group by 1");
  assert.deepEqual(
    breaks,
    [{ type: "reported", n: "10" }],
    "a seed's feed breaks as it reports, and no more",
  );
  assert.deepEqual(await world.database.query("select * from dead_letters"), []);
  await assertRecounts(world.database);
});

worldTest("a reported break closes when the source's next version no longer reports it", async (world) => {
  await world.sendTrades([tradeRecord(seedBooking({ status: "Break - Mismatch" }))]);
  await world.catchUp();
  await world.sendTrades([tradeRecord(seedBooking({ timestamp: "2026-11-23T14:31:05.125000" }))]);
  await world.catchUp();
  assert.deepEqual(
    await one(
      world.database,
      "select t.status, b.status as break, b.closed_by from trades t join breaks b using (trade_id)",
    ),
    { status: "confirmed", break: "resolved", closed_by: "system" },
  );
  await assertRecounts(world.database);
});

worldTest("names in any case, unknown ones, and a timestamp without a zone are taken", async (world) => {
  await world.sendTrades([tradeRecord(booking({
    asset_class: "EQUITY",
    side: "Sell",
    status: "CONFIRMED",
    priority: "Whenever",
    counterparty: "Nobody & Sons",
    instrument: "NEVERHEARD",
    settlement_venue: "Moon",
    timestamp: "2026-11-23 14:30:05",
    quantity: 100,
    price: 271.5,
  }))]);
  await world.catchUp();
  const row = await one(
    world.database,
    `select asset_class, side, status, priority, counterparty, instrument, settlement_venue,
      "timestamp"::text as at, price from trades`,
  );
  assert.deepEqual(row, {
    asset_class: "equity",
    side: "sell",
    status: "confirmed",
    priority: row.priority,
    counterparty: "Nobody & Sons",
    instrument: "NEVERHEARD",
    settlement_venue: "Moon",
    at: "2026-11-23 14:30:05+00",
    price: "271.5",
  });
  assert.match(String(row.priority), /^whenever$/i);
});

worldTest("a book without any street feed, or a street without any book, misses nothing", async (world) => {
  await world.sendTrades([tradeRecord(booking())]);
  await world.catchUp();
  await world.catchUpAfterGrace();
  assert.deepEqual(await world.database.query("select type from breaks"), []);

  await world.sendFix([fixRecord(heartbeat(), "session")]);
  await world.catchUp();
  assert.deepEqual(await world.database.query("select type from breaks"), [{ type: "missing_street" }]);
});

worldTest("a street feed alone raises no missing_book", async (world) => {
  await world.sendFix([fixRecord(execution())]);
  await world.catchUp();
  await world.catchUpAfterGrace();
  assert.deepEqual(await world.database.query("select type from breaks"), []);
});

worldTest("FIX without BodyLength or with a wrong CheckSum is taken under lenient alone", async (world) => {
  // "|" stands for SOH.
  const line = (ExecID: string) => String.fromCharCode(...execution({ 17: ExecID })).replaceAll("\x01", "|");
  const seeds = [
    line("E-1").replace(/\|9=\d+/, "").replace(/10=\d+/, "10=000"),
    line("E-2").replace(/10=\d+/, "10=999"),
    line("E-3").replace(/\|9=\d+/, "|9=1"),
  ].map((text) => text.replaceAll("|", "\x01"));
  await world.sendFix(seeds.map((seed) => fixRecord(seed)));
  await world.catchUp();
  assert.deepEqual(await one(world.database, "select count(*) as n from dead_letters"), { n: "3" });

  await world.catchUp({
    FIX_VALIDATION: "lenient",
    CONSUMER_GROUP: `${world.settings.CONSUMER_GROUP}-lenient`,
  });
  const rows = await world.database.query("select exec_id, raw, faults from fix_messages order by exec_id");
  assert.deepEqual(rows.map(({ exec_id }) => exec_id), ["E-1", "E-2", "E-3"]);
  for (const [n, { raw, faults }] of rows.entries()) {
    assert.equal(new TextDecoder("latin1").decode(raw), seeds[n], "raw FIX is kept byte for byte");
    assert(faults.length > 0);
  }
  assert.deepEqual(await one(world.database, "select count(*) as n from executions"), { n: "3" });
});
