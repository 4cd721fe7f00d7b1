/**
 * The only writer of source facts. A batch is one transaction: what the streams said, the pairs and breaks
 * that follow, the aggregates, the letters set aside and how far the group has come are durable together or
 * not at all.
 *
 * @module
 */

import type { PartitionProgress } from "../../shared/platform/intake.ts";
import { type Database, isDataFault, type Transaction } from "../../shared/platform/postgres.ts";
import type { Decoded, Rejection } from "../decode.ts";
import { reconcileTouched } from "./breaks.ts";
import { applyChanges } from "./busts.ts";
import { writeFacts } from "./facts.ts";
import { markRepeatedFills } from "./repeats.ts";
import { seatBookings } from "./seating.ts";
import { writeOrderRejects } from "./order_rejects.ts";
import { writePostTrade } from "./post_trade.ts";
import { judgeSettlements } from "./settlement_fails.ts";
import { DEAD_LETTER_COLUMNS, stage, stageDead } from "./staging.ts";

export interface Written {
  readonly records: number;
  readonly tradesNew: number;
  /** Bookings whose version was stored already with the same content. */
  readonly duplicates: number;
  /** Bookings whose version was stored already with other content; they are set aside. */
  readonly conflicts: number;
  readonly breaksOpened: number;
  readonly breaksClosed: number;
  /** Every record set aside, also those the database found. */
  readonly setAside: readonly Rejection[];
}

/**
 * Writes a batch, all or nothing. Writing it again changes no row but the progress.
 *
 * A record that the database itself refuses is found by halving the batch and set aside as `refused`, so that
 * it never blocks the ones around it.
 */
export async function writeBatch(
  db: Database,
  group: string,
  decoded: readonly Decoded[],
  progress: readonly PartitionProgress[],
): Promise<Written> {
  try {
    return await db.transaction((tx) => writeOnce(tx, group, decoded, progress));
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return await writeHalves(db, group, decoded, progress, error as Error);
  }
}

async function writeHalves(
  db: Database,
  group: string,
  decoded: readonly Decoded[],
  progress: readonly PartitionProgress[],
  error: Error,
): Promise<Written> {
  const [only] = decoded;
  if (only === undefined || (decoded.length === 1 && only.kind === "rejected")) throw error;
  if (decoded.length === 1) {
    const refused: Rejection = {
      kind: "rejected",
      source: only.source,
      code: "refused",
      text: error.message,
    };
    return await writeBatch(db, group, [refused], progress);
  }
  const middle = Math.ceil(decoded.length / 2);
  const first = await writeBatch(db, group, decoded.slice(0, middle), []);
  return add(first, await writeBatch(db, group, decoded.slice(middle), progress));
}

function add(a: Written, b: Written): Written {
  return {
    records: a.records + b.records,
    tradesNew: a.tradesNew + b.tradesNew,
    duplicates: a.duplicates + b.duplicates,
    conflicts: a.conflicts + b.conflicts,
    breaksOpened: a.breaksOpened + b.breaksOpened,
    breaksClosed: a.breaksClosed + b.breaksClosed,
    setAside: [...a.setAside, ...b.setAside],
  };
}

async function writeOnce(
  tx: Transaction,
  group: string,
  decoded: readonly Decoded[],
  progress: readonly PartitionProgress[],
): Promise<Written> {
  await stage(tx, decoded);
  const facts = await writeFacts(tx);
  await writeOrderRejects(tx, decoded);
  await writePostTrade(tx, decoded);
  const breaks = await reconcileTouched(tx);
  const settlements = await judgeSettlements(tx);
  const conflicts = facts.conflicts.map((position) => toConflict(decoded[position]!));
  const setAside = [...decoded.filter((record) => record.kind === "rejected"), ...conflicts];
  await stageDead(tx, setAside);
  await tx.script(FINISH);
  if (facts.added > 0) await writeLatency(tx, decoded);
  await upsertProgress(tx, group, progress);
  return {
    records: decoded.length,
    tradesNew: facts.tradesNew,
    duplicates: facts.repeats - conflicts.length,
    conflicts: conflicts.length,
    breaksOpened: breaks.opened + settlements.opened,
    breaksClosed: breaks.closed + settlements.closed,
    setAside,
  };
}

