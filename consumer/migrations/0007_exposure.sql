-- Exposure: what is bought from and sold to a counterparty and not yet settled, the cash that will move for it, and the
-- limits on it.
--
-- The cash of a trade, on its value date: its principal in its own currency (paid for a purchase, received for a sale);
-- the other side of a currency trade, which is the quantity in the base currency; its fees, in USD. Futures settle by
-- daily variation and move no principal; of derivatives and commodities only options do, their premium. Of a trade that
-- is partly settled the rest counts.

-- The part of a trade that has not settled.
create function unsettled_part(quantity numeric, settled_quantity numeric) returns numeric language sql immutable as $$
  select case when settled_quantity > 0 and settled_quantity <= quantity
    then round(1 - settled_quantity / quantity, 8) else 1 end
$$;

-- Whether a trade moves its notional: OCC symbols (root, expiry, right, strike) and names of options do.
create function has_principal(asset_class text, instrument text) returns boolean language sql immutable as $$
  select asset_class not in ('derivative', 'commodity')
    or instrument ~ '^[A-Z]+ *[0-9]{6}[CP][0-9]{8}$' or instrument ~* '\m(call|put|option)\M'
$$;

-- `EUR` of `EUR/USD`; null: the instrument does not say.
create function base_currency(asset_class text, instrument text) returns text language sql immutable as $$
  select case when asset_class = 'fx' and upper(instrument) ~ '^[A-Z]{3}[/.]?[A-Z]{3}$'
    then left(upper(instrument), 3) end
$$;

alter table exposures
  add column pay      numeric not null default 0,         -- principal, in the currency
  add column receive  numeric not null default 0,
  add column fees_usd numeric not null default 0;

-- The base currency's side of open currency trades.
create table exposure_bases (
  counterparty    text    not null,
  currency        text    not null,
  settlement_date date    not null,
  trades          bigint  not null,
  pay             numeric not null,
  receive         numeric not null,
  primary key (counterparty, currency, settlement_date)
);

