/**
 * Judges the pairs a batch touched, under their locks, and applies the verdicts. The database picks the few
 * pairs that might differ, `shared/reconcile` decides, and `open_break` and `change_break` of the migrations
 * do what follows.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import {
  type BookSide,
  type Half,
  judge,
  type OpenBreak,
  type Repeat,
  type Rules,
  type StreetSide,
  type Tolerance,
} from "../../shared/reconcile/mod.ts";
import { findInstrument } from "../../shared/trade/instrument_ids.ts";
import { judgeBookings } from "./booking_breaks.ts";

/** A break that holds, as `open_break` takes it. */
export interface Holds {
  readonly pair_key: string;
  readonly type: string;
  readonly trade_id: string;
  readonly exec_id: string | null;
  readonly field: string | null;
  readonly book: string | null;
  readonly street: string | null;
  readonly counterparty: string | null;
  readonly notional_usd: string | null;
  /** What we make of the field ourselves, and which side differs from it. */
  readonly expected?: string | null;
  readonly differs?: "book" | "street" | "both" | null;
  readonly tolerance_id?: string | null;
}

export interface Closes {
  readonly id: string;
  readonly version: string;
  readonly reason: string;
}

/** A break that is over already, as `record_break` takes it. */
type Records = Pick<Holds, "pair_key" | "type" | "trade_id" | "exec_id" | "counterparty" | "notional_usd"> & {
  readonly reason: string;
};

const OPEN_OF_PAIR =
  `(select coalesce(jsonb_agg(jsonb_build_object('id', x.id::text, 'version', x.version::text,
  'type', x.type)), '[]') from breaks x where x.pair_key = p.pair_key and x.closed_at is null)`;

/** The names of a side's columns, by its field. */
export const BOOK: Record<keyof BookSide, string> = {
  assetClass: "asset_class",
  tradeDate: "trade_date",
  instrument: "instrument",
  side: "side",
  quantity: "quantity",
  price: "price",
  currency: "currency",
  counterparty: "counterparty",
  settlementDate: "settlement_date",
  brokerageFee: "brokerage_fee",
  clearingFee: "clearing_fee",
  exchangeFee: "exchange_fee",
  expectedSettlementDate: "expected_settlement_date",
  notionalUsd: "notional_usd",
};
const BOOK_ALONE: ReadonlySet<string> = new Set([
  "assetClass",
  "tradeDate",
  "expectedSettlementDate",
  "notionalUsd",
]);
export const STREET = Object.fromEntries(
  Object.entries(BOOK).filter(([name]) => !BOOK_ALONE.has(name)),
) as Record<keyof StreetSide, string>;

export const select = (columns: Record<string, string>, of: string, as: string) =>
  Object.values(columns).map((column) => `${of}.${column} as ${as}_${column}`).join(", ");

/** `a <> b` and not `is distinct from`: what one side does not state is not compared. */
const DIFFERS = Object.values(STREET).map((column) => `t.${column} <> e.${column}`).join(" or ");

/** Pairs that may have a break: one side is gone, some value is not the same text or number, or one is open. */
const SUSPECTS = `
  select p.pair_key, p.exec_id, p.trade_id, p.book_live, p.street_live, p.broker, p.book_repeats,
    p.street_repeats, t.notional_usd,
    coalesce(t.counterparty, e.counterparty) as counterparty, ${select(BOOK, "t", "book")},
    ${select(STREET, "e", "street")}, ${OPEN_OF_PAIR} as open
  from (select distinct pair_key from touched) k join pairs p using (pair_key)
    left join trades t on t.trade_id = p.trade_id
    left join executions e on e.broker = p.broker and e.trade_date = coalesce(p.effective_date, p.street_trade_date)
      and e.exec_id = coalesce(p.effective_id, p.exec_id)
  where p.exec_id is not null and ((p.trade_id is not null and p.broker is not null and (p.book_live or p.street_live)
      and (p.book_live <> p.street_live or ${DIFFERS}))
    or p.book_repeats is not null or p.street_repeats is not null
    or exists (select from breaks x where x.pair_key = p.pair_key and x.closed_at is null))
  order by p.pair_key`;

