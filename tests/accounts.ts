/**
 * Nothing is lost: every record on the topics is a stored fact or was set aside, and what is stored is what
 * was sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Database } from "../shared/platform/postgres.ts";
import type { Incoming } from "./broker.ts";
import { one, type World } from "./harness.ts";

/** One version of one booking, as the topic holds it. */
export interface SentVersion {
  readonly trade_id: string;
  readonly version: number;
  readonly quantity: string;
  readonly price: string;
}

export async function assertNothingLost(world: World): Promise<void> {
  const { broker, database, tradesTopic, fixTopic } = world;
  await assertFixKept(database, fixTopic, await broker.readAll(fixTopic));
  await assertTradesKept(database, tradesTopic, await broker.readAll(tradesTopic));
}

/** Holds the table `trades` against the topic: as many as distinct bookings sent, each in its newest version. */
export async function assertTradesAreThoseSent(world: World): Promise<SentVersion[]> {
  const records = await world.broker.readAll(world.tradesTopic);
  const versions = records.map(({ value }): SentVersion => JSON.parse(new TextDecoder().decode(value!)));
  const newest = new Map<string, SentVersion>();
  for (const sent of versions) {
    if (sent.version >= (newest.get(sent.trade_id)?.version ?? 0)) newest.set(sent.trade_id, sent);
  }
  const { trades } = await one(world.database, "select count(*) as trades from trades");
  assert.equal(trades, String(newest.size));
  const wrong = await world.database.query(
    `select s.*, t.version as found_version, t.quantity as found_quantity, t.price as found_price
      from json_to_recordset($1) as s(trade_id text, version bigint, quantity numeric, price numeric)
      left join trades t using (trade_id)
      where (t.version, t.quantity, t.price) is distinct from (s.version, s.quantity, s.price) limit 5`,
    [JSON.stringify([...newest.values()])],
  );
  assert.deepEqual(wrong, []);
  return versions;
}

async function assertFixKept(database: Database, topic: string, records: readonly Incoming[]): Promise<void> {
  const missing = await database.query(
    `select "partition", "offset" from unnest($2::int[], $3::bigint[], $4::bytea[]) as r("partition", "offset", digest)
      where not exists (select from fix_messages m where m.topic = $1 and m.partition = r.partition
          and m."offset" = r."offset" and m.digest = r.digest and sha256(m.raw) = r.digest)
        and not exists (select from dead_letters d where d.topic = $1 and d.partition = r.partition
          and d."offset" = r."offset" and d.digest = r.digest) limit 5`,
    [topic, ...toColumns(records)],
  );
  assert.deepEqual(missing, [], `records of ${topic} that are neither stored nor set aside`);
}

async function assertTradesKept(
  database: Database,
  topic: string,
  records: readonly Incoming[],
): Promise<void> {
  const stored = await database.query<{ key: string }>(
    "select trade_id || ' ' || version as key from trade_events",
  );
  const keys = new Set(stored.map(({ key }) => key));
  const others = records.filter(({ value }) => !keys.has(keyOf(value)));
  const missing = await database.query(
    `select "partition", "offset" from unnest($2::int[], $3::bigint[], $4::bytea[]) as r("partition", "offset", digest)
      where not exists (select from dead_letters d where d.topic = $1 and d.partition = r.partition
        and d."offset" = r."offset" and d.digest = r.digest) limit 5`,
    [topic, ...toColumns(others)],
  );
  assert.deepEqual(missing, [], `records of ${topic} that are neither stored nor set aside`);
}

function keyOf(value: Uint8Array | null): string {
  try {
    const { trade_id, version, timestamp } = JSON.parse(new TextDecoder().decode(value!));
    return `${trade_id} ${version ?? microseconds(timestamp)}`;
  } catch {
    return "";
  }
}

// A timestamp without a zone is UTC.
function microseconds(timestamp: string): string {
  const zoned = /[zZ]|[+-]\d\d:?\d\d$/.test(timestamp) ? timestamp : `${timestamp}Z`;
  return String(Temporal.Instant.from(zoned).epochNanoseconds / 1_000n);
}

function toColumns(records: readonly Incoming[]): [number[], number[], string[]] {
  return [
    records.map(({ partition }) => partition),
    records.map(({ offset }) => offset),
    records.map(({ value }) => `\\x${createHash("sha256").update(value ?? new Uint8Array()).digest("hex")}`),
  ];
}
