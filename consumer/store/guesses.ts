/**
 * Pairs that were found by what a booking says, since it states no ExecID: the sweep makes them, a batch follows
 * what becomes of the booking. An identity that is stated later always wins.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { type LooseBooking, type LooseFill, type Match, match } from "../../shared/reconcile/mod.ts";
import { rulesOf } from "./breaks.ts";

/** Of a block, whose bookings and fills agree in sum: & and the order. */
export const isBlock = (key: string) => `left(${key}, 1) = '&'`;

/**
 * A booking that is cancelled or states its own ExecID leaves the pair it was guessed to belong to; any other new
 * version is compared again. Blocks are left for the sweep.
 */
const FOLLOW = `
  with changed as (
    select (before).pair_key as key, (before).pair_key is distinct from (after).pair_key as left_it, (after).*
    from moved where (before).exec_id is null and (before).pair_key is not null
  ), left_pairs as (
    update pairs p set trade_id = null, book_version = null, book_live = false, book_trade_date = null,
      book_quantity = null, book_price = null, book_seen_at = null, missing = null, pass = null
    from changed c where p.pair_key = c.key and c.left_it and p.trade_id = c.trade_id and not ${
  isBlock("c.key")
}
    returning p.pair_key, p.shared
  ), followed as (
    update pairs p set book_version = c.version, book_trade_date = c.trade_date, book_quantity = c.quantity,
      book_price = c.price
    from changed c where p.pair_key = c.key and not c.left_it and p.trade_id = c.trade_id and not ${
  isBlock("c.key")
}
    returning p.pair_key, p.shared
  ), blocks as (
    update pairs p set in_progress = true
    where p.pair_key in (
      select c.key from changed c where ${isBlock("c.key")}
      union select f.block_key from touched k join pairs f using (pair_key) where k.shared)
  )
  insert into touched select * from left_pairs union select * from followed;`;

export async function followGuesses(tx: Transaction): Promise<void> {
  await tx.script(FOLLOW);
}

/** Loose bookings looked at in one sweep: more than that on one day is a feed that does not reconcile. */
const LOOSE_MAX = 2_000;
/** Open missing sides looked at again when a loose booking comes. */
const MISSING_MAX = 1_000;
/** A loose booking is looked at this long after it came, whoever sweeps and however often. */
const NEW_FOR = "60 seconds";

/** What there is for {@link pairLoose} to look at. */
export interface LooseWork {
  /** Bookings that state no execution came lately. */
  readonly loose: boolean;
  readonly blocks: boolean;
}

export const LOOSE_WORK = `exists (
    select from trades where exec_id is null and pair_key is null and stage <> 'cancelled'
      and updated_at > now() - interval '${NEW_FOR}') as loose,
  exists (select from pairs where block_key is not null) as blocks`;

/** Executions whose booking was missing already, as long as loose bookings come. */
const FLAGGED = `
  select pair_key from breaks where type = 'missing_book' and closed_at is null
  order by opened_at desc limit ${MISSING_MAX}`;

const FILL = `p.pair_key as key, r.order_id as "orderId", e.trade_date as "tradeDate", e.instrument, e.side,
  e.quantity, e.price, e.counterparty, extract(epoch from r.transact_time)::float8 * 1000 as "atMs"`;

/** `r` is the root execution, `e` the one whose values hold; each looked up by its key, whatever the statistics say. */
const EXECUTIONS = `
  cross join lateral (select * from executions x where x.broker = p.broker and x.trade_date = p.street_trade_date
    and x.exec_id = p.exec_id offset 0) r
  cross join lateral (select * from executions x where x.broker = p.broker
    and x.trade_date = coalesce(p.effective_date, p.street_trade_date)
    and x.exec_id = coalesce(p.effective_id, p.exec_id) offset 0) e`;

const UNBOOKED = "p.street_live and p.trade_id is null and p.street_repeats is null";

const FILLS = `
  select ${FILL} from pairs p ${EXECUTIONS}
  where p.pair_key = any($1) and ${UNBOOKED} and p.block_key is null order by p.pair_key for update of p`;

const FILLS_OF_ORDERS = `
  select ${FILL} from executions o
    join pairs p on p.exec_id = o.exec_id and p.broker = o.broker and p.street_trade_date = o.trade_date ${EXECUTIONS}
  where o.order_id = any($1) and o.kind = 'trade' and ${UNBOOKED} and p.block_key is null
  order by p.pair_key for update of p`;

const BOOKING = `t.trade_id as "tradeId", t.order_id as "orderId", t.exec_id as "execId",
  t.asset_class as "assetClass", t.trade_date as "tradeDate", t.instrument, t.side, t.quantity, t.price,
  t.counterparty, extract(epoch from t.booked_at)::float8 * 1000 as "atMs"`;
const LOOSE = "t.exec_id is null and t.pair_key is null and t.stage <> 'cancelled'";

