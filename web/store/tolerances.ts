/**
 * Tolerances as dated versions, and what a change of one would make of the pairs of the past.
 *
 * @module
 */

import type { Database, Session } from "../../shared/platform/postgres.ts";
import type { Tolerance, ToleratedField } from "../../shared/reconcile/mod.ts";
import type { AssetClass } from "../../shared/trade/trade.ts";
import { iso } from "./columns.ts";

export interface ToleranceRow extends Omit<Tolerance, "id"> {
  readonly id: number;
  readonly changed_by: string;
  readonly changed_at: string;
  readonly text: string | null;
}

export interface ToleranceScope {
  readonly field?: string | undefined;
  readonly assetClass?: string | undefined;
  readonly counterparty?: string | undefined;
}

const COLUMNS =
  `t.id::float8 as id, t.valid_from, t.field, t.asset_class, t.counterparty, t.absolute, t.percent, t.ticks,
  t.created_by as changed_by, ${iso("t.created_at")} as changed_at, a.text`;
const EVENT = "left join audit_events a on a.kind = 'tolerance' and a.key = t.id::text";

/**
 * The newest first.
 *
 * @param inForceOn Only the version of each scope that is in force on this trade date; null: all versions.
 */
export async function loadTolerances(
  session: Session,
  { field = null, assetClass = null, counterparty = null }: {
    [K in keyof ToleranceScope]: string | null | undefined;
  },
  { inForceOn, rowsMax }: { readonly inForceOn: string | null; readonly rowsMax: number },
): Promise<ToleranceRow[]> {
  const newest = `select distinct on (field, asset_class, counterparty) * from tolerances
    where $4::date is null or valid_from <= $4::date
    order by field, asset_class, counterparty, valid_from desc, id desc`;
  return await session.query<ToleranceRow & Record<string, unknown>>(
    `select ${COLUMNS} from (${
      inForceOn === null ? "select * from tolerances where $4::date is null" : newest
    }) t ${EVENT}
    where ($1::text is null or t.field = $1) and ($2::text is null or t.asset_class = $2)
      and ($3::text is null or t.counterparty = $3)
      and ($4::date is null or num_nonnulls(t.absolute, t.percent, t.ticks) > 0)
    order by t.valid_from desc, t.id desc limit $5`,
    [field, assetClass, counterparty, inForceOn, rowsMax],
  );
}

/** What a new version says. */
export interface ToleranceChange {
  readonly field: ToleratedField;
  readonly assetClass: AssetClass | null;
  readonly counterparty: string | null;
  readonly absolute: string | null;
  readonly percent: string | null;
  readonly ticks: string | null;
  readonly validFrom: string;
}

/** @throws The refusal of `set_tolerance`, with its SQLSTATE. */
export async function changeTolerance(
  database: Database,
  change: ToleranceChange,
  { replaces, actor, text }: {
    readonly replaces: number | null;
    readonly actor: string;
    readonly text: string | null;
  },
): Promise<ToleranceRow> {
  const { field, assetClass, counterparty, absolute, percent, ticks, validFrom } = change;
  const row = {
    field,
    asset_class: assetClass,
    counterparty,
    absolute,
    percent,
    ticks,
    valid_from: validFrom,
  };
  return await database.transaction(async (tx) => {
    const [changed] = await tx.query<ToleranceRow & Record<string, unknown>>(
      `select ${COLUMNS} from set_tolerance($1::jsonb, $2, $3, $4) t ${EVENT}`,
      [JSON.stringify(row), replaces, actor, text],
    );
    return { ...changed!, text };
  });
}

/** The newest version of a scope; null: it has none. */
export async function loadNewest(
  session: Session,
  { field, assetClass, counterparty }: Pick<ToleranceChange, "field" | "assetClass" | "counterparty">,
): Promise<ToleranceRow | null> {
  const [row] = await session.query<ToleranceRow & Record<string, unknown>>(
    `select ${COLUMNS} from tolerances t ${EVENT} where t.id = newest_tolerance($1, $2, $3)`,
    [field, assetClass, counterparty],
  );
  return row ?? null;
}

/** A pair whose two sides are not equal in the field: equal ones keep every tolerance. */
export interface Apart {
  readonly trade_id: string;
  readonly exec_id: string | null;
  readonly asset_class: AssetClass;
  readonly instrument: string;
  readonly counterparty: string;
  readonly trade_date: string;
  readonly book: string;
  readonly street: string;
}

export interface History {
  readonly tolerances: readonly Tolerance[];
  /** Pairs of these trade dates whose both sides state the field. */
  readonly compared: number;
  readonly apart: readonly Apart[];
}

/** Fields that a dry run knows: those of a pair, and the fees of a booking against their total. */
export type DryRunField = Exclude<ToleratedField, "average_price">;

const PAIRED = (column: string) => ({
  from:
    `trades t join pairs p on p.pair_key = t.pair_key and p.trade_id = t.trade_id and p.book_live and p.street_live
    join executions e on e.broker = p.broker and e.trade_date = coalesce(p.effective_date, p.street_trade_date)
      and e.exec_id = coalesce(p.effective_id, p.exec_id)`,
  book: `t.${column}`,
  street: `e.${column}`,
});

const SIDES: Readonly<Record<DryRunField, { from: string; book: string; street: string }>> = {
  price: PAIRED("price"),
  quantity: PAIRED("quantity"),
  brokerage_fee: PAIRED("brokerage_fee"),
  clearing_fee: PAIRED("clearing_fee"),
  exchange_fee: PAIRED("exchange_fee"),
  total_fees: {
    from: "trades t",
    book: "t.total_fees",
    street: "(t.brokerage_fee + t.clearing_fee + t.exchange_fee)",
  },
};

/** A dry run over more than the database reads in this time is refused. */
const READ_MAX = "15s";

/** @throws An error with SQLSTATE 57014 if it takes too long. */
export async function loadHistory(
  database: Database,
  { field, assetClass, from, to }: {
    readonly field: DryRunField;
    readonly assetClass: AssetClass | null;
    readonly from: string;
    readonly to: string;
  },
  rowsMax: number,
): Promise<History> {
  const { from: source, book, street } = SIDES[field];
  const where = `t.trade_date between $1::date and $2::date and ($3::text is null or t.asset_class = $3)
    and t.stage <> 'cancelled'`;
  return await database.transaction(async (tx) => {
    await tx.query(`set local statement_timeout to '${READ_MAX}'`);
    const tolerances = await tx.query<Tolerance & Record<string, unknown>>(
      "select id, valid_from, field, asset_class, counterparty, absolute, percent, ticks from tolerances",
    );
    const [count] = await tx.query(
      `select count(*)::float8 as compared from ${source} where ${where} and ${street} is not null`,
      [from, to, assetClass],
    );
    const apart = await tx.query<Apart & Record<string, unknown>>(
      `select t.trade_id, t.exec_id, t.asset_class, t.instrument, t.counterparty, t.trade_date, ${book} as book,
        ${street} as street
      from ${source} where ${where} and ${book} <> ${street} order by t.trade_date desc, t.trade_id limit $4`,
      [from, to, assetClass, rowsMax],
    );
    return { tolerances, compared: count!.compared, apart };
  });
}
