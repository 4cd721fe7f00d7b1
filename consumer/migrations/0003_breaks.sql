-- Pairs, and the breaks between their two sides.
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
  street_live       boolean     not null default false,   -- false when absent or busted
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
  where street_live and not book_live and missing is null;
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
  owner           text,
  root_cause      text,
  responsible     text        check (responsible in ('us', 'broker', 'custodian', 'venue')),
  requested_action text       check (requested_action in ('write-off', 'force-match')),
  requested_by    text,                                   -- someone else must approve it
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
create index breaks_owner      on breaks (owner) where closed_at is null and owner is not null;

-- What happened to a break, append-only. Each event's hash covers the hash before it, so a row that is altered,
-- removed or inserted breaks the chain there.
create table break_events (
  id          bigint      primary key,                    -- without gaps, in the order of the chain
  break_id    bigint      not null references breaks (id),
  version     bigint      not null,
  action      text        not null,
  actor       text        not null,
  text        text,
  from_status text        not null,
  to_status   text        not null,
  book        text,
  street      text,
  details     jsonb       not null default '{}',
  at          timestamptz not null default now(),
  prev_hash   bytea       not null,
  hash        bytea       not null,
  unique (break_id, version)
);

-- The content of an event as one text, in one form wherever it is computed.
create function break_event_text(e break_events) returns text language sql stable as $$
  select jsonb_build_array(e.break_id, e.version, e.action, e.actor, e.text, e.from_status, e.to_status, e.book,
    e.street, e.details, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
$$;

-- The id is given under the lock, too: two writers would else take ids in another order than their links.
create function chain_break_event() returns trigger language plpgsql as $$
declare
  last break_events;
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.audit'));
  select * into last from break_events order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.prev_hash := coalesce(last.hash, '\x');
  new.hash := sha256(new.prev_hash || convert_to(break_event_text(new), 'UTF8'));
  return new;
end $$;

create trigger break_events_chain before insert on break_events for each row execute function chain_break_event();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'BW403';
end $$;

create trigger break_events_append_only before update or delete on break_events
  for each row execute function refuse_change();

-- What each action does: the statuses it may start from and where it leads (null: the status stays).
-- One table for the function, the API and the documents.
create table break_actions (
  action      text    primary key,
  from_status text[]  not null,
  to_status   text,
  by_system   boolean not null default false
);

insert into break_actions values
  ('open',        '{open}',                                               'open',             true),
  ('update',      '{open,assigned,in_review}',                            null,               true),
  ('close',       '{open,assigned,in_review,pending_approval}',           'resolved',         true),
  ('assign',      '{open,assigned,in_review}',                            'assigned',         false),
  ('comment',     '{open,assigned,in_review,pending_approval,resolved,written_off}', null,    false),
  ('review',      '{open,assigned}',                                      'in_review',        false),
  ('resolve',     '{open,assigned,in_review}',                            'resolved',         false),
  ('write-off',   '{open,assigned,in_review}',                            'pending_approval', false),
  ('force-match', '{open,assigned,in_review}',                            'pending_approval', false),
  ('approve',     '{pending_approval}',                                   null,               false),
  ('reject',      '{pending_approval}',                                   'in_review',        false),
  ('reopen',      '{resolved,written_off}',                               'open',             false);

-- Every change of a break, by sweep or user, goes through here: the break, its event, the trade's status and
-- the aggregates move together. The caller's transaction holds the lock of the pair or takes it here.
--
-- `details` may name owner, root_cause, responsible. A write-off and a forced match wait for a second person;
-- values that change while they wait void the request. Returns the break as it now is. Raises
--   P0002  no such break
--   BW409  the break is no longer at `expected_version`
--   BW422  the action does not exist, does not fit the status, or a detail is wrong
--   BW403  the second person is the first
create function change_break(break_id bigint, expected_version bigint, action text, actor text, reason text,
  details jsonb default '{}')
returns breaks language plpgsql as $$
declare
  b breaks;
  step break_actions;
  was text;
  moved record;
begin
  perform 1 from pairs p join breaks x on x.pair_key = p.pair_key where x.id = break_id for update of p;
  perform 1 from trades t join breaks x on x.trade_id = t.trade_id where x.id = break_id for update of t;
  select * into b from breaks where id = break_id for update;
  if not found then
    raise exception 'there is no break %', break_id using errcode = 'no_data_found';
  end if;
  if b.version <> expected_version then
    raise exception 'break % is at version %, not %', break_id, b.version, expected_version using errcode = 'BW409';
  end if;
  was := b.status;
  select * into step from break_actions s where s.action = change_break.action;
  if not found then
    raise exception 'there is no action %', action using errcode = 'BW422';
  end if;
  if step.by_system and actor <> 'system' then
    raise exception '% is for the system alone', action using errcode = 'BW422';
  end if;
  if action = 'update' and b.status = 'pending_approval' then
    b.status := 'in_review';
  elsif not b.status = any (step.from_status) then
    raise exception 'cannot % a break that is %', action, b.status using errcode = 'BW422';
  end if;
  if action = 'approve' and b.requested_by = actor then
    raise exception '% asked for this %; someone else must approve it', actor, b.requested_action
      using errcode = 'BW403';
  end if;
  if action = 'comment' and coalesce(reason, '') = '' then
    raise exception 'a comment needs a text' using errcode = 'BW422';
  end if;

  b.status := case
    when action = 'approve' then case b.requested_action when 'write-off' then 'written_off' else 'resolved' end
    else coalesce(step.to_status, b.status) end;
  b.owner := case action when 'assign' then coalesce(details->>'owner', actor)
    when 'review' then coalesce(b.owner, actor) else b.owner end;
  b.root_cause := coalesce(details->>'root_cause', b.root_cause);
  b.responsible := coalesce(details->>'responsible', b.responsible);
  if b.responsible not in ('us', 'broker', 'custodian', 'venue') then
    raise exception 'responsible is us, broker, custodian or venue, not %', b.responsible using errcode = 'BW422';
  end if;
  if action in ('write-off', 'force-match') then
    b.requested_action := action; b.requested_by := actor;
  elsif b.status <> 'pending_approval' and action <> 'approve' then
    b.requested_action := null; b.requested_by := null;
  end if;
  if b.status in ('resolved', 'written_off') and b.closed_at is null then
    b.closed_at := now(); b.closed_by := actor; b.reason := coalesce(reason, b.reason);
    b.accepted_book := b.book; b.accepted_street := b.street;
  elsif b.status = 'open' and action in ('open', 'reopen') then
    b.opened_at := now(); b.closed_at := null; b.closed_by := null; b.reason := null;
  end if;
  b.version := b.version + 1;

  update breaks set status = b.status, owner = b.owner, root_cause = b.root_cause, responsible = b.responsible,
    requested_action = b.requested_action, requested_by = b.requested_by, opened_at = b.opened_at,
    closed_at = b.closed_at, closed_by = b.closed_by, reason = b.reason, accepted_book = b.accepted_book,
    accepted_street = b.accepted_street, version = b.version
  where id = break_id;
  insert into break_events (break_id, version, action, actor, text, from_status, to_status, book, street, details)
  values (b.id, b.version, action, actor, reason, was, b.status, b.book, b.street, details);

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
-- one: what a user closed when a compared value is no longer the one it was closed with, what closed by itself
-- always, since nobody accepted those values. Returns its id, or null if nothing changed.
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
    if b.closed_by <> 'system'
      and (b.accepted_book, b.accepted_street) is not distinct from (open_break.book, open_break.street) then
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

-- Rows of the log that do not follow from the row before them, in order; no row: the chain is whole.
create function broken_break_events() returns setof break_events language sql stable as $$
  select e.* from (
    select x as e, lag(x.hash, 1, '\x'::bytea) over (order by x.id) as want from break_events x
  ) c, lateral (select (c.e).*) e
  where e.prev_hash <> c.want
    or e.hash <> sha256(e.prev_hash || convert_to(break_event_text(c.e), 'UTF8'))
  order by e.id
$$;