function toConflict(record: Decoded): Rejection {
  const trade = record.kind === "trade" ? record.trade : undefined;
  const text = `Version ${trade?.version} of trade ${trade?.tradeId} is stored already with other content`;
  return { kind: "rejected", source: record.source, code: "version_conflict", text };
}

const FINISH = `
  insert into dead_letters (${DEAD_LETTER_COLUMNS}) select ${DEAD_LETTER_COLUMNS} from incoming_dead
  on conflict do nothing;
  select count_trades(array_agg(before) filter (where (before).trade_id is not null), array_agg(after))
  from moved having count(*) > 0;
  select pg_advisory_xact_lock(hashtext('breakwater.kpi'));
  insert into kpi_messages as k select msg_type, messages from stored_types order by msg_type
  on conflict (msg_type) do update set messages = k.messages + excluded.messages;
  insert into changes (trade_ids, break_ids)
  select array_agg(trade_id), '{}' from (
    select (after).trade_id from moved order by (after).booked_at desc, (after).trade_id desc limit 200) newest
  having count(*) > 0;`;

/** Applies corrections and busts that two writers at once left waiting. */
export async function applyWaiting(tx: Transaction): Promise<void> {
  const [state] = await tx.query("select exists (select from executions where not applied) as waiting");
  if (!state!.waiting) return;
  await stage(tx, []);
  await applyChanges(tx, "sweep");
  await seatBookings(tx);
  await markRepeatedFills(tx);
  await reconcileTouched(tx);
}

/** Upper bounds of the latency buckets, in ms: 10 % apart, from 1 ms to some 17 minutes. */
const bucketMs = (ms: number): number =>
  Math.ceil(1.1 ** Math.ceil(Math.log(Math.max(ms, 1)) / Math.log(1.1)));
const LATENCY_MAX_MS = 1_000_000;

async function writeLatency(tx: Transaction, decoded: readonly Decoded[]): Promise<void> {
  const now = Date.now();
  const counts = new Map<number, number>();
  for (const { source } of decoded) {
    const bucket = bucketMs(Math.min(now - source.recordTimeMs, LATENCY_MAX_MS));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  await tx.query(
    `insert into ingest_latency as l
     select date_trunc('minute', now(), 'UTC'), upto_ms, records from unnest($1::int[], $2::bigint[]) as n(upto_ms, records)
     order by upto_ms
     on conflict (minute, upto_ms) do update set records = l.records + excluded.records`,
    [[...counts.keys()], [...counts.values()]],
  );
}

/** Records how far a group has come when there is nothing to write. */
export async function writeProgress(
  db: Database,
  group: string,
  progress: readonly PartitionProgress[],
): Promise<void> {
  await db.transaction((tx) => upsertProgress(tx, group, progress));
}

async function upsertProgress(
  tx: Transaction,
  group: string,
  progress: readonly PartitionProgress[],
): Promise<void> {
  if (progress.length === 0) return;
  await tx.query(
    `insert into ingest_progress as i
     select $1, topic, partition, next_offset, end_offset, to_timestamp(record_time_ms / 1000.0),
       clock_timestamp() - make_interval(secs => age_ms / 1000.0)
     from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       as n(topic, partition, next_offset, end_offset, record_time_ms, age_ms)
     order by topic, partition
     on conflict (consumer_group, topic, partition) do update set
       next_offset = excluded.next_offset, end_offset = excluded.end_offset,
       record_time = greatest(excluded.record_time, i.record_time), updated_at = excluded.updated_at`,
    [
      group,
      progress.map(({ topic }) => topic),
      progress.map(({ partition }) => partition),
      progress.map(({ nextOffset }) => nextOffset),
      progress.map(({ endOffset }) => endOffset),
      progress.map(({ recordTimeMs }) => recordTimeMs),
      progress.map(({ endAskedAtMs }) => Math.max(0, Date.now() - endAskedAtMs)),
    ],
  );
}
