/**
 * Loads the key figures in one statement, so that all of them are of one moment.
 *
 * @module
 */

import { type Kpi, type View, WHOLE } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import { isoMs } from "./columns.ts";
import {
  SCAN_MAX,
  type Scope,
  toBucketSeconds,
  toGaps,
  toLastMinute,
  toOpenBreaks,
  toParams,
  toSources,
  toWindow,
  WITHOUT_DATES,
} from "./scope.ts";

/** Whose progress tells the lag, and which topic is which side. */
export interface Sources {
  readonly consumerGroup: string;
  readonly tradesTopic: string;
  readonly fixTopic: string;
}

export type { Scope };

/** @param view Its range and filters choose the sources; their values come in as parameters. */
const toStatement = (view: View, scope: Scope) => `
with${toSources(view, scope)}
  open_breaks as materialized (${toOpenBreaks(view, scope)}),
  progress as (
    select * from ingest_progress where topic in ($8, $9) and consumer_group = (
      select consumer_group from ingest_progress where topic in ($8, $9)
      order by consumer_group = $7 desc, updated_at desc limit 1)
  ),
  latency as (
    select upto_ms, sum(sum(records)) over (order by upto_ms) as upto, sum(sum(records)) over () as total
    from ingest_latency where minute > now() - interval '5 minutes' group by upto_ms
  ),
${toWindow(view).trimStart()}
select
  coalesce((select xid || '-' || id from changes where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by changes.xid desc, changes.id desc limit 1), '0-0') as position,
  json_build_object(
  'asOf', ${isoMs("now()")},
  'scope', json_build_object('from', ${dayOf(view, "$1")}, 'to', ${dayOf(view, "$2")}, 'currency', 'USD'),${
  toCut(view)
}
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
      from exposures ${view.counterparty === null ? "" : "where counterparty = $4"} group by counterparty) x),
  'fixMessages', (select coalesce(sum(messages), 0) from kpi_messages),
  'deadLetters', (select count(*) from dead_letters where status = 'open'),
  'perMinute', (${toLastMinute(view)}),
  'lag', (select coalesce(sum(greatest(end_offset - next_offset, 0)), 0) from progress),
  'latencyMs', json_build_object(
    'p50', (select min(upto_ms) from latency where upto >= 0.50 * total),
    'p99', (select min(upto_ms) from latency where upto >= 0.99 * total)),
  'feeds', json_build_object(
    'book', exists (select from kpi_day)
      or exists (select from ingest_progress where topic = $8 and end_offset > 0),
    'street', exists (select from kpi_messages)
      or exists (select from ingest_progress where topic = $9 and end_offset > 0),
    'seenAt', (select ${isoMs("max(updated_at)")} from progress)),
  'window', (select json_build_object('from', ${minute("since")}, 'to', ${minute("upto")},
    'seconds', ${toBucketSeconds(view)}) from span),
  'minutes', (select coalesce(json_agg(json_build_object('minute', ${minute("minute")}, 'trades', trades,
    'notional', notional::text, 'broken', broken, 'byAssetClass', by_class) order by minute), '[]') from (
      select minute, sum(trades) as trades, sum(notional_usd) as notional, sum(broken) as broken,
        json_object_agg(asset_class, trades) as by_class
      from by_minute group by minute) x)
) as kpi`;

/** The key figures of a scope or view, and the place in the change feed that they have reached. */
export async function loadKpi(
  session: Session,
  { consumerGroup, tradesTopic, fixTopic }: Sources,
  scope: Scope = WITHOUT_DATES,
  view: View = WHOLE,
): Promise<{ kpi: Kpi; position: string }> {
  const [row] = await session.query<{ kpi: Kpi; position: string }>(
    // Parameters that a statement does not use must have a type all the same.
    `${toStatement(view, scope)}, ${USED}`,
    [...toParams(view, scope), consumerGroup, tradesTopic, fixTopic],
  );
  if (!row) throw new Error("Cannot load the key figures: the statement returned no row");
  return { kpi: row.kpi, position: row.position };
}

/** A bound of the trade dates that the figures count. */
function dayOf(view: View, param: string): string {
  return view.range === "today" ? "(now() at time zone 'UTC')::date" : `${param}::date`;
}

const USED = "$1::date::text || $2::date::text || $3::text || $4::text || $5::text || $6::text as used";

/** Says so where the figures are those of the newest trades alone. */
function toCut(view: View): string {
  const { day, venue, minute } = toGaps(view);
  if (!day && !venue && !minute) return "";
  return `
  'cutAt', (select case when count(*) = ${SCAN_MAX} then ${SCAN_MAX} end from newest),`;
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
