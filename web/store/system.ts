/**
 * Loads how the pipeline runs: progress by partition, throughput and latency, stages that stand still, what was set
 * aside. Everything is read from small tables and by index, whatever the number of trades.
 *
 * @module
 */

import { type Figures, type Stuck, STUCK_AGES } from "../components/system/system.ts";
import type { Database } from "../../shared/platform/postgres.ts";
import { iso } from "./columns.ts";
import type { Sources } from "./kpi.ts";

/** Partitions of all groups that are shown. */
const PARTITIONS_MAX = 600;
const MINUTES = 30;
/** Stuck trades that are counted; who has more has another problem than their number. */
export const STUCK_MAX = 100_000;
const REASONS_MAX = 100;

const PARTITIONS = `
  select consumer_group, topic, partition, next_offset::text as next_offset, end_offset::text as end_offset,
    greatest(end_offset - next_offset, 0)::float8 as lag, ${iso("record_time")} as record_time,
    ${iso("updated_at")} as updated_at
  from ingest_progress where topic in ($1, $2)
  order by consumer_group = $3 desc, consumer_group, topic, partition limit ${PARTITIONS_MAX}`;

/** A latency is the upper bound of the bucket in which the share is reached. */
const MINUTES_OF = `
  with counted as (
    select minute, upto_ms, sum(records) over (partition by minute order by upto_ms) as upto,
      sum(records) over (partition by minute) as total
    from ingest_latency where minute > date_trunc('minute', now()) - make_interval(mins => ${MINUTES})
  )
  select ${iso("m.minute")} as at, coalesce(max(total), 0)::float8 as records,
    min(upto_ms) filter (where upto >= 0.50 * total) as p50, min(upto_ms) filter (where upto >= 0.95 * total) as p95,
    min(upto_ms) filter (where upto >= 0.99 * total) as p99
  from generate_series(date_trunc('minute', now()) - make_interval(mins => ${MINUTES - 1}),
    date_trunc('minute', now()), interval '1 minute') m(minute) left join counted using (minute)
  group by m.minute order by m.minute`;

/** A confirmation is due on trade date; what is confirmed must have settled on its value date. */
const STUCK = `
  with late as (
    select status as stage, 'trade_date' as due, day as due_on, sum(trades) as trades
    from kpi_day where status = 'pending_confirmation' and day < $1::date group by 1, 3
    union all
    select stage, 'settlement_date', settlement_date, count(*) from (
      select stage, settlement_date from trades
      where stage not in ('settled', 'cancelled') and stage <> 'pending_confirmation' and settlement_date < $1::date
      limit ${STUCK_MAX}) t
    group by 1, 3
  ),
  aged as (select late.*, $1::date - due_on as days from late)
  select stage, due, sum(trades)::float8 as trades, min(due_on) as oldest, json_build_object(
    ${
  [["= 1", STUCK_AGES[0]], ["between 2 and 3", STUCK_AGES[1]], ["between 4 and 7", STUCK_AGES[2]], [
    "> 7",
    STUCK_AGES[3],
  ]].map(([days, name]) => `'${name}', coalesce(sum(trades) filter (where days ${days}), 0)`).join(", ")
}) as by_age
  from aged group by 1, 2
  order by array_position(array['pending_confirmation', 'confirmed', 'settlement_pending'], stage), stage`;

const REASONS = `
  select topic, code, count(*)::float8 as letters, ${iso("min(recorded_at)")} as oldest,
    ${iso("max(recorded_at)")} as newest
  from dead_letters where status = 'open' group by 1, 2 order by letters desc, topic, code limit ${REASONS_MAX}`;

/** @param date What was due before it is late. */
export async function loadSystem(
  database: Database,
  { consumerGroup, tradesTopic, fixTopic }: Sources,
  date: string,
): Promise<Figures> {
  return await database.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read read only");
    const [server] = await tx.query(
      `select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes`,
    );
    const stuck = await tx.query<Stuck & Record<string, unknown>>(STUCK, [date]);
    const bySettlement = stuck.filter(({ due }) => due === "settlement_date");
    return {
      consumerGroup,
      postgres: server!.version,
      databaseBytes: server!.bytes,
      partitions: await tx.query(PARTITIONS, [tradesTopic, fixTopic, consumerGroup]) as Figures["partitions"],
      minutes: await tx.query(MINUTES_OF) as Figures["minutes"],
      stuck,
      isCut: bySettlement.reduce((sum, { trades }) => sum + trades, 0) >= STUCK_MAX,
      deadLetters: await tx.query(REASONS) as Figures["deadLetters"],
    };
  });
}
