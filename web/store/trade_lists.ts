/**
 * Loads lists of trades: pages in any order that has an index, found by the place where the one before ended; and
 * all of a list for a file.
 *
 * @module
 */

import type { TradeRow } from "../../shared/kpi/mod.ts";
import type { Database, Session } from "../../shared/platform/postgres.ts";
import { type Place, type Sort, SORTS } from "../components/trades/sorts.ts";
import { ASSET_CLASSES } from "../../shared/trade/trade.ts";
import { TRADE_COLUMNS } from "./columns.ts";
import { DAY_FIELDS, toAggregate, VENUE_FIELDS } from "./trade_count.ts";
import { type Bind, search, toConditions, type TradeFilter } from "./trade_filter.ts";

export interface TradePage {
  readonly rowsMax: number;
  readonly sort: Sort;
  /** The rows right after this place. */
  readonly after?: Place | undefined;
  /** The rows right before this place; they come in the list's order, too. `end`: the last rows. */
  readonly before?: Place | "end" | undefined;
}

/** Trades that match, in the page's order. */
export async function loadTrades(
  session: Session,
  filter: TradeFilter,
  { rowsMax, sort, after, before }: TradePage,
): Promise<TradeRow[]> {
  const [found, scope] = await Promise.all([search(session, filter), loadScope(session, filter)]);
  if (scope.days?.length === 0 || scope.classes.length === 0) return [];
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where = toConditions(filter, found, bind);
  const isBackward = before !== undefined;
  const walk = { ...sort, isDescending: sort.isDescending !== isBackward };
  const from = before === "end" ? undefined : before ?? after;
  const parts = toParts(scope, filter, sort);
  const sql = isGathered(scope, filter, sort)
    ? toSelectGathered(walk, from, where, bind, bind(rowsMax))
    : parts === null
    ? toSelect(walk, from, where, bind, bind(rowsMax))
    : toSelectByPart(walk, from, where, parts, bind, bind(rowsMax));
  const rows = await session.query<TradeRow & Record<string, unknown>>(sql, params);
  return isBackward ? rows.reverse() : rows;
}

/** An order in SQL, and what lies beyond a place in it: within the place's own group, and after that. */
function toOrder({ name, isDescending }: Sort) {
  const { column, type, isGroup } = SORTS[name];
  const [on, beyond] = isDescending ? ["desc", "<"] : ["asc", ">"];
  if (!isGroup) {
    return {
      order: `order by t.${column} ${on}, t.trade_id ${on}`,
      within: ([value, id]: string[]) => `(t.${column}, t.trade_id) ${beyond} (${value}::${type}, ${id})`,
      after: null,
    };
  }
  // The newest booking first, or all of it the other way.
  const [inner, beyondInner] = isDescending ? ["asc", ">"] : ["desc", "<"];
  return {
    order: `order by t.${column} ${on}, t.booked_at ${inner}, t.trade_id ${inner}`,
    within: ([value, at, id]: string[]) =>
      `t.${column} = ${value}::${type} and (t.booked_at, t.trade_id) ${beyondInner} (${at}::timestamptz, ${id})`,
    after: (value: string) => `t.${column} ${beyond} ${value}::${type}`,
  };
}

/**
 * A walk along an index. One through groups goes to the end of the place's own group first: as two parts, each of
 * which is one stretch of the index.
 */
function toSelect(
  sort: Sort,
  from: Place | undefined,
  where: readonly string[],
  bind: Bind,
  limit: string,
): string {
  const { order, within, after } = toOrder(sort);
  const part = (...more: string[]) => {
    const all = [...where, ...more];
    return `select ${TRADE_COLUMNS} from trades t ${all.length > 0 ? `where ${all.join(" and ")}` : ""}
      ${order} limit ${limit}`;
  };
  if (from === undefined) return part();
  const place = from.map((cell) => bind(cell));
  if (after === null) return part(within(place));
  return `(${part(within(place))}) union all (${part(after(place[0]!))}) limit ${limit}`;
}

/** As many settlement dates are gathered and sorted. */
const SETTLEMENT_DAYS_MAX = 3;

/** So few trades are read and sorted, rather than met on a walk that passes all others. */
const GATHERED_MAX = 30_000;

/** What is found by its filter is read whole, then sorted. */
function isGathered(scope: Scope, filter: TradeFilter, { name }: Sort): boolean {
  const { q, instrument, settlesFrom, settlesTo } = filter;
  if (settlesFrom !== undefined && settlesTo !== undefined) {
    const dayMs = 86_400_000;
    if ((Date.parse(settlesTo) - Date.parse(settlesFrom)) / dayMs < SETTLEMENT_DAYS_MAX) return true;
  }
  if (name === "notional" && (instrument !== undefined || q !== undefined)) return true;
  return name !== "booked" && scope.most <= GATHERED_MAX;
}

