-- What follows from the facts: pairs, breaks and aggregates.
--
-- Lock order everywhere: pairs, trades, breaks, aggregates, each by key. Whoever changes a trade's break
-- holds the lock of its pair, so two processes can never both miss what the other one wrote.

-- Both sides of one execution. The key is at first the ExecID; a reused ExecID gets a longer key.
create table pairs (
  pair_key          text        primary key,
  exec_id           text        not null,
  trade_id          text,                                 -- the booking; null: none yet
  book_version      bigint,
  book_live         boolean     not null default false,   -- false when absent or cancelled
  book_trade_date   date,
  book_quantity     numeric,
  book_price        numeric,
  book_seen_at      timestamptz,
  broker            text,                                 -- the execution's broker; null: no execution yet
  street_trade_date date,
  street_dated      boolean     not null default false,   -- TradeDate (75) was stated: it must equal the book's
  street_quantity   numeric,
  street_price      numeric,
  street_seen_at    timestamptz,
  missing           text        check (missing in ('book', 'street'))  -- flagged by the sweep
);

create index pairs_without_street on pairs (book_seen_at)
  where book_live and broker is null and missing is null;
create index pairs_without_book on pairs (street_seen_at)
  where broker is not null and not book_live and missing is null;
create index pairs_exec on pairs (exec_id);

create table breaks (
  id              bigint      generated always as identity primary key,
  pair_key        text        not null,                   -- of an unpaired trade: its trade_id
  type            text        not null check (type in
                    ('price', 'quantity', 'side', 'instrument', 'counterparty', 'settlement_date', 'currency',
                     'fees', 'missing_book', 'missing_street', 'duplicate', 'late', 'allocation', 'bust',
                     'unaffirmed', 'settlement_fail', 'reported')),
  trade_id        text        not null,                   -- missing_book: the exec_id
  exec_id         text,
  status          text        not null check (status in
                    ('open', 'assigned', 'in_review', 'pending_approval', 'resolved', 'written_off')),
  field           text,                                   -- null when a whole side is missing
  book            text,                                   -- the compared values, as text
  street          text,
  accepted_book   text,                                   -- the values when it was closed: it stays closed
  accepted_street text,                                   -- until one of them changes
  counterparty    text,
  notional_usd    numeric,
  opened_at       timestamptz not null default now(),
  closed_at       timestamptz,
  closed_by       text,
  reason          text,
  version         bigint      not null default 0,
  unique (pair_key, type)
);

create index breaks_open_trade on breaks (trade_id) where closed_at is null;
create index breaks_open       on breaks (type, opened_at) where closed_at is null;
create index breaks_newest     on breaks (opened_at desc, id desc);

create table break_events (
  id          bigint      generated always as identity primary key,
  break_id    bigint      not null references breaks (id),
  version     bigint      not null,
  action      text        not null,
  actor       text        not null,
  text        text,
  from_status text        not null,
  to_status   text        not null,
  book        text,
  street      text,
  at          timestamptz not null default now(),
  unique (break_id, version)
);

-- Aggregates: each equals a recount of `trades` at every commit. Rows that reach zero are removed.
create table kpi_day (
  day           date    not null,                         -- trade_date
  asset_class   text    not null,
  counterparty  text    not null,
  status        text    not null,
  trades        bigint  not null,
  notional_usd  numeric not null,
  brokerage_fee numeric not null,                         -- fees as sent, in the trades' own currencies
  clearing_fee  numeric not null,
  exchange_fee  numeric not null,
  total_fees    numeric not null,
  primary key (day, asset_class, counterparty, status)
);

create table kpi_minute (
  minute       timestamptz not null,                      -- of trades.booked_at, UTC
  asset_class  text        not null,
  status       text        not null,
  trades       bigint      not null,
  notional_usd numeric     not null,
  primary key (minute, asset_class, status)
);

create table kpi_venue (
  day              date    not null,                      -- trade_date
  settlement_venue text    not null,
  side             text    not null,
  status           text    not null,
  trades           bigint  not null,
  notional_usd     numeric not null,
  primary key (day, settlement_venue, side, status)
);

-- Stored FIX messages by type, so that a million of them are counted at once.
create table kpi_messages (
  msg_type text   primary key,                            -- MsgType (35)
  messages bigint not null
);

-- What is bought from and sold to a counterparty and not yet settled; cancelled trades are left out.
create table exposures (
  counterparty    text    not null,
  currency        text    not null,
  settlement_date date    not null,
  trades          bigint  not null,
  bought_usd      numeric not null,
  sold_usd        numeric not null,
  primary key (counterparty, currency, settlement_date)
);

