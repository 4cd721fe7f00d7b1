/**
 * Writes what the two streams said, and pairs up what belongs together. Every statement is a set operation
 * that does nothing the second time, so a replayed batch changes no row.
 *
 * @module
 */

import type { Transaction } from "../../shared/platform/postgres.ts";
import { NEXT_STAGES } from "../../shared/trade/lifecycle.ts";
import { applyChanges } from "./busts.ts";
import { followGuesses } from "./guesses.ts";
import { markRepeatedFills } from "./repeats.ts";
import { seatBookings } from "./seating.ts";
import { EXECUTION_COLUMNS, MESSAGE_COLUMNS, ORDER_COLUMNS, TRADE_COLUMNS } from "./staging.ts";

const LEGAL = Object.entries(NEXT_STAGES).flatMap(([from, next]) => next.map((to) => `'${from}>${to}'`)).join(
  ", ",
);

/** A step that is not legal, as `from>to`: applied all the same, and noted. */
const ANOMALY = `case when before <> stage and before || '>' || stage not in (${LEGAL})
  then before || '>' || stage end`;

/** A report says more of its execution than the trade capture that repeats it: CumQty (14), and perhaps fees. */
const TELLS_MOST = "cum_qty nulls last, transact_time";

/** Appends messages, executions and trade events; what was known already is left out by its key. */
const APPEND = `
  with stored as (
    insert into fix_messages (${MESSAGE_COLUMNS}) select ${MESSAGE_COLUMNS} from incoming_messages
    on conflict do nothing returning msg_type
  )
  insert into stored_types select msg_type, count(*) from stored group by 1;

  with added as (
    insert into trade_events (${TRADE_COLUMNS}, content_hash, anomaly)
    select ${TRADE_COLUMNS}, content_hash,
      ${ANOMALY}
    from (
      select *, coalesce(
        lag(stage) over (partition by trade_id order by version),
        (select t.stage from trades t where t.trade_id = i.trade_id and t.version < i.version)) as before
      from (select distinct on (trade_id, version) * from incoming_trades order by trade_id, version, position) i
    ) s order by trade_id, version
    on conflict do nothing returning trade_id, version
  )
  insert into fresh select trade_id, version from added;

  insert into newest
  select i.*, t.version, t.pair_key, t.exec_id
  from (
    select distinct on (trade_id) position, ${TRADE_COLUMNS}, min("timestamp") over (partition by trade_id)
    from incoming_trades join fresh using (trade_id, version) order by trade_id, version desc, position
  ) i left join trades t on t.trade_id = i.trade_id;

  with added as (
    insert into executions (${EXECUTION_COLUMNS}, applied)
    select distinct on (broker, trade_date, exec_id) ${EXECUTION_COLUMNS}, kind = 'trade'
    from incoming_executions
    order by broker, trade_date, exec_id, ${TELLS_MOST}
    on conflict do nothing returning broker, trade_date, exec_id
  )
  insert into fresh_executions
  select distinct on (broker, trade_date, exec_id) ${EXECUTION_COLUMNS}, dated
  from incoming_executions join added using (broker, trade_date, exec_id)
  order by broker, trade_date, exec_id, ${TELLS_MOST};

  insert into books
  select trade_id, exec_id, case when known_exec_id = exec_id then known_key end, version,
    stage <> 'cancelled', trade_date, quantity, price, null
  from newest where exec_id is not null and (known_version is null or version > known_version);

  insert into streets
  select broker, exec_id, trade_date, dated, quantity, price, null from fresh_executions where kind = 'trade';`;

/** A booking that now names another execution leaves the pair it was in. */
const LEAVE_PAIRS = `
  with left_pairs as (
    update pairs p set trade_id = null, book_version = null, book_live = false, book_trade_date = null,
      book_quantity = null, book_price = null, book_seen_at = null, missing = null, pass = null
    from newest n
    where p.pair_key = n.known_key and p.trade_id = n.trade_id and n.version > n.known_version
      and n.exec_id is distinct from n.known_exec_id
    returning p.pair_key, p.shared
  )
  insert into touched select pair_key, shared from left_pairs;`;

/**
 * The keys a side tries in turn: its ExecID; where another execution or booking has that one already, with the
 * trade date, since ExecIDs repeat across days; last, with what makes it unique.
 */
const KEYS = [
  { book: "coalesce(known_key, exec_id)", street: "exec_id" },
  { book: "exec_id || '@' || trade_date", street: "exec_id || '@' || trade_date" },
  { book: "exec_id || '#' || trade_id", street: "exec_id || '@' || trade_date || '@' || broker" },
];