/** The offset keeps the planner from taking the order for the easier part. */
function toSelectGathered(
  sort: Sort,
  from: Place | undefined,
  where: readonly string[],
  bind: Bind,
  limit: string,
): string {
  const { order, within, after } = toOrder(sort);
  const place = from?.map((cell) => bind(cell));
  const rest = place === undefined
    ? "true"
    : after === null
    ? within(place)
    : `((${within(place)}) or ${after(place[0]!)})`;
  return `select ${TRADE_COLUMNS} from (
    select * from (select * from trades t where ${where.join(" and ")} offset 0) t
    where ${rest} ${order} limit ${limit}) t ${order}`;
}

/** Values of the first column of an index that goes on with the list's order. */
interface Parts {
  readonly column: "trade_date" | "asset_class";
  readonly type: "date" | "text";
  readonly values: readonly string[];
}

/** More trade dates than this are walked through by booking instead. */
const DAYS_MAX = 100;

/**
 * A walk by booking alone would first pass all that was booked outside of the dates asked for, and notional has no
 * index across asset classes, because a class of small trades would lie behind all the others in it.
 */
function toParts(
  { days, daysOfAll, classes }: Scope,
  { from, to }: TradeFilter,
  { name }: Sort,
): Parts | null {
  if (name === "notional") return { column: "asset_class", type: "text", values: classes };
  if (name !== "booked" || days === null || days.length > DAYS_MAX) return null;
  const isFew = from !== undefined || to !== undefined || days.length * 2 <= daysOfAll;
  return isFew ? { column: "trade_date", type: "date", values: days } : null;
}

/** The first rows of each part, then the first of those. */
function toSelectByPart(
  sort: Sort,
  from: Place | undefined,
  where: readonly string[],
  { column, type, values }: Parts,
  bind: Bind,
  limit: string,
): string {
  const { order, within } = toOrder(sort);
  const place = from?.map((cell) => bind(cell));
  const all = [...where, `t.${column} = part.value`, ...place ? [within(place)] : []];
  return `select ${TRADE_COLUMNS} from unnest(${bind(values)}::${type}[]) part (value), lateral (
      select * from trades t where ${all.join(" and ")} ${order} limit ${limit}) t ${order} limit ${limit}`;
}

/** What the aggregates and a few probes of an index tell of a filter before any row is read. */
interface Scope {
  /** The trade dates that may have such a trade; null: the filter has nothing to tell them by. */
  readonly days: readonly string[] | null;
  readonly daysOfAll: number;
  /** The asset classes that may have such a trade. */
  readonly classes: readonly string[];
  /** There are no more of them. */
  readonly most: number;
}

async function loadScope(session: Session, filter: TradeFilter): Promise<Scope> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const [byDay, byVenue] = [toAggregate(filter, DAY_FIELDS, bind), toAggregate(filter, VENUE_FIELDS, bind)];
  const classes = filter.assetClass === undefined ? ASSET_CLASSES : [filter.assetClass];
  if (byDay === "" && byVenue === "") return { days: null, daysOfAll: 0, classes, most: Infinity };
  // No aggregate counts by both; an index has them side by side.
  const hasVenue = filter.venue === undefined ? "" : `where exists (
      select from trades t where t.asset_class = class and t.settlement_venue = ${bind(filter.venue)})`;
  const [row] = await session.query(
    `select (select count(distinct day)::float8 from kpi_day) as all,
      least((select sum(trades) from kpi_day ${byDay}), (select sum(trades) from kpi_venue ${byVenue}))::float8 as most,
      array(select day from kpi_day ${byDay} intersect select day from kpi_venue ${byVenue}) as days,
      array(select class from unnest(${bind(classes)}::text[]) class ${hasVenue}) as classes`,
    params,
  );
  return {
    days: row?.days ?? [],
    daysOfAll: row?.all ?? 0,
    classes: row?.classes ?? [],
    most: row?.most ?? 0,
  };
}

/** Rows read at a time, for a file; what is in memory is no more than this, however long the list. */
const FETCH_ROWS = 1_000;

/**
 * Hands on all of a list as it is at one instant. The reader sets the pace; one who does not read for a minute is cut
 * off by the session's idle limit.
 */
export async function exportTrades(
  database: Database,
  filter: TradeFilter,
  sort: Sort,
  take: (rows: TradeRow[]) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read, read only");
    const found = await search(tx, filter);
    const params: unknown[] = [];
    const bind = (value: unknown) => `$${params.push(value)}`;
    const select = toSelect(sort, undefined, toConditions(filter, found, bind), bind, "all");
    await tx.query(`declare list no scroll cursor for ${select}`, params);
    for (;;) {
      const rows = await tx.query<TradeRow & Record<string, unknown>>(`fetch ${FETCH_ROWS} from list`);
      await take(rows);
      if (rows.length < FETCH_ROWS) return;
    }
  }, { attemptsMax: 1 });
}
