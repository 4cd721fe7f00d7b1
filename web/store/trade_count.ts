/**
 * How many trades a list has, summed from the aggregates where they count by all of its filter.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { type Bind, search, toConditions, type TradeFilter } from "./trade_filter.ts";

/** How many trades match: exactly, or `most` or `least` that many. */
export interface Count {
  readonly trades: number;
  readonly bound: "exact" | "most" | "least";
}

/** Beyond this a list that no aggregate counts is not counted to its end. */
const COUNTED_MAX = 10_000;
export const DAY_FIELDS = ["assetClass", "counterparty", "status"] as const;
export const VENUE_FIELDS = ["venue", "side", "status"] as const;
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
export function toAggregate(filter: TradeFilter, fields: readonly (keyof TradeFilter)[], bind: Bind): string {
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
