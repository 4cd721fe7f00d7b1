/**
 * Loads what the board shows beside the key figures, in one statement over aggregates and small tables.
 *
 * @module
 */

import { AGE_LIMITS_SECONDS, type Comparison, type Panels, type View, WHOLE } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import { isoMs } from "./columns.ts";
import type { Sources } from "./kpi.ts";
import {
  toBucketSeconds,
  toOpenBreaks,
  toParams,
  toPostTrade,
  toSources,
  toWindow,
  WITHOUT_DATES,
} from "./scope.ts";

/** The groups of breaks that the banner names. */
const GROUPS_MAX = 12;
/** Value dates of the ladder. */
const VALUE_DATES_MAX = 10;
/** Orders of the flow, the newest: each is joined to its trades. */
const ORDERS_MAX = 2_000;
/** Trades of one order that are looked at. */
const ORDER_TRADES_MAX = 100;

/** Ids of the log have no gaps and follow time, so the first event of the window is found by halving. */
const SEEK = `
  seek (low, high) as (
    select min(id), max(id) + 1 from break_events
    union all
    select case when e.at < since then middle + 1 else low end, case when e.at < since then high else middle end
    from (select low, high, (low + high) / 2 as middle from seek where low < high) s
      join break_events e on e.id = s.middle, span
  ),`;

const countOf = (name: string, ...statuses: string[]) =>
  `coalesce(sum(trades) filter (where affirmation_status in ('${statuses.join("', '")}')), 0) as ${name}`;

const isClosed = (column: string) => `${column} in ('resolved', 'written_off')`;

const toFlow = (view: View) => `
  flow as (
    select date_bin('${toBucketSeconds(view)} seconds', e.at, timestamptz '2000-01-01 00:00:00Z') as bucket,
      count(*) filter (where e.action in ('open', 'reopen')) as opened,
      count(*) filter (where ${isClosed("e.to_status")} and not ${isClosed("e.from_status")}) as closed
    from break_events e join breaks b on b.id = e.break_id, span
    where e.id >= (select max(low) from seek) and e.at >= since
      and (e.action in ('open', 'reopen') or ${isClosed("e.to_status")})
      ${view.counterparty === null ? "" : "and b.counterparty = $4"}
    group by 1
  ),`;

/** An order stands where its trades are: at a break if one has it, else at the least advanced one. */
const toOrders = (view: View) => `
  newest_orders as materialized (
    select order_id, ord_status, cum_qty from orders ${
  view.counterparty === null ? "" : "where counterparty = $4"
}
    order by received_at desc limit ${ORDERS_MAX}
  ),
  traced as (
    select case
        when ord_status = '8' then 'rejected' when ord_status = '4' and cum_qty = 0 then 'cancelled'
        when ord_status = '2' then 'filled' when cum_qty > 0 then 'partly_filled' else 'working' end as fate,
      case when t.trades is null or t.trades = 0 then 'not_booked' when t.broken > 0 then 'break'
        when t.pending > 0 then 'pending_confirmation' when t.confirmed > 0 then 'confirmed'
        when t.settling > 0 then 'settlement_pending' else 'settled' end as state, cum_qty
    from newest_orders o left join lateral (
      select count(*) as trades, count(*) filter (where status = 'break') as broken,
        count(*) filter (where status = 'pending_confirmation') as pending,
        count(*) filter (where status = 'confirmed') as confirmed,
        count(*) filter (where status = 'settlement_pending') as settling
      from (select status from trades t where t.order_id = o.order_id limit ${ORDER_TRADES_MAX}) t
      where status <> 'cancelled') t on o.cum_qty > 0
  ),
  paths as (
    select 'orders' as source, fate as target, count(*) as orders from traced group by fate
    union all select fate, state, count(*) from traced where cum_qty > 0 group by fate, state
  ),`;