/** Opens and closes what the batch changed. */
export async function reconcileTouched(tx: Transaction): Promise<{ opened: number; closed: number }> {
  const holds: Holds[] = [];
  const closes: Closes[] = [];
  const records: Records[] = [];
  const suspects = await tx.query(SUSPECTS);
  const loadRules = rulesOf(tx);
  for (const row of suspects) {
    const verdict = judge({
      book: halfOf(row.trade_id !== null, row.book_live, () => sideOf<BookSide>(BOOK, row, "book")),
      street: halfOf(row.broker !== null, row.street_live, () => sideOf<StreetSide>(STREET, row, "street")),
      repeats: repeatOf(row),
      open: row.open as OpenBreak[],
    }, await loadRules());
    const { pair_key, exec_id, counterparty, notional_usd } = row;
    const of = { pair_key, trade_id: row.trade_id ?? exec_id, exec_id, counterparty, notional_usd };
    holds.push(...verdict.holds.map(({ toleranceId, ...difference }) => (
      { ...of, ...difference, tolerance_id: toleranceId }
    )));
    closes.push(...verdict.closes);
    if (verdict.late !== null) records.push({ ...of, type: "late", reason: verdict.late });
  }
  const own = await judgeBookings(tx, loadRules);
  // What no longer holds closes before anything opens: a trade passes from one break to another at once.
  const closed = await closeBreaks(tx, [...closes, ...own.closes]);
  const opened = await openBreaks(tx, [...holds, ...own.holds]);
  await recordBreaks(tx, records);
  return { opened, closed };
}

/** Most batches have nothing to judge, so the rules are asked for when they are needed, and once. */
export function rulesOf(tx: Transaction): () => Promise<Rules> {
  let rules: Promise<Rules> | undefined;
  return () => rules ??= loadRules(tx);
}

async function loadRules(tx: Transaction): Promise<Rules> {
  const tolerances = await tx.query<Tolerance & Record<string, unknown>>(
    "select id, valid_from, field, asset_class, counterparty, absolute, percent, ticks from tolerances",
  );
  return { tolerances, tickOf: (instrument) => findInstrument(instrument)?.tick ?? null };
}

function repeatOf(
  { trade_id, exec_id, book_repeats, street_repeats }: Record<string, string | null>,
): Repeat | null {
  if (book_repeats) return { side: "book", id: trade_id!, of: book_repeats };
  return street_repeats ? { side: "street", id: exec_id!, of: street_repeats } : null;
}

function halfOf<T>(isThere: boolean, isLive: boolean, says: () => T): Half<T> {
  if (!isThere) return { state: "absent" };
  return isLive ? { state: "live", says: says() } : { state: "gone" };
}

export function sideOf<T>(columns: Record<string, string>, row: Record<string, unknown>, prefix: string): T {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, row[`${prefix}_${column}`]]),
  ) as T;
}

/** @returns How many were opened, reopened or got new values. */
export async function openBreaks(tx: Transaction, holds: readonly Holds[]): Promise<number> {
  if (holds.length === 0) return 0;
  const [row] = await tx.query(
    `select count(open_break(pair_key, type, trade_id, exec_id, field, book, street, counterparty, notional_usd,
       expected, differs, tolerance_id))
     from jsonb_to_recordset($1::jsonb) as h(pair_key text, type text, trade_id text, exec_id text, field text,
       book text, street text, counterparty text, notional_usd numeric, expected text, differs text,
       tolerance_id bigint)`,
    [JSON.stringify(holds)],
  );
  return Number(row!.count);
}

export async function closeBreaks(tx: Transaction, closes: readonly Closes[]): Promise<number> {
  if (closes.length === 0) return 0;
  const [row] = await tx.query(
    `select count(change_break(id, version, 'close', 'system', reason))
     from jsonb_to_recordset($1::jsonb) as c(id bigint, version bigint, reason text)`,
    [JSON.stringify(closes)],
  );
  return Number(row!.count);
}

async function recordBreaks(tx: Transaction, records: readonly Records[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `select record_break(pair_key, type, trade_id, exec_id, counterparty, notional_usd, reason)
     from jsonb_to_recordset($1::jsonb) as r(pair_key text, type text, trade_id text, exec_id text,
       counterparty text, notional_usd numeric, reason text)`,
    [JSON.stringify(records)],
  );
}
