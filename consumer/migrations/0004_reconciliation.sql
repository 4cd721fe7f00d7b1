-- Full reconciliation: what the street states beyond price and quantity, tolerances, and what a break was
-- measured against.

-- What an execution says of money, where it does; and how far it filled its order.
alter table executions
  add column brokerage_fee numeric,                       -- Commission (12)
  add column clearing_fee  numeric,                       -- MiscFeeAmt (137) of MiscFeeType (139) 7
  add column exchange_fee  numeric,                       -- the same of type 4
  add column cum_qty       numeric;                       -- CumQty (14); null where it is not stated

-- Fills of one order whose CumQty did not advance are found by it.
drop index executions_order;
create index executions_order on executions (order_id, cum_qty) where order_id is not null;

alter table pairs
  add column effective_date date,                         -- the execution whose values hold: the root itself,
  add column effective_id   text,                         -- or (null: no change) its newest correction
  add column shared         boolean not null default false, -- other pairs have its ExecID and day, or its CumQty
  add column book_repeats   text,                         -- the trade_id that this booking repeats
  add column street_repeats text,                         -- the exec_id that this execution repeats
  add column pass           smallint,                     -- 2 to 4: the booking states no ExecID and was found by
                                                          -- its order, by all it says, by all but one field
  add column candidates     jsonb,                        -- bookings that it might be: [{tradeId, differs}]
  add column block_key      text,                         -- the block that has this execution
  add column in_progress    boolean not null default false, -- a block for the sweep to look at
  alter column exec_id drop not null;                     -- a block has none; its key is & and the order

create index pairs_block       on pairs (block_key) where block_key is not null;
create index pairs_in_progress on pairs (pair_key) where in_progress;

-- Bookings that the sweep may pair by what they say.
create index trades_loose on trades (trade_date, booked_at)
  where exec_id is null and pair_key is null and stage <> 'cancelled';
create index trades_loose_new on trades (updated_at)
  where exec_id is null and pair_key is null and stage <> 'cancelled';

-- A cancelled booking is a side, too: its execution is not without a booking. What repeats another one waits for
-- nothing.
drop index pairs_without_book;
create index pairs_without_book on pairs (street_seen_at)
  where street_live and trade_id is null and missing is null and street_repeats is null and block_key is null;
drop index pairs_without_street;
create index pairs_without_street on pairs (book_seen_at)
  where book_live and broker is null and missing is null and book_repeats is null;

-- How far apart two amounts may be. Rows are never changed: a newer row of the same scope takes over from its
-- valid_from on, by trade date. The most specific scope wins: counterparty and asset class, counterparty, asset
-- class, any. A row without any of the three amounts ends its scope. The rule itself: shared/reconcile/tolerance.ts.
create table tolerances (
  id           bigint      generated always as identity primary key,
  valid_from   date        not null,                      -- the first trade date it is for
  field        text        not null check (field in ('price', 'average_price', 'quantity', 'brokerage_fee',
                             'clearing_fee', 'exchange_fee', 'total_fees')),
  asset_class  text        check (asset_class in ('equity', 'bond', 'derivative', 'fx', 'commodity')),
  counterparty text,
  absolute     numeric     check (absolute >= 0),         -- in units of the field
  percent      numeric     check (percent >= 0),          -- of the street's value
  ticks        numeric     check (ticks >= 0),            -- of the instrument; average_price: of its last decimal
  created_by   text        not null default 'system',
  created_at   timestamptz not null default now()
);

create index tolerances_scope on tolerances (field, valid_from);

insert into tolerances (valid_from, field, absolute, percent, ticks) values
  ('1970-01-01', 'price',         0,    0, 0),
  ('1970-01-01', 'average_price', 0,    0, 0.5),
  ('1970-01-01', 'quantity',      0,    0, 0),
  ('1970-01-01', 'brokerage_fee', 0.01, 0, 0),
  ('1970-01-01', 'clearing_fee',  0.01, 0, 0),
  ('1970-01-01', 'exchange_fee',  0.01, 0, 0),
  ('1970-01-01', 'total_fees',    0.01, 0, 0);