const toStatement = (view: View) => `
with recursive${toSources(view, WITHOUT_DATES)}${toWindow(view)},
  open_breaks as materialized (${toOpenBreaks(view, WITHOUT_DATES)}),${SEEK}${toFlow(view)}${toOrders(view)}
  progress as (
    select * from ingest_progress where topic in ($8, $9) and consumer_group = (
      select consumer_group from ingest_progress where topic in ($8, $9)
      order by consumer_group = $7 desc, updated_at desc limit 1)
  ),
  latency as (
    select minute, upto_ms, sum(records) over (partition by minute order by upto_ms) as upto,
      sum(records) over (partition by minute) as total
    from ingest_latency, span where minute >= date_trunc('minute', since) and minute <= upto
  ),
  rungs as (
    select settlement_date, sum(trades) as trades, sum(bought_usd) as bought, sum(sold_usd) as sold
    from exposures ${view.counterparty === null ? "" : "where counterparty = $4"}
    group by 1 order by 1 limit ${VALUE_DATES_MAX}
  )
select $1::date::text || $2::date::text || $3::text || $4::text || $5::text || $6::text as used,
  json_build_object(
  'asOf', ${isoMs("now()")},
  'breakGroups', (select coalesce(json_agg(json_build_object('type', type, 'counterparty', counterparty,
    'breaks', breaks, 'notional', notional::text, 'oldest', ${
  isoMs("oldest")
}) order by notional desc, type), '[]')
    from (select type, counterparty, count(*) as breaks, coalesce(sum(notional_usd), 0.00) as notional,
      min(opened_at) as oldest from open_breaks group by 1, 2 order by 4 desc, 1 limit ${GROUPS_MAX}) x),
  'breakAges', (select coalesce(json_object_agg(type, ages), '{}') from (
    select type, json_build_array(${
  [...AGE_LIMITS_SECONDS, null].map((_, age) => `count(*) filter (where age = ${age})`).join(", ")
}) as ages from (select type, width_bucket(extract(epoch from now() - opened_at)::float8,
      array[${AGE_LIMITS_SECONDS.join(", ")}]::float8[]) as age from open_breaks) y group by type) x),
  'breakFlow', (select coalesce(json_agg(json_build_object('at', ${bucketIso("bucket")}, 'opened', opened,
    'closed', closed) order by bucket), '[]') from flow where opened + closed > 0),
  'matches', (select coalesce(json_agg(json_build_object('counterparty', counterparty, 'assetClass', asset_class,
    'trades', trades, 'broken', broken) order by counterparty, asset_class), '[]') from (
      select counterparty, asset_class, sum(trades) as trades,
        coalesce(sum(trades) filter (where status = 'break'), 0) as broken
      from live group by 1, 2) x),
  'ladder', (select coalesce(json_agg(json_build_object('date', settlement_date, 'trades', trades,
    'bought', bought::text, 'sold', sold::text) order by settlement_date), '[]') from rungs),
  'limits', (select coalesce(json_agg(json_build_object('counterparty', counterparty, 'used', used_usd::text,
    'warn', warn_usd::text, 'breach', breach_usd::text) order by counterparty), '[]')
    from limit_use((now() at time zone 'UTC')::date) ${
  view.counterparty === null ? "" : "where counterparty = $4"
}),
  'affirmations', (select coalesce(json_agg(json_build_object('assetClass', asset_class, 'inTime', in_time,
    'late', late, 'waiting', waiting, 'rejected', rejected) order by asset_class), '[]') from (
      select asset_class, ${countOf("in_time", "affirmed")}, ${countOf("late", "affirmed_late")},
        ${countOf("waiting", "unaffirmed", "received")}, ${countOf("rejected", "rejected")}
      from kpi_post_trade ${toPostTrade(view)} group by asset_class) x),
  'latency', (select coalesce(json_agg(json_build_object('at', ${bucketIso("minute")}, 'p50', p50, 'p95', p95,
    'p99', p99) order by minute), '[]') from (
      select minute, min(upto_ms) filter (where upto >= 0.50 * total) as p50,
        min(upto_ms) filter (where upto >= 0.95 * total) as p95,
        min(upto_ms) filter (where upto >= 0.99 * total) as p99
      from latency group by minute) x),
  'lag', (select coalesce(json_agg(json_build_object('topic', topic, 'partition', partition,
    'records', greatest(end_offset - next_offset, 0)) order by topic, partition), '[]') from progress),
  'deadLetters', (select coalesce(json_object_agg(code, n), '{}') from (
    select code, count(*) as n from dead_letters where status = 'open' group by code) x),
  'flow', (select coalesce(json_agg(json_build_object('from', source, 'to', target, 'orders', orders)), '[]')
    from paths)
) as panels`;

/** What the board shows of a view beside the figures. */
export async function loadPanels(
  session: Session,
  { consumerGroup, tradesTopic, fixTopic }: Sources,
  view: View = WHOLE,
): Promise<Panels> {
  const params = [...toParams(view, WITHOUT_DATES), consumerGroup, tradesTopic, fixTopic];
  const [row] = await session.query<{ panels: Omit<Panels, "comparison"> }>(toStatement(view), params);
  if (!row) throw new Error("Cannot load the board's panels: the statement returned no row");
  return { ...row.panels, comparison: await loadComparison(session, view) };
}

/** What is compared with the same stretch a day before, as the start of it. */
const STRETCHES: Record<View["range"], { words: string; since: string }> = {
  all: { words: "today so far", since: "date_trunc('day', now(), 'UTC')" },
  today: { words: "today so far", since: "date_trunc('day', now(), 'UTC')" },
  "1h": { words: "the last hour", since: "now() - interval '1 hour'" },
  "5m": { words: "the last 5 min", since: "now() - interval '5 minutes'" },
  date: { words: "that day", since: "$1::date::timestamp at time zone 'UTC'" },
};

/**
 * The same stretch a day before, from whole minutes.
 *
 * @returns Null where a filter leaves nothing to compare: the minutes do not know counterparties and venues.
 */
async function loadComparison(session: Session, view: View): Promise<Comparison | null> {
  if (view.counterparty !== null || view.venue !== null) return null;
  const { words, since } = STRETCHES[view.range];
  const filters = [
    ...view.assetClass === null ? [] : ["and asset_class = $2"],
    ...view.status === null ? [] : ["and status = $3"],
  ].join(" ");
  const upto = view.range === "date" ? `(${since}) + interval '1 day'` : "now()";
  const counted = `from kpi_minute, stretch where minute >= since - back and minute < upto - back
    and status <> 'cancelled' ${filters}`;
  const sums = (back: string) =>
    `(select json_build_array(coalesce(sum(trades), 0), coalesce(sum(notional_usd), 0)::text)
    from (select trades, notional_usd ${counted.replaceAll("back", back)}) x)`;
  const [row] = await session.query<
    { now: [number, string]; before: [number, string]; breaks: [number, number] }
  >(
    `with stretch as (select ${since} as since, ${upto} as upto)
    select $1::date::text || $2::text || $3::text as used, ${sums("interval '0'")} as now,
      ${sums("interval '1 day'")} as before, (select json_build_array(
        count(*) filter (where opened_at < upto and (closed_at is null or closed_at >= upto)),
        count(*) filter (where opened_at < upto - interval '1 day'
          and (closed_at is null or closed_at >= upto - interval '1 day')))
        from breaks, stretch) as breaks`,
    [view.date, view.assetClass, view.status],
  );
  if (!row) return null;
  const { now, before, breaks } = row;
  return { stretch: words, trades: [now[0], before[0]], notional: [now[1], before[1]], breaks };
}

function bucketIso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
