/**
 * Loads lists of trades: pages in any order that has an index, found by the place where the one before ended; how
 * many there are, by the aggregates; and all of a list for a file.
 *
 * @module
 */

import type { TradeRow } from "../../shared/kpi/mod.ts";
import type { Database, Session } from "../../shared/platform/postgres.ts";
import { type Place, type Sort, SORTS } from "../components/trades/sorts.ts";
import { ASSET_CLASSES } from "../../shared/trade/trade.ts";
import { TRADE_COLUMNS } from "./columns.ts";
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
  const sql = isGathered(filter, sort)
    ? toSelectGathered(walk, from, where, bind, bind(rowsMax))
    : parts === null
    ? toSelect(walk, from, where, bind, bind(rowsMax))
    : toSelectByPart(walk, from, where, parts, bind, bind(rowsMax));
  const rows = await session.query<TradeRow & Record<string, unknown>>(sql, params);
  return isBackward ? rows.reverse() : rows;
}

/**
 * A walk along an index. One through groups goes to the end of the place's own group first: as two parts, each of
 * which is one stretch of the index.
 */
function toSelect(
  { name, isDescending }: Sort,
  from: Place | undefined,
  where: readonly string[],
  bind: Bind,
  limit: string,
): string {
  const { column, type, isGroup } = SORTS[name];
  const [on, back] = isDescending ? ["desc", "<"] : ["asc", ">"];
  const [inner, innerBack] = isDescending === isGroup ? ["asc", ">"] : ["desc", "<"];
  const order = isGroup
    ? `t.${column} ${on}, t.booked_at ${inner}, t.trade_id ${inner}`
    : `t.${column} ${on}, t.trade_id ${on}`;
  const part = (...more: string[]) => {
    const all = [...where, ...more];
    return `select ${TRADE_COLUMNS} from trades t ${all.length > 0 ? `where ${all.join(" and ")}` : ""}
      order by ${order} limit ${limit}`;
  };
  if (from === undefined) return part();
  const [value, ...rest] = from.map((cell) => bind(cell));
  if (!isGroup) return part(`(t.${column}, t.trade_id) ${back} (${value}::${type}, ${rest[0]})`);
  const own = part(
    `t.${column} = ${value}::${type}`,
    `(t.booked_at, t.trade_id) ${innerBack} (${rest[0]}::timestamptz, ${rest[1]})`,
  );
  return `(${own}) union all (${part(`t.${column} ${back} ${value}::${type}`)}) limit ${limit}`;
}

/** As many settlement dates are gathered and sorted. */
const SETTLEMENT_DAYS_MAX = 3;

/** What an index finds at once and no walk in the list's order soon meets: it is read whole, then sorted. */
function isGathered({ q, instrument, settlesFrom, settlesTo }: TradeFilter, { name }: Sort): boolean {
  if (name === "notional") return instrument !== undefined || q !== undefined;
  if (name !== "booked" || settlesFrom === undefined || settlesTo === undefined) return false;
  const dayMs = 86_400_000;
  return (Date.parse(settlesTo) - Date.parse(settlesFrom)) / dayMs < SETTLEMENT_DAYS_MAX;
}

/** The addition hides the column from its index. */
function toSelectGathered(
  { name, isDescending }: Sort,
  from: Place | undefined,
  where: readonly string[],
  bind: Bind,
  limit: string,
): string {
  const { column, type } = SORTS[name];
  const value = `t.${column} + ${type === "numeric" ? "0" : "interval '0'"}`;
  const [on, back] = isDescending ? ["desc", "<"] : ["asc", ">"];
  const place = from?.map((cell) => bind(cell));
  const all = [
    ...where,
    ...place ? [`(${value}, t.trade_id) ${back} (${place[0]}::${type}, ${place[1]})`] : [],
  ];
  const order = `order by ${value} ${on}, t.trade_id ${on} limit ${limit}`;
  return `select ${TRADE_COLUMNS} from (
    select * from trades t where ${all.join(" and ")} ${order}) t ${order}`;
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
  { name, isDescending }: Sort,
  from: Place | undefined,
  where: readonly string[],
  { column, type, values }: Parts,
  bind: Bind,
  limit: string,
): string {
  const sorted = SORTS[name];
  const [on, back] = isDescending ? ["desc", "<"] : ["asc", ">"];
  const order = `order by t.${sorted.column} ${on}, t.trade_id ${on} limit ${limit}`;
  const place = from?.map((cell) => bind(cell));
  const all = [
    ...where,
    `t.${column} = part.value`,
    ...place ? [`(t.${sorted.column}, t.trade_id) ${back} (${place[0]}::${sorted.type}, ${place[1]})`] : [],
  ];
  return `select ${TRADE_COLUMNS} from unnest(${bind(values)}::${type}[]) part (value), lateral (
      select * from trades t where ${all.join(" and ")} ${order}) t ${order}`;
}