-- The change feed: one row per transaction. Readers take rows below pg_snapshot_xmin only, in (xid, id)
-- order, so what commits late is never skipped. Old rows are trimmed by the sweep.
create table changes (
  id        bigint      generated always as identity,
  xid       xid8        not null default pg_current_xact_id(),
  at        timestamptz not null default now(),
  trade_ids text[]      not null,                         -- at most the 200 newest
  break_ids bigint[]    not null,
  primary key (xid, id)
);

create index changes_at on changes (at);
create index changes_id on changes (id);

create function notify_change() returns trigger language plpgsql as $$
begin
  notify breakwater;
  return null;
end $$;

create trigger changes_notify after insert on changes for each statement execute function notify_change();

-- Moves trades from one set of aggregates to another: `before` are rows that no longer count, `after` rows
-- that count now. The advisory lock makes the order of the keys below irrelevant. Within a transaction a row
-- may pass through any sums, so it is removed only when all of them are zero.
create function count_trades(before trades[], after trades[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.kpi'));

  with delta as (select -1 as n, t.* from unnest(before) t union all select 1, t.* from unnest(after) t)
  merge into kpi_day k using (
    select trade_date, asset_class, counterparty, status, sum(n) as trades, sum(n * notional_usd) as notional_usd,
      sum(n * brokerage_fee) as brokerage_fee, sum(n * clearing_fee) as clearing_fee,
      sum(n * exchange_fee) as exchange_fee, sum(n * total_fees) as total_fees
    from delta group by 1, 2, 3, 4
    having sum(n) <> 0 or sum(n * notional_usd) <> 0 or sum(n * brokerage_fee) <> 0
      or sum(n * clearing_fee) <> 0 or sum(n * exchange_fee) <> 0 or sum(n * total_fees) <> 0
  ) d on k.day = d.trade_date and k.asset_class = d.asset_class and k.counterparty = d.counterparty
    and k.status = d.status
  when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd, k.brokerage_fee + d.brokerage_fee,
    k.clearing_fee + d.clearing_fee, k.exchange_fee + d.exchange_fee, k.total_fees + d.total_fees)
    = (0, 0, 0, 0, 0, 0) then delete
  when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd,
    brokerage_fee = k.brokerage_fee + d.brokerage_fee, clearing_fee = k.clearing_fee + d.clearing_fee,
    exchange_fee = k.exchange_fee + d.exchange_fee, total_fees = k.total_fees + d.total_fees
  when not matched then insert values (d.trade_date, d.asset_class, d.counterparty, d.status, d.trades,
    d.notional_usd, d.brokerage_fee, d.clearing_fee, d.exchange_fee, d.total_fees);

  with delta as (select -1 as n, t.* from unnest(before) t union all select 1, t.* from unnest(after) t)
  merge into kpi_minute k using (
    select date_trunc('minute', booked_at, 'UTC') as minute, asset_class, status, sum(n) as trades,
      sum(n * notional_usd) as notional_usd
    from delta group by 1, 2, 3 having sum(n) <> 0 or sum(n * notional_usd) <> 0
  ) d on k.minute = d.minute and k.asset_class = d.asset_class and k.status = d.status
  when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd) = (0, 0) then delete
  when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd
  when not matched then insert values (d.minute, d.asset_class, d.status, d.trades, d.notional_usd);

  with delta as (select -1 as n, t.* from unnest(before) t union all select 1, t.* from unnest(after) t)
  merge into kpi_venue k using (
    select trade_date, settlement_venue, side, status, sum(n) as trades, sum(n * notional_usd) as notional_usd
    from delta group by 1, 2, 3, 4 having sum(n) <> 0 or sum(n * notional_usd) <> 0
  ) d on k.day = d.trade_date and k.settlement_venue = d.settlement_venue and k.side = d.side
    and k.status = d.status
  when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd) = (0, 0) then delete
  when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd
  when not matched then insert values (d.trade_date, d.settlement_venue, d.side, d.status, d.trades,
    d.notional_usd);

  with delta as (select -1 as n, t.* from unnest(before) t union all select 1, t.* from unnest(after) t)
  merge into exposures e using (
    select counterparty, currency, settlement_date, sum(n) as trades,
      coalesce(sum(n * notional_usd) filter (where side = 'buy'), 0) as bought_usd,
      coalesce(sum(n * notional_usd) filter (where side = 'sell'), 0) as sold_usd
    from delta where stage not in ('settled', 'cancelled') group by 1, 2, 3
    having sum(n) <> 0 or coalesce(sum(n * notional_usd) filter (where side = 'buy'), 0) <> 0
      or coalesce(sum(n * notional_usd) filter (where side = 'sell'), 0) <> 0
  ) d on e.counterparty = d.counterparty and e.currency = d.currency and e.settlement_date = d.settlement_date
  when matched and (e.trades + d.trades, e.bought_usd + d.bought_usd, e.sold_usd + d.sold_usd) = (0, 0, 0)
    then delete
  when matched then update set trades = e.trades + d.trades, bought_usd = e.bought_usd + d.bought_usd,
    sold_usd = e.sold_usd + d.sold_usd
  when not matched then insert values (d.counterparty, d.currency, d.settlement_date, d.trades, d.bought_usd,
    d.sold_usd);
