/**
 * Where the figures of a view come from: the aggregates, as far as their keys can tell, else the newest trades of the
 * scope, of which no more than a limit are ever looked at. Each function writes one part of a statement; what a user
 * asks for goes in as a parameter.
 *
 * @module
 */

import type { View } from "../../shared/kpi/mod.ts";

/** Trade dates, inclusive; null: no bound. */
export interface Scope {
  readonly from: string | null;
  readonly to: string | null;
}

export const WITHOUT_DATES: Scope = { from: null, to: null };

/** Trades that are looked at where no aggregate has the keys of a view: some 100 ms of work. */
export const SCAN_MAX = 100_000;
/** How far back the charts over time reach when the range says nothing. */
const WINDOW_MINUTES = 60;

/** The parameters of every statement about a view, in this order: `$1` to `$6`. */
export function toParams(view: View, scope: Scope): (string | null)[] {
  const day = view.range === "date" ? view.date : null;
  return [
    view.range === "date" ? day : scope.from,
    view.range === "date" ? day : scope.to,
    view.assetClass,
    view.counterparty,
    view.status,
    view.venue,
  ];
}

/** Since when trades count that are chosen by the time of their booking. */
const SINCE: Partial<Record<View["range"], string>> = {
  "5m": "now() - interval '5 minutes'",
  "1h": "now() - interval '1 hour'",
};
const TODAY = "(now() at time zone 'UTC')::date";

function dayConditions(view: View, { from, to }: Scope, column: string): string[] {
  if (view.range === "today") return [`${column} = ${TODAY}`];
  if (view.range === "date") return [`${column} = $1::date`];
  return [...from === null ? [] : [`${column} >= $1::date`], ...to === null ? [] : [`${column} <= $2::date`]];
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
}

const PARAMS = { assetClass: "$3", counterparty: "$4", status: "$5", venue: "$6" } as const;
type Filter = keyof typeof PARAMS;

function filterConditions(view: View, columns: Partial<Record<Filter, string>>): string[] {
  return Object.entries(columns).filter(([name]) => view[name as Filter] !== null)
    .map(([name, column]) => `${column} = ${PARAMS[name as Filter]}`);
}

/** Which parts of a view the aggregates cannot tell. */
export function toGaps(view: View): { day: boolean; venue: boolean; minute: boolean } {
  const isShort = SINCE[view.range] !== undefined;
  const { assetClass, counterparty, venue } = view;
  return {
    day: isShort || venue !== null,
    venue: isShort || assetClass !== null || counterparty !== null,
    minute: view.range === "5m" || counterparty !== null || venue !== null,
  };
}

const TRADE_FILTERS = {
  assetClass: "asset_class",
  counterparty: "counterparty",
  status: "status",
  venue: "settlement_venue",
};

/** The newest trades of the view's range, whatever its filters. A booking in the future is not of the last minutes. */
function toNewest(view: View, scope: Scope, columns: string): string {
  const since = SINCE[view.range];
  const conditions = [
    ...dayConditions(view, scope, "trade_date"),
    ...since === undefined ? [] : [`booked_at > ${since} and booked_at <= now()`],
  ];
  return `select ${columns} from trades ${
    where(conditions)
  } order by booked_at desc, trade_id desc limit ${SCAN_MAX}`;
}

/** The ids of the view's trades, the newest booking first, from those that are looked at. */
export function toNewestTrades(view: View): string {
  const columns = "trade_id, asset_class, counterparty, status, settlement_venue";
  return `select trade_id from (${toNewest(view, WITHOUT_DATES, columns)}) n ${
    where(filterConditions(view, TRADE_FILTERS))
  }`;
}

/** `newest`: trades of the range that are looked at; `scanned`: those of the view. */
function toScan(view: View, scope: Scope): string {
  const columns = `asset_class, counterparty, status, settlement_venue, side, booked_at, notional_usd,
      brokerage_fee, clearing_fee, exchange_fee, total_fees`;
  return `
  newest as materialized (${toNewest(view, scope, columns)}),
  scanned as materialized (select * from newest ${where(filterConditions(view, TRADE_FILTERS))}),`;
}