/** A booking takes its own place again with a higher version, or a place that is free and of its day. */
const BOOK_LANDS = `excluded.trade_id is not null and (
  (p.trade_id = excluded.trade_id and p.book_version < excluded.book_version)
  or ((p.trade_id is null or (p.trade_id <> excluded.trade_id and not p.book_live))
    and (p.broker is null or not p.street_dated or p.street_trade_date = excluded.book_trade_date)))`;

const STREET_LANDS = `excluded.broker is not null and p.broker is null
  and (not excluded.street_dated or p.book_trade_date is null or p.book_trade_date = excluded.street_trade_date)`;

const BOOK = ["trade_id", "book_version", "book_live", "book_trade_date", "book_quantity", "book_price"];
const STREET = [
  "broker",
  "street_live",
  "street_trade_date",
  "street_dated",
  "street_quantity",
  "street_price",
  "street_seen_at",
];

const take = (columns: readonly string[], lands: string) =>
  columns.map((column) => `${column} = case when ${lands} then excluded.${column} else p.${column} end`);

/** Both halves in one statement and one order of keys, so that two consumers never wait for each other. */
const land = (keys: { book: string; street: string }) => `
  with b as (select ${keys.book} as key, * from books where pair_key is null),
  s as (select ${keys.street} as key, * from streets where pair_key is null),
  landed as (
    insert into pairs as p (pair_key, exec_id, ${BOOK}, book_seen_at, ${STREET})
    select distinct on (k.key) k.key, coalesce(b.exec_id, s.exec_id), b.trade_id, b.version, coalesce(b.live, false),
      b.trade_date, b.quantity, b.price, case when b.trade_id is not null then now() end, s.broker,
      s.broker is not null, s.trade_date,
      coalesce(s.dated, false), s.quantity, s.price, case when s.broker is not null then now() end
    from b full join s on s.key = b.key and (not s.dated or s.trade_date = b.trade_date),
      lateral (select coalesce(b.key, s.key) as key) k
    order by k.key, b.trade_id, s.broker, s.trade_date
    on conflict (pair_key) do update set ${take(BOOK, BOOK_LANDS)}, ${
  take(STREET, STREET_LANDS)
}, missing = null,
      shared = p.shared or coalesce(p.trade_id <> excluded.trade_id and p.book_trade_date = excluded.book_trade_date, false),
      pass = case when p.trade_id = excluded.trade_id or not (${BOOK_LANDS}) then p.pass end,
      book_seen_at = case when not (${BOOK_LANDS}) or (p.trade_id = excluded.trade_id and p.book_live)
        then p.book_seen_at else now() end
    returning p.pair_key, p.exec_id, p.trade_id, p.broker, p.street_trade_date, p.shared
  ), kept_books as (
    update books b set pair_key = l.pair_key from landed l where l.trade_id = b.trade_id returning l.pair_key, l.shared
  ), kept_streets as (
    update streets s set pair_key = l.pair_key from landed l
    where l.exec_id = s.exec_id and l.broker = s.broker and l.street_trade_date = s.trade_date
    returning l.pair_key, l.shared
  )
  insert into touched select * from kept_books union select * from kept_streets
  union select pair_key, true from landed where shared;
  select exists (select from books where pair_key is null) or exists (select from streets where pair_key is null)
    as waiting;`;

const SET_COLUMNS = TRADE_COLUMNS.split(/,\s*/).slice(1).map((column) => `${column} = excluded.${column}`);

const TRADES = `
  with written as (
    insert into trades (${TRADE_COLUMNS}, status, pair_key, booked_at)
    select ${TRADE_COLUMNS.split(/,\s*/).map((column) => `n.${column}`)}, n.stage, b.pair_key, n.booked_at
    from newest n left join books b on b.trade_id = n.trade_id order by n.trade_id
    on conflict (trade_id) do update set ${SET_COLUMNS},
      status = case when trades.status = 'break' then 'break' else excluded.stage end,
      pair_key = case when excluded.exec_id is null and trades.exec_id is null and excluded.stage <> 'cancelled'
        then trades.pair_key else excluded.pair_key end, booked_at = least(trades.booked_at, excluded.booked_at), updated_at = now()
    where excluded.version > trades.version
    returning old as before, new as after
  )
  insert into moved select before, after from written;

  with earlier as (
    update trades t set booked_at = n.booked_at from newest n
    where n.trade_id = t.trade_id and n.booked_at < t.booked_at returning old as before, new as after
  )
  insert into moved select before, after from earlier;`;