end $$;

-- Every change of a break, by sweep or user, goes through here: the break, its event, the trade's status and
-- the aggregates move together. The caller's transaction holds the lock of the pair or takes it here.
--
-- Actions: open, update, close, reopen. Returns the break as it now is.
-- Raises BW409 when the break is no longer at `expected_version`.
create function change_break(break_id bigint, expected_version bigint, action text, actor text, reason text)
returns breaks language plpgsql as $$
declare
  b breaks;
  was text;
  moved record;
begin
  perform 1 from pairs p join breaks x on x.pair_key = p.pair_key where x.id = break_id for update of p;
  perform 1 from trades t join breaks x on x.trade_id = t.trade_id where x.id = break_id for update of t;
  select * into b from breaks where id = break_id for update;
  if not found then
    raise exception 'no break %', break_id using errcode = 'no_data_found';
  end if;
  if b.version <> expected_version then
    raise exception 'break % is at version %, not %', break_id, b.version, expected_version
      using errcode = 'BW409';
  end if;

  was := b.status;
  if action in ('open', 'reopen') then
    b.status := 'open'; b.opened_at := now();
    b.closed_at := null; b.closed_by := null; b.reason := null;
  elsif action = 'close' then
    b.status := 'resolved'; b.closed_at := now(); b.closed_by := actor; b.reason := change_break.reason;
    b.accepted_book := b.book; b.accepted_street := b.street;
  elsif action <> 'update' then
    raise exception 'unknown action %', action using errcode = 'invalid_parameter_value';
  end if;
  b.version := b.version + 1;

  update breaks set status = b.status, opened_at = b.opened_at, closed_at = b.closed_at, closed_by = b.closed_by,
    reason = b.reason, accepted_book = b.accepted_book, accepted_street = b.accepted_street, version = b.version
  where id = break_id;
  insert into break_events (break_id, version, action, actor, text, from_status, to_status, book, street)
  values (b.id, b.version, action, actor, change_break.reason, was, b.status, b.book, b.street);

  update trades t set updated_at = now(), status = case
      when exists (select from breaks o where o.trade_id = t.trade_id and o.closed_at is null) then 'break'
      else t.stage end
  where t.trade_id = b.trade_id and t.status is distinct from case
      when exists (select from breaks o where o.trade_id = t.trade_id and o.closed_at is null) then 'break'
      else t.stage end
  returning old as before, new as after into moved;
  if found then
    perform count_trades(array[moved.before], array[moved.after]);
  end if;
  insert into changes (trade_ids, break_ids) values (array[b.trade_id], array[b.id]);
  return b;
end $$;

-- Records that a pair differs. Opens the break, or updates an open one to new values, or reopens a closed
-- one when a compared value is no longer the one it was closed with. Returns its id, or null if nothing changed.
create function open_break(pair_key text, type text, trade_id text, exec_id text, field text, book text,
  street text, counterparty text, notional_usd numeric)
returns bigint language plpgsql as $$
declare
  b breaks;
  action text;
begin
  select * into b from breaks x where x.pair_key = open_break.pair_key and x.type = open_break.type for update;
  if not found then
    insert into breaks (pair_key, type, trade_id, exec_id, status, field, book, street, counterparty, notional_usd)
    values (open_break.pair_key, open_break.type, open_break.trade_id, open_break.exec_id, 'open',
      open_break.field, open_break.book, open_break.street, open_break.counterparty, open_break.notional_usd)
    returning * into b;
    action := 'open';
  elsif b.closed_at is null then
    if (b.book, b.street) is not distinct from (open_break.book, open_break.street) then return null; end if;
    action := 'update';
  else
    if (b.accepted_book, b.accepted_street) is not distinct from (open_break.book, open_break.street) then
      return null;
    end if;
    action := 'reopen';
  end if;
  update breaks x set book = open_break.book, street = open_break.street, trade_id = open_break.trade_id,
    counterparty = open_break.counterparty, notional_usd = open_break.notional_usd
  where x.id = b.id and action <> 'open';
  perform change_break(b.id, b.version, action, 'system', null);
  return b.id;
end $$;
