/**
 * Judges the pairs a batch touched, under their locks, and applies the verdicts. The database picks the few
 * pairs that might differ, `shared/reconcile` decides, and `open_break` and `change_break` of the migrations
 * do what follows.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { judge, type OpenBreak } from "../../shared/reconcile/mod.ts";

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
}

export interface Closes {
  readonly id: string;
  readonly version: string;
  readonly reason: string;
}

const OPEN_OF_PAIR =
  `(select coalesce(jsonb_agg(jsonb_build_object('id', x.id::text, 'version', x.version::text,
  'type', x.type)), '[]') from breaks x where x.pair_key = p.pair_key and x.closed_at is null)`;

/** Pairs with two live sides that are not equal, or with a break still open. */
const SUSPECTS = `
  select p.pair_key, p.exec_id, p.trade_id, p.book_live, p.street_live, p.broker, p.book_quantity, p.book_price,
    p.street_quantity, p.street_price, t.counterparty, t.notional_usd, ${OPEN_OF_PAIR} as open
  from (select distinct pair_key from touched) k join pairs p using (pair_key)
    left join trades t on t.trade_id = p.trade_id
  where (p.book_live and p.broker is not null
      and (not p.street_live or p.book_quantity <> p.street_quantity or p.book_price <> p.street_price))
    or exists (select from breaks x where x.pair_key = p.pair_key and x.closed_at is null)
  order by p.pair_key`;

/** Trades whose source calls them a break, or did until now. */
const REPORTED = `
  select distinct on ((after).trade_id) (after).trade_id, (after).exec_id, (after).counterparty,
    (after).notional_usd, case when (after).stage <> 'cancelled' then (after).reported_break end as reported,
    coalesce(x.pair_key, (after).pair_key, (after).trade_id) as pair_key, x.id::text as id,
    x.version::text as version
  from moved left join breaks x
    on x.trade_id = (after).trade_id and x.type = 'reported' and x.closed_at is null
  where (after).reported_break is not null or x.id is not null
  order by (after).trade_id, (after).version desc`;

/** Opens and closes what the batch changed. */
export async function reconcileTouched(tx: Transaction): Promise<{ opened: number; closed: number }> {
  const holds: Holds[] = [];
  const closes: Closes[] = [];
  for (const row of await tx.query(SUSPECTS)) {
    const verdict = judge({
      book: row.book_live ? { quantity: row.book_quantity, price: row.book_price } : null,
      street: row.street_live ? { quantity: row.street_quantity, price: row.street_price } : null,
      busted: row.broker !== null && !row.street_live,
      open: row.open as OpenBreak[],
    });
    const { pair_key, trade_id, exec_id, counterparty, notional_usd } = row;
    holds.push(...verdict.holds.map(({ type, field, book, street }) => (
      { pair_key, type, trade_id, exec_id, field, book, street, counterparty, notional_usd }
    )));
    closes.push(...verdict.closes);
  }
  for (
    const { pair_key, trade_id, exec_id, reported, counterparty, notional_usd, id, version } of await tx
      .query(REPORTED)
  ) {
    if (reported !== null) {
      holds.push({
        pair_key,
        type: "reported",
        trade_id,
        exec_id,
        field: "status",
        book: reported,
        street: null,
        counterparty,
        notional_usd,
      });
    } else closes.push({ id, version, reason: "the source no longer reports it" });
  }
  return { opened: await openBreaks(tx, holds), closed: await closeBreaks(tx, closes) };
}

/** @returns How many were opened, reopened or got new values. */
export async function openBreaks(tx: Transaction, holds: readonly Holds[]): Promise<number> {
  if (holds.length === 0) return 0;
  const [row] = await tx.query(
    `select count(open_break(pair_key, type, trade_id, exec_id, field, book, street, counterparty, notional_usd))
     from jsonb_to_recordset($1::jsonb) as h(pair_key text, type text, trade_id text, exec_id text, field text,
       book text, street text, counterparty text, notional_usd numeric)`,
    [JSON.stringify(holds)],
  );
  return Number(row!.count);
}

async function closeBreaks(tx: Transaction, closes: readonly Closes[]): Promise<number> {
  if (closes.length === 0) return 0;
  const [row] = await tx.query(
    `select count(change_break(id, version, 'close', 'system', reason))
     from jsonb_to_recordset($1::jsonb) as c(id bigint, version bigint, reason text)`,
    [JSON.stringify(closes)],
  );
  return Number(row!.count);
}
