/**
 * Which trades a list holds, as SQL. Words of a search become ids and instruments first, each found by its index, so
 * that no list is read through for them.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";

/** Each set field must match exactly; `from` and `to` are trade dates, `settles…` settlement dates, inclusive. */
export interface TradeFilter {
  /** A whole trade, order or execution id, or a part of an instrument in any case. */
  readonly q?: string | undefined;
  readonly tradeId?: string | undefined;
  readonly execId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly assetClass?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly status?: string | undefined;
  readonly stage?: string | undefined;
  readonly instrument?: string | undefined;
  readonly side?: string | undefined;
  readonly venue?: string | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly settlesFrom?: string | undefined;
  readonly settlesTo?: string | undefined;
}

type Condition = (param: string) => string;

const CONDITIONS: Record<Exclude<keyof TradeFilter, "q">, Condition> = {
  tradeId: (param) => `t.trade_id = ${param}`,
  // trades has no index on exec_id, pairs has.
  execId: (param) => `t.trade_id = any(array(select trade_id from pairs where exec_id = ${param}))`,
  orderId: (param) => `t.order_id = ${param}`,
  assetClass: (param) => `t.asset_class = ${param}`,
  counterparty: (param) => `t.counterparty = ${param}`,
  status: (param) => `t.status = ${param}`,
  stage: (param) => `t.stage = ${param}`,
  instrument: (param) => `t.instrument = ${param}`,
  side: (param) => `t.side = ${param}`,
  venue: (param) => `t.settlement_venue = ${param}`,
  currency: (param) => `t.currency = ${param}`,
  from: (param) => `t.trade_date >= ${param}::date`,
  to: (param) => `t.trade_date <= ${param}::date`,
  settlesFrom: (param) => `t.settlement_date >= ${param}::date`,
  settlesTo: (param) => `t.settlement_date <= ${param}::date`,
};

/** What the words of a search name. */
export interface Found {
  readonly tradeIds: readonly string[];
  readonly instruments: readonly string[];
}

/** Takes a value and answers with its placeholder. */
export type Bind = (value: unknown) => string;

/** The conditions of a filter; none: every trade. */
export function toConditions(filter: TradeFilter, found: Found | null, bind: Bind): string[] {
  const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
    const value = filter[name as keyof TradeFilter];
    return value === undefined ? [] : [condition(bind(value))];
  });
  if (found === null) return conditions;
  const either = [
    found.tradeIds.length > 0 && `t.trade_id = any(${bind(found.tradeIds)}::text[])`,
    // Of a single one the index has the list's order.
    found.instruments.length === 1 && `t.instrument = ${bind(found.instruments[0])}`,
    found.instruments.length > 1 && `t.instrument = any(${bind(found.instruments)}::text[])`,
  ].filter((part) => part !== false);
  return [...conditions, either.length === 0 ? "false" : `(${either.join(" or ")})`];
}

/** Fills of one order, or bookings of one ExecID, that a search finds. */
const FOUND_IDS_MAX = 1_000;
/** Instruments that a search looks through; a fund trades fewer. */
const INSTRUMENTS_MAX = 5_000;

/** Null: the filter searches nothing. */
export async function search(session: Session, { q }: TradeFilter): Promise<Found | null> {
  if (q === undefined) return null;
  const [row] = await session.query(SEARCH, [q, `%${q.replace(/[\\%_]/g, "\\$&")}%`]);
  return { tradeIds: row?.trade_ids ?? [], instruments: row?.instruments ?? [] };
}

// The instruments one by one from the index, whatever the number of their trades.
const SEARCH = `
  with recursive named (instrument) as (
    (select instrument from trades order by instrument limit 1)
    union all
    select (select t.instrument from trades t where t.instrument > n.instrument order by t.instrument limit 1)
    from named n where n.instrument is not null
  )
  select array(select instrument from (select instrument from named limit ${INSTRUMENTS_MAX}) n
      where instrument ilike $2) as instruments,
    array(select trade_id from trades where trade_id = $1
      union select trade_id from (select trade_id from trades where order_id = $1 limit ${FOUND_IDS_MAX}) o
      union select trade_id from (select trade_id from pairs where exec_id = $1 and trade_id is not null
        limit ${FOUND_IDS_MAX}) p) as trade_ids`;