/** The parts `day`, `venue` and `by_minute` of the statement, and what they need. */
export function toSources(view: View, scope: Scope): string {
  const gaps = toGaps(view);
  const sums = `sum(brokerage_fee) as brokerage_fee, sum(clearing_fee) as clearing_fee,
      sum(exchange_fee) as exchange_fee, sum(total_fees) as total_fees`;
  const { venue: _, ...dayFilters } = TRADE_FILTERS;
  return `${gaps.day || gaps.venue || gaps.minute ? toScan(view, scope) : ""}
  -- Some hundred rows, whatever the number of days: all sums below are sums of these.
  day as materialized (
    select asset_class, counterparty, status, ${
    gaps.day
      ? `count(*) as trades, sum(notional_usd) as notional_usd, ${sums} from scanned`
      : `sum(trades) as trades, sum(notional_usd) as notional_usd, ${sums} from kpi_day
      ${where([...dayConditions(view, scope, "day"), ...filterConditions(view, dayFilters)])}`
  } group by 1, 2, 3
  ),
  live as (select * from day where status <> 'cancelled'),
  venue as materialized (
    select settlement_venue, side, ${
    gaps.venue
      ? "count(*) as trades, sum(notional_usd) as notional_usd from scanned where status <> 'cancelled'"
      : `sum(trades) as trades, sum(notional_usd) as notional_usd from kpi_venue
      ${
        where([
          "status <> 'cancelled'",
          ...dayConditions(view, scope, "day"),
          ...filterConditions(view, { status: "status", venue: "settlement_venue" }),
        ])
      }`
  } group by 1, 2
  ),`;
}

/** `span`: the first and the last bucket over time; `by_minute`: what was booked in each. */
export function toWindow(view: View): string {
  const seconds = toBucketSeconds(view);
  const bucket = (instant: string) =>
    `date_bin('${seconds} seconds', ${instant}, timestamptz '2000-01-01 00:00:00Z')`;
  const counted = toGaps(view).minute
    ? `select ${
      bucket("booked_at")
    } as minute, asset_class, count(*) as trades, sum(notional_usd) as notional_usd,
      count(*) filter (where status = 'break') as broken
    from scanned, span where booked_at >= since and booked_at < upto + interval '${seconds} seconds'`
    : `select ${
      bucket("minute")
    } as minute, asset_class, sum(trades) as trades, sum(notional_usd) as notional_usd,
      coalesce(sum(trades) filter (where status = 'break'), 0) as broken
    from kpi_minute, span ${
      where([
        `minute >= since and minute < upto + interval '${seconds} seconds'`,
        ...filterConditions(view, { assetClass: "asset_class", status: "status" }),
      ])
    }`;
  return `
  span as (${toSpan(view, bucket)}),
  by_minute as (${counted} and status <> 'cancelled' group by 1, 2)`;
}

/** How long one bucket of the charts over time is. */
export function toBucketSeconds({ range }: View): number {
  return range === "5m" ? 10 : range === "all" || range === "1h" ? 60 : 900;
}

function toSpan(view: View, bucket: (instant: string) => string): string {
  switch (view.range) {
    case "5m":
      return `select ${bucket("now()")} as upto, ${bucket("now()")} - interval '290 seconds' as since`;
    case "1h":
      return `select ${bucket("now()")} as upto, ${bucket("now()")} - interval '59 minutes' as since`;
    case "today":
      return `select ${bucket("now()")} as upto, date_trunc('day', now(), 'UTC') as since`;
    case "date":
      return `select since, since + interval '23 hours 45 minutes' as upto
      from (select $1::date::timestamp at time zone 'UTC' as since) x`;
    case "all":
      return `select upto, upto - make_interval(mins => ${WINDOW_MINUTES - 1}) as since
      from (select case when newest < this - make_interval(mins => ${
        WINDOW_MINUTES - 1
      }) then newest else this end
        as upto
        from (select this, (select max(minute) from kpi_minute where minute <= this) as newest
          from (select date_trunc('minute', now(), 'UTC') as this) y) x) z`;
  }
}

/** Open breaks of the view. One has the trade date of its booking, or of its execution where that is missing. */
export function toOpenBreaks(view: View, scope: Scope): string {
  const since = SINCE[view.range];
  const days = dayConditions(view, scope, "coalesce(t.trade_date, p.street_trade_date)");
  const { counterparty: _, ...filters } = TRADE_FILTERS;
  const ofTrade = [...days, ...filterConditions(view, filters).map((condition) => `t.${condition}`)];
  const joins = ofTrade.length === 0 ? "" : `left join trades t on t.trade_id = b.trade_id
      left join pairs p on t.trade_id is null and p.pair_key = b.pair_key`;
  return `select b.id, b.type, b.counterparty, b.opened_at, b.notional_usd from breaks b ${joins} ${
    where([
      "b.closed_at is null",
      ...ofTrade,
      ...filterConditions(view, { counterparty: "b.counterparty" }),
      ...since === undefined ? [] : [`b.opened_at > ${since}`],
    ])
  }`;
}

/** Which trades of `kpi_post_trade` are of the view: those that a confirmation came for. */
export function toPostTrade(view: View): string {
  return where([
    "affirmation_status <> 'none'",
    ...dayConditions(view, WITHOUT_DATES, "day"),
    ...filterConditions(view, { assetClass: "asset_class" }),
  ]);
}

/** Trades booked in the last minute. */
export function toLastMinute(view: View): string {
  return `select count(*) from trades ${
    where([
      "booked_at > now() - interval '1 minute' and booked_at <= now() and status <> 'cancelled'",
      ...filterConditions(view, TRADE_FILTERS),
    ])
  }`;
}