/** Bookings of the same orders, of about the same day, and those whose own execution never came. */
const BOOKINGS = `
  select ${BOOKING} from trades t where t.order_id = any($1) and ${LOOSE}
  union
  (select ${BOOKING} from trades t
   where t.trade_date between $2::date - 1 and $3::date + 1 and ${LOOSE} order by t.booked_at limit ${LOOSE_MAX})
  union
  (select ${BOOKING} from breaks x join trades t on t.trade_id = x.trade_id
   where x.type = 'missing_street' and x.closed_at is null and t.trade_date between $2::date - 1 and $3::date + 1
   order by x.opened_at desc limit ${MISSING_MAX})`;

/** Who is taken by another writer meanwhile is left alone. */
const PAIR = `
  with found as (
    select * from jsonb_to_recordset($1::jsonb) as f(key text, "tradeId" text, pass smallint)
  ), taken as (
    update trades t set pair_key = f.key from found f where t.trade_id = f."tradeId" and ${LOOSE}
    returning t.*, f.key, f.pass
  ), paired as (
    update pairs p set trade_id = t.trade_id, book_version = t.version, book_live = true,
      book_trade_date = t.trade_date, book_quantity = t.quantity, book_price = t.price,
      book_seen_at = t.first_seen_at, missing = null, pass = t.pass, candidates = null
    from taken t where p.pair_key = t.key returning p.pair_key
  )
  insert into touched select pair_key, false from paired`;

const MAKE_BLOCKS = `
  with found as (
    select '&' || "orderId" as key, keys, "tradeIds"
    from jsonb_to_recordset($1::jsonb) as b("orderId" text, keys text[], "tradeIds" text[])
  ), made as (
    insert into pairs (pair_key, in_progress) select key, true from found order by key
    on conflict (pair_key) do update set in_progress = true
  ), fills as (
    update pairs p set block_key = f.key, shared = true, missing = null, candidates = null from found f
    where p.pair_key = any(f.keys) returning p.pair_key
  ), taken as (
    update trades t set pair_key = f.key from found f where t.trade_id = any(f."tradeIds") and ${LOOSE}
  )
  insert into touched select pair_key, true from fills`;

/** A fill of an order that has a block already belongs to it. */
const JOIN_BLOCKS = `
  with fills as (
    update pairs p set block_key = b.pair_key, shared = true
    from executions e, pairs b
    where p.pair_key = any($1) and ${UNBOOKED} and p.block_key is null
      and e.broker = p.broker and e.trade_date = p.street_trade_date and e.exec_id = p.exec_id
      and b.pair_key = '&' || e.order_id and b.trade_id is not null
    returning p.pair_key, b.pair_key as block
  ), again as (update pairs p set in_progress = true from fills f where p.pair_key = f.block)
  insert into touched select pair_key, true from fills`;

const LIST = `
  update pairs p set candidates = c.candidates
  from jsonb_to_recordset($1::jsonb) as c(key text, candidates jsonb) where p.pair_key = c.key`;

/** Pairs executions that have waited for their booking with bookings that state none. Fills `touched`. */
export async function pairLoose(tx: Transaction, due: readonly string[], work: LooseWork): Promise<void> {
  const flagged = work.loose ? (await tx.query(FLAGGED)).map(({ pair_key }): string => pair_key) : [];
  const waiting = await loadFills(tx, FILLS, [...due, ...flagged]);
  if (waiting.length === 0) return;
  const days = waiting.map(({ tradeDate }) => tradeDate).toSorted();
  const orders = [...new Set(waiting.flatMap(({ orderId }) => orderId ?? []))];
  const bookings = await tx.query<LooseBooking & Record<string, unknown>>(BOOKINGS, [
    orders,
    days[0],
    days.at(-1),
  ]);
  const known = new Set(waiting.map(({ key }) => key));
  const more = await loadFills(tx, FILLS_OF_ORDERS, [
    ...new Set(bookings.flatMap(({ orderId }) => orderId ?? [])),
  ]);
  const fills = [...waiting, ...more.filter(({ key }) => !known.has(key))];
  const { pairs, blocks, candidates } = bookings.length === 0
    ? NOTHING
    : match(fills, bookings, await rulesOf(tx)());
  if (pairs.length > 0) await tx.query(PAIR, [JSON.stringify(pairs)]);
  if (blocks.length > 0) await tx.query(MAKE_BLOCKS, [JSON.stringify(blocks)]);
  if (work.blocks) await tx.query(JOIN_BLOCKS, [waiting.map(({ key }) => key)]);
  const listed = [...candidates].map(([key, list]) => ({ key, candidates: list })).filter(({ key }) =>
    known.has(key)
  );
  if (listed.length > 0) await tx.query(LIST, [JSON.stringify(listed)]);
}

const NOTHING: Match = { pairs: [], blocks: [], candidates: new Map() };

async function loadFills(tx: Transaction, sql: string, by: readonly string[]): Promise<LooseFill[]> {
  return by.length === 0 ? [] : await tx.query<LooseFill & Record<string, unknown>>(sql, [by]);
}
