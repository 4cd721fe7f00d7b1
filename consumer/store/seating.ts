/**
 * Pairs that share an ExecID on one day: gives each booking its place among them, whatever the order of arrival, and
 * finds bookings that repeat another one.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { type Claim, type Seat, seat } from "../../shared/reconcile/mod.ts";

/** `a` and `b` name the pairs of the same ExecID that a side tries before its own. */
const beside = (sides: string) => `
  select s.exec_id, s.trade_date from ${sides} s
  where s.pair_key <> s.exec_id and s.exec_id is not null and exists (
    select from pairs q where q.pair_key in (s.exec_id, s.exec_id || '@' || s.trade_date)
      and q.pair_key <> s.pair_key and s.trade_date in (q.book_trade_date, q.street_trade_date))`;

/** The ExecIDs to look at. A late first version may make a booking the earlier of two. */
const CONTESTED = `
  select p.exec_id, coalesce(p.book_trade_date, p.street_trade_date) as day
  from touched k join pairs p using (pair_key) where k.shared
  union ${beside("books")} union ${beside("streets")}
  union select p.exec_id, p.book_trade_date from newest n join pairs p on p.pair_key = n.known_key
  where n.version < n.known_version and p.shared`;

const GROUPS = "jsonb_to_recordset($1::jsonb) as g(exec_id text, day date)";
const OF_GROUP = "p.exec_id = g.exec_id and g.day in (p.book_trade_date, p.street_trade_date)";

/** A statement of its own: the next one sees what those we waited for have written. */
const HOLD = `select from ${GROUPS} join pairs p on ${OF_GROUP} order by p.pair_key for update of p`;

/** All pairs of these ExecIDs, with what their sides say; and cancelled bookings that lost their place. */
const MEMBERS = `
  with held as (select g.day, p.* from ${GROUPS} join pairs p on ${OF_GROUP}), claims as (
    select h.exec_id, h.day, h.pair_key, h.trade_id from held h where h.trade_id is not null
    union
    select h.exec_id, h.day, null, t.trade_id from held h join trades t on t.pair_key = h.pair_key
    where t.exec_id = h.exec_id and t.trade_date = h.day
      and not exists (select from pairs p where p.trade_id = t.trade_id and p.exec_id = h.exec_id)
  )
  select h.exec_id, h.day, h.pair_key, h.trade_id, h.broker is not null as has_street, h.street_live,
    h.book_repeats, h.shared, e.counterparty as street_counterparty, null as counterparty, null as booked_at,
    null as live, null as states_it
  from held h left join executions e on e.broker = h.broker and e.trade_date = h.street_trade_date
    and e.exec_id = h.exec_id
  union all
  select c.exec_id, c.day, c.pair_key, c.trade_id, null, null, null, null, null, t.counterparty,
    to_char(t.booked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), t.stage <> 'cancelled', t.exec_id is not null
  from claims c join trades t using (trade_id)`;

const PLACE = `
  with want as (
    select * from jsonb_to_recordset($1::jsonb)
      as w(pair_key text, exec_id text, trade_id text, book_repeats text)
  ), placed as (
    insert into pairs as p (pair_key, exec_id, trade_id, book_version, book_live, book_trade_date, book_quantity,
      book_price, book_seen_at, shared, book_repeats)
    select w.pair_key, w.exec_id, t.trade_id, t.version, coalesce(t.stage <> 'cancelled', false), t.trade_date,
      t.quantity, t.price, t.first_seen_at, true, w.book_repeats
    from want w left join trades t on t.trade_id = w.trade_id order by w.pair_key
    on conflict (pair_key) do update set trade_id = excluded.trade_id, book_version = excluded.book_version,
      book_live = excluded.book_live, book_trade_date = excluded.book_trade_date,
      book_quantity = excluded.book_quantity, book_price = excluded.book_price,
      book_seen_at = excluded.book_seen_at, shared = true, book_repeats = excluded.book_repeats, missing = null,
      pass = null
    returning p.pair_key
  )
  insert into touched select pair_key, true from placed`;

const MOVE = `
  update trades t set pair_key = m.pair_key
  from jsonb_to_recordset($1::jsonb) as m(trade_id text, pair_key text)
  where t.trade_id = m.trade_id and t.pair_key is distinct from m.pair_key`;