/**
 * Where a booking stood was read before its row was locked. If another writer gave it another place since, our half
 * landed on one that is no longer its own: the transaction starts again (serialization_failure), and reads the new one.
 */
const STILL_THERE = `
  select start_again_if(exists (
    select from moved m join newest n on n.trade_id = (m.before).trade_id
    where (m.before).pair_key is distinct from n.known_key
      and (m.before).pair_key is distinct from (m.after).pair_key
    union all
    select from books b,
      lateral (select t.pair_key, t.version from trades t where t.trade_id = b.trade_id offset 0) t
    where t.version > b.version and t.pair_key is distinct from b.pair_key));`;

/**
 * Steps are judged again where a version came late, or where another writer added one since this batch looked.
 * The rows of `trades` are locked by now, so nobody adds another.
 */
const ANOMALIES = `
  update trade_events e set anomaly = s.anomaly
  from (
    select trade_id, version, ${ANOMALY} as anomaly
    from (
      select trade_id, version, stage, lag(stage) over (partition by trade_id order by version) as before
      from trade_events
      where trade_id in (
        select f.trade_id from fresh f join newest n using (trade_id) where f.version < n.known_version
        union all
        select n.trade_id from newest n join trades t using (trade_id) where n.version < t.version
        union all
        select (after).trade_id from moved join newest n on n.trade_id = (after).trade_id
        where (before).version is distinct from n.known_version)
    ) steps
  ) s
  where e.trade_id = s.trade_id and e.version = s.version and e.anomaly is distinct from s.anomaly;`;

const ORDERS = `
  insert into orders (${ORDER_COLUMNS})
  select distinct on (order_id) ${ORDER_COLUMNS} from incoming_orders
  order by order_id, cum_qty desc, transact_time desc, msg_seq_num desc
  on conflict (order_id) do update set
    broker_order_id = coalesce(excluded.broker_order_id, orders.broker_order_id),
    ord_status = excluded.ord_status, cum_qty = excluded.cum_qty, leaves_qty = excluded.leaves_qty,
    avg_px = excluded.avg_px, transact_time = excluded.transact_time, msg_seq_num = excluded.msg_seq_num,
    order_qty = coalesce(excluded.order_qty, orders.order_qty),
    limit_price = coalesce(excluded.limit_price, orders.limit_price), recorded_at = now()
  where (excluded.cum_qty, excluded.transact_time, excluded.msg_seq_num)
    > (orders.cum_qty, orders.transact_time, orders.msg_seq_num);`;

/** Same trade and version, other content. The first one stays; these positions are set aside. */
const CONFLICTS = `
  select i.position from incoming_trades i join trade_events e using (trade_id, version)
  where (select count(*) from fresh) < (select count(*) from incoming_trades)
    and e.content_hash <> i.content_hash order by 1;`;

const COUNTS = `
  select (select count(*) from fresh) as versions, (select count(*) from incoming_trades) as bookings,
    (select coalesce(sum(messages), 0) from stored_types) as messages,
    (select count(*) from moved where (before).trade_id is null) as trades;`;

export interface Facts {
  /** Positions in the batch of versions that contradict one already stored. */
  readonly conflicts: readonly number[];
  /** Trades not seen before. */
  readonly tradesNew: number;
  /** Bookings that were known already, conflicts included. */
  readonly repeats: number;
  /** Bookings and messages that were not known before: 0 for a replayed batch. */
  readonly added: number;
}

/** Writes the staged batch. Takes its locks in the order of the migrations: pairs, then trades. */
export async function writeFacts(tx: Transaction): Promise<Facts> {
  await tx.script(`${APPEND} ${LEAVE_PAIRS}`);
  for (const keys of KEYS) {
    const results = await tx.script(land(keys));
    if (!results.at(-1)![0]!.waiting) break;
  }
  await applyChanges(tx, "batch");
  const [conflicts, counts] =
    (await tx.script(`${TRADES} ${STILL_THERE} ${ANOMALIES} ${ORDERS} ${CONFLICTS} ${COUNTS}`))
      .slice(-2);
  await followGuesses(tx);
  await seatBookings(tx);
  await markRepeatedFills(tx);
  const { versions, bookings, messages, trades } = counts![0]!;
  return {
    conflicts: conflicts!.map(({ position }) => position),
    tradesNew: Number(trades),
    repeats: Number(bookings) - Number(versions),
    added: Number(versions) + Number(messages),
  };
}