/** What the aggregates and a few probes of an index tell of a filter before any row is read. */
interface Scope {
  /** The trade dates that may have such a trade; null: the filter has nothing to tell them by. */
  readonly days: readonly string[] | null;
  readonly daysOfAll: number;
  /** The asset classes that may have such a trade. */
  readonly classes: readonly string[];
}

async function loadScope(session: Session, filter: TradeFilter): Promise<Scope> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const [byDay, byVenue] = [toAggregate(filter, DAY_FIELDS, bind), toAggregate(filter, VENUE_FIELDS, bind)];
  const classes = filter.assetClass === undefined ? ASSET_CLASSES : [filter.assetClass];
  if (byDay === "" && byVenue === "") return { days: null, daysOfAll: 0, classes };
  // No aggregate counts by both; an index has them side by side.
  const hasVenue = filter.venue === undefined ? "" : `where exists (
      select from trades t where t.asset_class = class and t.settlement_venue = ${bind(filter.venue)})`;
  const [row] = await session.query(
    `select (select count(distinct day)::float8 from kpi_day) as all,
      array(select day from kpi_day ${byDay} intersect select day from kpi_venue ${byVenue}) as days,
      array(select class from unnest(${bind(classes)}::text[]) class ${hasVenue}) as classes`,
    params,
  );
  return { days: row?.days ?? [], daysOfAll: row?.all ?? 0, classes: row?.classes ?? [] };
}

/** How many trades match: exactly, or `most` or `least` that many. */
export interface Count {
  readonly trades: number;
  readonly bound: "exact" | "most" | "least";
}

/** Beyond this a list that no aggregate counts is not counted to its end. */
const COUNTED_MAX = 10_000;
const DAY_FIELDS = ["assetClass", "counterparty", "status"] as const;
const VENUE_FIELDS = ["venue", "side", "status"] as const;
const DATES = ["from", "to"] as const;

/** By the aggregates where they can tell; each of them is a bound where they can not. */
export async function countTrades(session: Session, filter: TradeFilter): Promise<Count> {
  const named = Object.entries(filter).filter(([, value]) => value !== undefined).map(([name]) => name);
  const isOf = (fields: readonly string[]) =>
    named.every((name) => [...fields, ...DATES].includes(name as never));
  const [byDay, byVenue] = await Promise.all([
    sumOf(session, "kpi_day", filter, DAY_FIELDS),
    sumOf(session, "kpi_venue", filter, VENUE_FIELDS),
  ]);
  if (isOf(DAY_FIELDS)) return { trades: byDay, bound: "exact" };
  if (isOf(VENUE_FIELDS)) return { trades: byVenue, bound: "exact" };
  const most = Math.min(byDay, byVenue);
  const isNarrow = ["q", "tradeId", "execId", "orderId", "instrument"].some((name) => named.includes(name));
  if (most > COUNTED_MAX && !isNarrow) return { trades: most, bound: "most" };
  const counted = await countUpTo(session, filter, COUNTED_MAX + 1);
  return counted > COUNTED_MAX
    ? { trades: COUNTED_MAX, bound: "least" }
    : { trades: counted, bound: "exact" };
}

async function sumOf(
  session: Session,
  table: "kpi_day" | "kpi_venue",
  filter: TradeFilter,
  fields: readonly (keyof TradeFilter)[],
): Promise<number> {
  const params: unknown[] = [];
  const where = toAggregate(filter, fields, (value) => `$${params.push(value)}`);
  const [row] = await session.query(
    `select coalesce(sum(trades), 0)::float8 as trades from ${table} ${where}`,
    params,
  );
  return row?.trades ?? 0;
}

const AGGREGATE_CONDITIONS: Partial<Record<keyof TradeFilter, string>> = {
  assetClass: "asset_class =",
  counterparty: "counterparty =",
  status: "status =",
  venue: "settlement_venue =",
  side: "side =",
  from: "day >=",
  to: "day <=",
};

/** Empty: the filter has nothing that the aggregate counts by. */
function toAggregate(filter: TradeFilter, fields: readonly (keyof TradeFilter)[], bind: Bind): string {
  const conditions = [...fields, ...DATES].filter((name) => filter[name] !== undefined).map((name) =>
    `${AGGREGATE_CONDITIONS[name]} ${bind(filter[name])}`
  );
  return conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
}

async function countUpTo(session: Session, filter: TradeFilter, rowsMax: number): Promise<number> {
  const found = await search(session, filter);
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where = toConditions(filter, found, bind);
  const [row] = await session.query(
    `select count(*)::float8 as n from (
      select from trades t where ${where.join(" and ") || "true"} limit ${bind(rowsMax)}) x`,
    params,
  );
  return row?.n ?? 0;
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