-- As of 0002, with the cash of open trades, and in one statement: the trades are unpacked once.
create or replace function count_trades(before trades[], after trades[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.kpi'));

  with delta as materialized (
    select n, trade_date, asset_class, counterparty, status, settlement_venue, side, currency, settlement_date,
      date_trunc('minute', booked_at, 'UTC') as minute, n * notional_usd as notional_usd,
      n * brokerage_fee as brokerage_fee, n * clearing_fee as clearing_fee, n * exchange_fee as exchange_fee,
      n * total_fees as total_fees, stage not in ('settled', 'cancelled') as is_open, side = 'buy' as is_bought,
      case when settled_quantity is null then n else n * unsettled_part(quantity, settled_quantity) end as part,
      quantity, notional_value, has_principal(asset_class, instrument) as has_principal, instrument
    from (select -1 as n, t.* from unnest(before) t union all select 1, t.* from unnest(after) t) moved
  ), day as (
    merge into kpi_day k using (
      select trade_date, asset_class, counterparty, status, sum(n) as trades, sum(notional_usd) as notional_usd,
        sum(brokerage_fee) as brokerage_fee, sum(clearing_fee) as clearing_fee, sum(exchange_fee) as exchange_fee,
        sum(total_fees) as total_fees
      from delta group by 1, 2, 3, 4
      having sum(n) <> 0 or sum(notional_usd) <> 0 or sum(brokerage_fee) <> 0 or sum(clearing_fee) <> 0
        or sum(exchange_fee) <> 0 or sum(total_fees) <> 0
    ) d on k.day = d.trade_date and k.asset_class = d.asset_class and k.counterparty = d.counterparty
      and k.status = d.status
    when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd, k.brokerage_fee + d.brokerage_fee,
      k.clearing_fee + d.clearing_fee, k.exchange_fee + d.exchange_fee, k.total_fees + d.total_fees)
      = (0, 0, 0, 0, 0, 0) then delete
    when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd,
      brokerage_fee = k.brokerage_fee + d.brokerage_fee, clearing_fee = k.clearing_fee + d.clearing_fee,
      exchange_fee = k.exchange_fee + d.exchange_fee, total_fees = k.total_fees + d.total_fees
    when not matched then insert values (d.trade_date, d.asset_class, d.counterparty, d.status, d.trades,
      d.notional_usd, d.brokerage_fee, d.clearing_fee, d.exchange_fee, d.total_fees)
    returning 1
  ), minute as (
    merge into kpi_minute k using (
      select minute, asset_class, status, sum(n) as trades, sum(notional_usd) as notional_usd
      from delta group by 1, 2, 3 having sum(n) <> 0 or sum(notional_usd) <> 0
    ) d on k.minute = d.minute and k.asset_class = d.asset_class and k.status = d.status
    when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd) = (0, 0) then delete
    when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd
    when not matched then insert values (d.minute, d.asset_class, d.status, d.trades, d.notional_usd)
    returning 1
  ), venue as (
    merge into kpi_venue k using (
      select trade_date, settlement_venue, side, status, sum(n) as trades, sum(notional_usd) as notional_usd
      from delta group by 1, 2, 3, 4 having sum(n) <> 0 or sum(notional_usd) <> 0
    ) d on k.day = d.trade_date and k.settlement_venue = d.settlement_venue and k.side = d.side
      and k.status = d.status
    when matched and (k.trades + d.trades, k.notional_usd + d.notional_usd) = (0, 0) then delete
    when matched then update set trades = k.trades + d.trades, notional_usd = k.notional_usd + d.notional_usd
    when not matched then insert values (d.trade_date, d.settlement_venue, d.side, d.status, d.trades,
      d.notional_usd)
    returning 1
  ), base as (
    merge into exposure_bases e using (
      select counterparty, base_currency(asset_class, instrument) as currency, settlement_date, sum(n) as trades,
        coalesce(sum(part * quantity) filter (where not is_bought), 0) as pay,
        coalesce(sum(part * quantity) filter (where is_bought), 0) as receive
      from delta where is_open and asset_class = 'fx' and base_currency(asset_class, instrument) is not null
      group by 1, 2, 3
      having sum(n) <> 0 or coalesce(sum(part * quantity) filter (where not is_bought), 0) <> 0
        or coalesce(sum(part * quantity) filter (where is_bought), 0) <> 0
    ) d on e.counterparty = d.counterparty and e.currency = d.currency and e.settlement_date = d.settlement_date
    when matched and (e.trades + d.trades, e.pay + d.pay, e.receive + d.receive) = (0, 0, 0) then delete
    when matched then update set trades = e.trades + d.trades, pay = e.pay + d.pay, receive = e.receive + d.receive
    when not matched then insert values (d.counterparty, d.currency, d.settlement_date, d.trades, d.pay, d.receive)
    returning 1
  )
  merge into exposures e using (
    select * from (
      select counterparty, currency, settlement_date, sum(n) as trades,
        coalesce(sum(notional_usd) filter (where is_bought), 0) as bought_usd,
        coalesce(sum(notional_usd) filter (where not is_bought), 0) as sold_usd,
        coalesce(sum(part * notional_value) filter (where is_bought and has_principal), 0) as pay,
        coalesce(sum(part * notional_value) filter (where not is_bought and has_principal), 0) as receive,
        sum(total_fees) as fees_usd
      from delta where is_open group by 1, 2, 3) x
    where (trades, bought_usd, sold_usd, pay, receive, fees_usd) <> (0, 0, 0, 0, 0, 0)
  ) d on e.counterparty = d.counterparty and e.currency = d.currency and e.settlement_date = d.settlement_date
  when matched and (e.trades + d.trades, e.bought_usd + d.bought_usd, e.sold_usd + d.sold_usd, e.pay + d.pay,
    e.receive + d.receive, e.fees_usd + d.fees_usd) = (0, 0, 0, 0, 0, 0) then delete
  when matched then update set trades = e.trades + d.trades, bought_usd = e.bought_usd + d.bought_usd,
    sold_usd = e.sold_usd + d.sold_usd, pay = e.pay + d.pay, receive = e.receive + d.receive,
    fees_usd = e.fees_usd + d.fees_usd
  when not matched then insert (counterparty, currency, settlement_date, trades, bought_usd, sold_usd, pay, receive,
    fees_usd) values (d.counterparty, d.currency, d.settlement_date, d.trades, d.bought_usd, d.sold_usd, d.pay,
    d.receive, d.fees_usd);