/** A pair; or a booking, when `states_it` is not null: false for one that was only guessed to belong there. */
type Member = {
  readonly exec_id: string;
  readonly day: string;
  readonly pair_key: string;
  readonly trade_id: string;
  readonly has_street: boolean;
  readonly street_live: boolean;
  readonly book_repeats: string | null;
  readonly shared: boolean;
  readonly street_counterparty: string;
  readonly counterparty: string;
  readonly booked_at: string;
  readonly live: boolean;
  readonly states_it: boolean | null;
};

interface Place {
  readonly pair_key: string;
  readonly exec_id: string;
  readonly trade_id: string | null;
  readonly book_repeats: string | null;
}

/** Seats the bookings of every ExecID that this batch touched and several pairs share. */
export async function seatBookings(tx: Transaction): Promise<void> {
  const contested = await tx.query(CONTESTED);
  if (contested.length === 0) return;
  const groups = [JSON.stringify(contested)];
  await tx.query(HOLD, groups);
  const members = await tx.query<Member>(MEMBERS, groups);
  const places: Place[] = [];
  const moves: { trade_id: string; pair_key: string | null }[] = [];
  for (const group of Map.groupBy(members, ({ exec_id, day }) => `${day} ${exec_id}`).values()) {
    if (group.length <= 2) continue;
    const wanted = placesOf(group);
    for (const place of wanted.places) {
      const now = group.find((row) => row.states_it === null && row.pair_key === place.pair_key);
      if (!now || !now.shared || now.trade_id !== place.trade_id || now.book_repeats !== place.book_repeats) {
        places.push(place);
      }
    }
    moves.push(...wanted.moves);
  }
  if (places.length > 0) await tx.query(PLACE, [JSON.stringify(places)]);
  if (moves.length > 0) await tx.query(MOVE, [JSON.stringify(moves)]);
}

/** Bookings without an execution have pairs of their own; the first of them has that of the ExecID, if it is free. */
function placesOf(group: readonly Member[]) {
  const rows = group.filter(({ states_it }) => states_it === null);
  const exec_id = rows[0]!.exec_id;
  const { seated, waiting, repeats, unseated } = seat(
    group.filter(({ states_it }) => states_it).map(toClaim),
    rows.filter(({ has_street }) => has_street).map(toSeat),
  );
  const main = rows.map(({ pair_key }) => pair_key).toSorted((a, b) =>
    a.length - b.length || (a < b ? -1 : 1)
  )[0]!;
  const books = new Map<string, { trade_id: string; book_repeats: string | null }>();
  for (const [key, trade_id] of seated) books.set(key, { trade_id, book_repeats: null });
  for (const trade_id of waiting) {
    const isFree = !books.has(main) &&
      !rows.some(({ pair_key, has_street }) => pair_key === main && has_street);
    books.set(isFree ? main : `${exec_id}#${trade_id}`, { trade_id, book_repeats: null });
  }
  for (const [trade_id, book_repeats] of repeats) {
    books.set(`${exec_id}#${trade_id}`, { trade_id, book_repeats });
  }
  const keys = new Set([...rows.map(({ pair_key }) => pair_key), ...books.keys()]);
  const places = [...keys].map((pair_key): Place => ({
    pair_key,
    exec_id,
    ...books.get(pair_key) ?? { trade_id: null, book_repeats: null },
  }));
  const guesses = group.filter(({ states_it }) => states_it === false);
  const moves: { trade_id: string; pair_key: string | null }[] = [
    ...[...books].map(([pair_key, { trade_id }]) => ({ trade_id, pair_key })),
    ...unseated.map((trade_id) => ({ trade_id, pair_key: main })),
    ...guesses.map(({ trade_id }) => ({ trade_id, pair_key: null })),
  ];
  return { places, moves };
}

function toClaim({ trade_id, live, counterparty, booked_at }: Member): Claim {
  return { tradeId: trade_id, live, counterparty, bookedAt: booked_at };
}

function toSeat({ pair_key, street_live, street_counterparty }: Member): Seat {
  return { key: pair_key, live: street_live, counterparty: street_counterparty };
}
