/**
 * Loads the key figures in one statement, so that all of them are of one moment.
 *
 * @module
 */

import type { Kpi } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import { isoMs } from "./columns.ts";

/** Trade dates, inclusive; null: no bound. */
export interface Scope {
  readonly from: string | null;
  readonly to: string | null;
}

/** Whose progress tells the lag, and which topic is which side. */
export interface Sources {
  readonly consumerGroup: string;
  readonly tradesTopic: string;
  readonly fixTopic: string;
}

export const ALL: Scope = { from: null, to: null };

/** How far back the charts over time reach. */
const WINDOW_MINUTES = 60;

const OPEN_BREAKS = `select type, counterparty, opened_at from breaks where closed_at is null`;

/** A break has the trade date of its booking, or of its execution where the booking is missing. */
const OPEN_BREAKS_SCOPED = `
    select b.type, b.counterparty, b.opened_at from breaks b
      left join trades t on t.trade_id = b.trade_id
      left join pairs p on t.trade_id is null and p.pair_key = b.pair_key
    where b.closed_at is null
      and ($1::date is null or coalesce(t.trade_date, p.street_trade_date) >= $1)
      and ($2::date is null or coalesce(t.trade_date, p.street_trade_date) <= $2)`;

const toStatement = (scoped: boolean) => `
with
  -- Some hundred rows, whatever the number of days: all sums below are sums of these.
  day as materialized (
    select asset_class, counterparty, status, sum(trades) as trades, sum(notional_usd) as notional_usd,
      sum(brokerage_fee) as brokerage_fee, sum(clearing_fee) as clearing_fee, sum(exchange_fee) as exchange_fee,
      sum(total_fees) as total_fees
    from kpi_day where ($1::date is null or day >= $1) and ($2::date is null or day <= $2) group by 1, 2, 3
  ),
  live as (select * from day where status <> 'cancelled'),
  venue as materialized (
    select settlement_venue, side, sum(trades) as trades, sum(notional_usd) as notional_usd from kpi_venue
    where status <> 'cancelled' and ($1::date is null or day >= $1) and ($2::date is null or day <= $2)
    group by 1, 2
  ),
  open_breaks as materialized (${scoped ? OPEN_BREAKS_SCOPED : OPEN_BREAKS}),
  progress as (
    select * from ingest_progress where topic in ($4, $5) and consumer_group = (
      select consumer_group from ingest_progress where topic in ($4, $5)
      order by consumer_group = $3 desc, updated_at desc limit 1)
  ),
  latency as (
    select upto_ms, sum(sum(records)) over (order by upto_ms) as upto, sum(sum(records)) over () as total
    from ingest_latency where minute > now() - interval '5 minutes' group by upto_ms
  ),
  clock as (
    select this, (select max(minute) from kpi_minute where minute <= this) as newest
    from (select date_trunc('minute', now(), 'UTC') as this) x
  ),
  span as (
    select upto, upto - make_interval(mins => ${WINDOW_MINUTES - 1}) as since
    from (select case when newest < this - make_interval(mins => ${
  WINDOW_MINUTES - 1
}) then newest else this end
      as upto from clock) x
  ),
  by_minute as (
    select minute, asset_class, sum(trades) as trades, sum(notional_usd) as notional_usd,
      coalesce(sum(trades) filter (where status = 'break'), 0) as broken
    from kpi_minute, span where minute between since and upto and status <> 'cancelled' group by 1, 2
  )
select
  coalesce((select xid || '-' || id from changes where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by changes.xid desc, changes.id desc limit 1), '0-0') as position,
  json_build_object(
  'asOf', ${isoMs("now()")},
  'scope', json_build_object('from', $1::date, 'to', $2::date, 'currency', 'USD'),
  'trades', (select coalesce(sum(trades), 0) from live),
  'notional', (select coalesce(sum(notional_usd), 0.00)::text from live),
  'fees', (select json_build_object(
    'brokerage', coalesce(sum(brokerage_fee), 0.00)::text, 'clearing', coalesce(sum(clearing_fee), 0.00)::text,
    'exchange', coalesce(sum(exchange_fee), 0.00)::text, 'total', coalesce(sum(total_fees), 0.00)::text)
    from live),
  'byStatus', ${tallies("status", "live")},
  'byAssetClass', ${tallies("asset_class", "live")},
  'byCounterparty', ${tallies("counterparty", "live")},
  'byVenue', ${tallies("settlement_venue", "venue")},
  'bySide', ${tallies("side", "venue")},
  'breaks', json_build_object(
    'open', (select count(*) from open_breaks),
    'byType', ${counts("type")},
    'byCounterparty', ${counts("counterparty")},
    'notional', (select coalesce(sum(notional_usd), 0.00)::text from day where status = 'break'),
    'oldest', (select ${isoMs("min(opened_at)")} from open_breaks),
    'rate', (select coalesce(round(sum(trades) filter (where status = 'break') / sum(trades), 6), 0) from live)),
  'exposure', (select coalesce(json_object_agg(counterparty, json_build_object('trades', trades,
    'bought', bought::text, 'sold', sold::text) order by counterparty), '{}') from (
      select counterparty, sum(trades) as trades, sum(bought_usd) as bought, sum(sold_usd) as sold
      from exposures group by counterparty) x),
  'fixMessages', (select coalesce(sum(messages), 0) from kpi_messages),
  'deadLetters', (select count(*) from dead_letters where status = 'open'),
  'perMinute', (select count(*) from trades
    where booked_at > now() - interval '1 minute' and booked_at <= now() and status <> 'cancelled'),
  'lag', (select coalesce(sum(greatest(end_offset - next_offset, 0)), 0) from progress),
  'latencyMs', json_build_object(
    'p50', (select min(upto_ms) from latency where upto >= 0.50 * total),
    'p99', (select min(upto_ms) from latency where upto >= 0.99 * total)),
  'feeds', json_build_object(
    'book', exists (select from kpi_day)
      or exists (select from ingest_progress where topic = $4 and end_offset > 0),
    'street', exists (select from kpi_messages)
      or exists (select from ingest_progress where topic = $5 and end_offset > 0),
    'seenAt', (select ${isoMs("max(updated_at)")} from progress)),
  'window', (select json_build_object('from', ${minute("since")}, 'to', ${minute("upto")}) from span),
  'minutes', (select coalesce(json_agg(json_build_object('minute', ${minute("minute")}, 'trades', trades,
    'notional', notional::text, 'broken', broken, 'byAssetClass', by_class) order by minute), '[]') from (
      select minute, sum(trades) as trades, sum(notional_usd) as notional, sum(broken) as broken,
        json_object_agg(asset_class, trades) as by_class
      from by_minute group by minute) x)
) as kpi`;

const KPI = toStatement(false);
const KPI_SCOPED = toStatement(true);

/** The key figures of a scope, and the place in the change feed that they have reached. */
export async function loadKpi(
  session: Session,
  sources: Sources,
  { from, to }: Scope = ALL,
): Promise<{ kpi: Kpi; position: string }> {
  const { consumerGroup, tradesTopic, fixTopic } = sources;
  const [row] = await session.query<{ kpi: Kpi; position: string }>(
    from === null && to === null ? KPI : KPI_SCOPED,
    [from, to, consumerGroup, tradesTopic, fixTopic],
  );
  if (!row) throw new Error("Cannot load the key figures: the statement returned no row");
  return row;
}

function tallies(column: string, source: string): string {
  return `(select coalesce(json_object_agg(${column}, json_build_object('trades', trades, 'notional', notional::text)
    order by ${column}), '{}') from (select ${column}, sum(trades) as trades, sum(notional_usd) as notional
    from ${source} group by 1) x)`;
}

function counts(column: string): string {
  return `(select coalesce(json_object_agg(name, n order by name), '{}') from (
    select coalesce(${column}, 'unknown') as name, count(*) as n from open_breaks group by 1) x)`;
}

function minute(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