end $$;

-- Trades that are there already.
create view exposures_recount as
  select counterparty, currency, settlement_date, count(*) as trades,
    coalesce(sum(notional_usd) filter (where side = 'buy'), 0) as bought_usd,
    coalesce(sum(notional_usd) filter (where side = 'sell'), 0) as sold_usd,
    coalesce(sum(notional_value * unsettled_part(quantity, settled_quantity))
      filter (where side = 'buy' and has_principal(asset_class, instrument)), 0) as pay,
    coalesce(sum(notional_value * unsettled_part(quantity, settled_quantity))
      filter (where side = 'sell' and has_principal(asset_class, instrument)), 0) as receive,
    sum(total_fees) as fees_usd
  from trades where stage not in ('settled', 'cancelled') group by 1, 2, 3;

create view exposure_bases_recount as
  select counterparty, base_currency(asset_class, instrument) as currency, settlement_date, count(*) as trades,
    coalesce(sum(quantity * unsettled_part(quantity, settled_quantity)) filter (where side = 'sell'), 0) as pay,
    coalesce(sum(quantity * unsettled_part(quantity, settled_quantity)) filter (where side = 'buy'), 0) as receive
  from trades
  where stage not in ('settled', 'cancelled') and base_currency(asset_class, instrument) is not null
  group by 1, 2, 3;

delete from exposures;
insert into exposures (counterparty, currency, settlement_date, trades, bought_usd, sold_usd, pay, receive, fees_usd)
select * from exposures_recount;
insert into exposure_bases select * from exposure_bases_recount;

-- The cash to come, by whom, in what and when.
create view settlement_ladder as
  select counterparty, currency, settlement_date as value_date, sum(pay) as pay, sum(receive) as receive
  from (
    select counterparty, currency, settlement_date, pay, receive from exposures
    union all select counterparty, 'USD', settlement_date, fees_usd, 0 from exposures
    union all select counterparty, currency, settlement_date, pay, receive from exposure_bases) cash
  group by 1, 2, 3 having (sum(pay), sum(receive)) <> (0, 0);

-- What may be open with a counterparty. Versions are never changed: the newest that is valid today is in force. Without
-- amounts there is no limit any more.
create table limits (
  counterparty text        not null,
  version      bigint      not null,
  measure      text        not null check (measure in ('gross', 'net')),  -- bought + sold, or |bought - sold|
  warn_usd     numeric     check (warn_usd > 0),
  breach_usd   numeric     check (breach_usd > 0),
  valid_from   date        not null,                      -- business date
  changed_by   text        not null,
  changed_at   timestamptz not null default now(),
  text         text,
  primary key (counterparty, version),
  check (warn_usd <= breach_usd),
  check ((warn_usd is null) = (breach_usd is null))
);

create trigger limits_append_only before update or delete on limits for each row execute function refuse_change();

create function limits_on(day date) returns setof limits language sql stable as $$
  select * from (
    select distinct on (counterparty) * from limits where valid_from <= day order by counterparty, version desc) newest
  where breach_usd is not null
$$;

-- Changes a limit: a new version, and its event. Raises BW409 if `expected_version` is not the newest one.
create function set_limit(whose text, expected_version bigint, by_measure text, warn numeric, breach numeric,
  day date, actor text, remark text)
returns limits language plpgsql as $$
declare
  l limits;
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.audit'));
  select coalesce(max(version), 0) into l.version from limits where counterparty = whose;
  if l.version <> expected_version then
    raise exception 'the limit of % is at version %, not %', whose, l.version, expected_version using errcode = 'BW409';
  end if;
  insert into limits values (whose, l.version + 1, by_measure, warn, breach, day, actor, now(), remark)
  returning * into l;
  insert into audit_events (kind, key, actor, text, details, at)
  values ('limit', whose || '/' || l.version, actor, remark, limit_details(l), l.changed_at);
  return l;
end $$;

