-- What is counted from the facts, and the feed of what changed.

-- Aggregates: each equals a recount of `trades` at every commit. Rows that reach zero are removed.
create table kpi_day (
  day           date    not null,                         -- trade_date
  asset_class   text    not null,
  counterparty  text    not null,
  status        text    not null,
  trades        bigint  not null,
  notional_usd  numeric not null,
  brokerage_fee numeric not null,                         -- fees as sent; the fund is billed in USD
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