alter table breaks
  add column expected     text,                           -- our own view of the field, where we have one
  add column differs      text   check (differs in ('book', 'street', 'both')),  -- which side is not as expected
  add column tolerance_id bigint references tolerances (id);

-- What came late is recorded when it is over.
insert into break_actions values ('record', '{resolved}', 'resolved', true);

create function record_break(pair_key text, type text, trade_id text, exec_id text, counterparty text,
  notional_usd numeric, reason text)
returns bigint language plpgsql as $$
declare
  b breaks;
begin
  insert into breaks (pair_key, type, trade_id, exec_id, status, counterparty, notional_usd)
  values (record_break.pair_key, record_break.type, record_break.trade_id, record_break.exec_id, 'resolved',
    record_break.counterparty, record_break.notional_usd)
  on conflict on constraint breaks_pair_key_type_key do nothing
  returning * into b;
  if found then
    perform change_break(b.id, b.version, 'record', 'system', reason);
  end if;
  return b.id;
end $$;

-- Whether two compared values are the same: `98.40` and `98.4` are.
create function same_value(a text, b text) returns boolean language sql immutable as $$
  select case when a ~ '^-?[0-9]+([.][0-9]+)?$' and b ~ '^-?[0-9]+([.][0-9]+)?$' then a::numeric = b::numeric
    else a is not distinct from b end
$$;

drop function open_break(text, text, text, text, text, text, text, text, numeric);

-- Records that a pair differs. Opens the break, or updates an open one to new values, or reopens a closed
-- one: what a user closed when a compared value is no longer the one it was closed with, what closed by itself
-- always, since nobody accepted those values. A break that passes to another trade closes for the one and opens
-- for the other. Returns its id, or null if nothing changed.
create function open_break(pair_key text, type text, trade_id text, exec_id text, field text, book text,
  street text, counterparty text, notional_usd numeric, expected text default null, differs text default null,
  tolerance_id bigint default null)
returns bigint language plpgsql as $$
declare
  b breaks;
  action text;
begin
  select * into b from breaks x where x.pair_key = open_break.pair_key and x.type = open_break.type for update;
  if not found then
    insert into breaks (pair_key, type, trade_id, exec_id, status, field, book, street, counterparty,
      notional_usd, expected, differs, tolerance_id)
    values (open_break.pair_key, open_break.type, open_break.trade_id, open_break.exec_id, 'open',
      open_break.field, open_break.book, open_break.street, open_break.counterparty, open_break.notional_usd,
      open_break.expected, open_break.differs, open_break.tolerance_id)
    returning * into b;
    perform change_break(b.id, b.version, 'open', 'system', null);
    return b.id;
  end if;
  if b.closed_at is null and b.trade_id <> open_break.trade_id then
    b := change_break(b.id, b.version, 'close', 'system', 'another trade has it now');
  end if;
  if b.closed_at is null then
    if b.field is not distinct from open_break.field and same_value(b.book, open_break.book)
      and same_value(b.street, open_break.street) then
      -- Our own view may change by itself, and needs nobody's attention.
      update breaks x set expected = open_break.expected, differs = open_break.differs
      where x.id = b.id and (x.expected, x.differs) is distinct from (open_break.expected, open_break.differs);
      return null;
    end if;
    action := 'update';
  else
    if b.closed_by <> 'system' and b.field is not distinct from open_break.field
      and same_value(b.accepted_book, open_break.book) and same_value(b.accepted_street, open_break.street) then
      return null;
    end if;
    action := 'reopen';
  end if;
  update breaks x set field = open_break.field, book = open_break.book, street = open_break.street,
    trade_id = open_break.trade_id, exec_id = open_break.exec_id, counterparty = open_break.counterparty,
    notional_usd = open_break.notional_usd, expected = open_break.expected, differs = open_break.differs,
    tolerance_id = open_break.tolerance_id
  where x.id = b.id;
  perform change_break(b.id, b.version, action, 'system', null);
  return b.id;
end $$;

-- Ends a transaction that went by what another one has changed meanwhile; its caller runs it again.
create function start_again_if(stale boolean) returns void language plpgsql as $$
begin
  if stale then
    raise exception 'a booking was given another place meanwhile' using errcode = 'serialization_failure';
  end if;
end $$;