-- All that a version of a limit says, as its event keeps it.
create function limit_details(l limits) returns jsonb language sql immutable as $$
  select jsonb_build_object('measure', l.measure, 'warn_usd', l.warn_usd::text, 'breach_usd', l.breach_usd::text,
    'valid_from', l.valid_from::text)
$$;

-- Versions of limits that are not what their event says.
create function broken_limits() returns table (counterparty text, version bigint) language sql stable as $$
  select coalesce(l.counterparty, regexp_replace(e.key, '/[0-9]+$', '')),
    coalesce(l.version, substring(e.key from '[0-9]+$')::bigint)
  from limits l full join (select * from audit_events where kind = 'limit') e
    on e.key = l.counterparty || '/' || l.version
  where l.version is null or e.id is null
    or (l.changed_by, l.changed_at, l.text, limit_details(l)) is distinct from (e.actor, e.at, e.text, e.details)
  order by 1, 2
$$;

-- What needs somebody's attention: one row from when it opens to when it closes, at most one open for each key. Whoever
-- tells people about it follows `version`, which grows with every change.
create table alerts (
  id         bigint      generated always as identity primary key,
  kind       text        not null,                        -- `limit`
  key        text        not null,                        -- of a limit: the counterparty
  severity   text        not null check (severity in ('warning', 'critical')),
  state      text        not null default 'open' check (state in ('open', 'closed')),
  version    bigint      not null default 1,
  opened_at  timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  closed_at  timestamptz,
  text       text        not null,
  details    jsonb       not null default '{}',
  check ((state = 'closed') = (closed_at is not null))
);

create unique index alerts_open   on alerts (kind, key) where state = 'open';
create index        alerts_newest on alerts (opened_at desc, id desc);

-- How much of each limit is used on a day, and how bad that is.
create function limit_use(day date) returns table (counterparty text, measure text, used_usd numeric, warn_usd numeric,
  breach_usd numeric, severity text)
language sql stable as $$
  select l.counterparty, l.measure, u.used_usd, l.warn_usd, l.breach_usd,
    case when u.used_usd >= l.breach_usd then 'critical' when u.used_usd >= l.warn_usd then 'warning' end
  from limits_on(day) l, lateral (
    select case l.measure when 'gross' then coalesce(sum(bought_usd + sold_usd), 0)
      else abs(coalesce(sum(bought_usd - sold_usd), 0)) end as used_usd
    from exposures e where e.counterparty = l.counterparty) u
$$;

-- Opens, raises, lowers and closes the alerts of limits as they are used now. Returns how many changed; nothing changes
-- when it is called again.
create function evaluate_limits(day date) returns bigint language plpgsql as $$
declare
  closed bigint;
  changed bigint;
begin
  if not exists (select from limits) then return 0; end if;
  update alerts a set state = 'closed', closed_at = clock_timestamp(), changed_at = clock_timestamp(),
    version = a.version + 1
  where a.kind = 'limit' and a.state = 'open'
    and not exists (select from limit_use(day) u where u.counterparty = a.key and u.severity is not null);
  get diagnostics closed = row_count;
  with use as (
    select u.*, format('%s is at %s of %s USD (%s)', u.counterparty, round(u.used_usd, 2), u.breach_usd, u.measure)
      as text,
      jsonb_build_object('measure', u.measure, 'used_usd', u.used_usd::text, 'warn_usd', u.warn_usd::text,
        'breach_usd', u.breach_usd::text) as details
    from limit_use(day) u where u.severity is not null
  )
  merge into alerts a using use u on a.kind = 'limit' and a.state = 'open' and a.key = u.counterparty
  when matched and (a.severity, a.details - 'used_usd') is distinct from (u.severity, u.details - 'used_usd') then
    update set severity = u.severity, text = u.text, details = u.details, version = a.version + 1,
      changed_at = clock_timestamp()
  when not matched then
    insert (kind, key, severity, text, details) values ('limit', u.counterparty, u.severity, u.text, u.details);
  get diagnostics changed = row_count;
  if closed + changed > 0 then
    insert into changes (trade_ids, break_ids) values ('{}', '{}');
  end if;
  return closed + changed;
end $$;
