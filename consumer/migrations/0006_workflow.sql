-- The work on breaks: in which order, by when, and what was open when a day was signed off.

-- The worst first, as lists are ordered. The rule is that of shared/reconcile/severity.ts; a test holds the two
-- together.
create type severity as enum ('critical', 'high', 'medium', 'low');

create function break_severity(type text, notional_usd numeric) returns severity language sql immutable as $$
  select (array['low', 'medium', 'high', 'critical']::severity[])[1 + least(3, greatest(0,
    case when notional_usd is null then 1 when notional_usd >= 25000000 then 3 when notional_usd >= 5000000 then 2
      when notional_usd >= 500000 then 1 else 0 end
    + case when type in ('side', 'quantity', 'instrument', 'counterparty', 'currency', 'missing_book',
        'missing_street', 'duplicate', 'bust', 'settlement_fail') then 1
      when type in ('fees', 'late', 'reported') then -2 else 0 end))]
$$;

alter table breaks add column severity severity not null
  generated always as (break_severity(type, notional_usd)) stored;

create index breaks_worst  on breaks (severity, opened_at, id) where closed_at is null;
create index breaks_closed on breaks (closed_at) where closed_at is not null;
drop index breaks_owner;
create index breaks_owner  on breaks (lower(owner)) where closed_at is null and owner is not null;

-- As of 0003, but a name is the same person however it is capitalised.
create or replace function change_break(break_id bigint, expected_version bigint, action text, actor text, reason text,
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
  if action = 'approve' and lower(b.requested_by) = lower(actor) then
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

-- What named users decided besides the work on single breaks: days signed off, limits and tolerances changed.
-- Append-only and chained as `break_events` is. Sign-offs name the last event of that chain, too, so that neither can
-- be cut off before it.
create table audit_events (
  id        bigint      primary key,                      -- without gaps, in the order of the chain
  kind      text        not null check (kind in ('sign_off', 'limit', 'tolerance')),
  key       text        not null,                         -- the business date; the limit's or tolerance's id
  actor     text        not null,
  text      text,
  details   jsonb       not null default '{}',
  at        timestamptz not null default now(),
  prev_hash bytea       not null,
  hash      bytea       not null,
  unique (kind, key)
);

create function audit_event_text(e audit_events) returns text language sql stable as $$
  select jsonb_build_array(e.kind, e.key, e.actor, e.text, e.details,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
$$;

create function chain_audit_event() returns trigger language plpgsql as $$
declare
  last audit_events;
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.audit'));
  select * into last from audit_events order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.prev_hash := coalesce(last.hash, '\x');
  new.hash := sha256(new.prev_hash || convert_to(audit_event_text(new), 'UTF8'));
  return new;
end $$;

create trigger audit_events_chain before insert on audit_events for each row execute function chain_audit_event();
create trigger audit_events_append_only before update or delete on audit_events
  for each row execute function refuse_change();

-- The end of a business date: what was open when it was signed, and how it stood. Breaks go on, this does not.
create table sign_offs (
  business_date date        primary key,
  signed_by     text        not null,
  signed_at     timestamptz not null default now(),
  text          text,
  breaks        bigint      not null,                     -- open
  notional_usd  numeric     not null,                     -- of these; unknown values count nothing
  overdue       bigint      not null,                     -- of these
  opened        bigint      not null,                     -- since the business date before
  closed        bigint      not null,
  by_severity   jsonb       not null,                     -- {name: {breaks, notional_usd}}
  by_owner      jsonb       not null,
  digest        bytea       not null                      -- SHA-256 of the rows below
);

create table sign_off_breaks (
  business_date     date        not null references sign_offs (business_date),
  break_id          bigint      not null,
  version           bigint      not null,
  type              text        not null,
  status            text        not null,
  severity          severity    not null,
  trade_id          text        not null,
  counterparty      text,
  notional_usd      numeric,
  owner             text,
  book              text,
  street            text,
  opened_at         timestamptz not null,
  due_at            timestamptz,                          -- null: outside the calendars' years
  overdue           boolean,
  age_business_days integer,
  primary key (business_date, break_id)
);

create trigger sign_offs_append_only before update or delete on sign_offs
  for each row execute function refuse_change();
create trigger sign_off_breaks_append_only before update or delete on sign_off_breaks
  for each row execute function refuse_change();

create function sign_off_text(b sign_off_breaks) returns text language sql stable as $$
  select jsonb_build_array(b.break_id, b.version, b.type, b.status, b.severity, b.trade_id, b.counterparty,
    b.notional_usd::text, b.owner, b.book, b.street,
    to_char(b.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    to_char(b.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), b.overdue, b.age_business_days)::text
$$;

create function sign_off_digest(day date) returns bytea language sql stable as $$
  select sha256(convert_to(coalesce(string_agg(sign_off_text(b), E'\n' order by b.break_id), ''), 'UTF8'))
  from sign_off_breaks b where b.business_date = day
$$;

-- All that a sign-off says, as its event keeps it.
create function sign_off_details(s sign_offs) returns jsonb language sql stable as $$
  select jsonb_build_object('breaks', s.breaks, 'notional_usd', s.notional_usd::text, 'overdue', s.overdue,
    'opened', s.opened, 'closed', s.closed, 'by_severity', s.by_severity, 'by_owner', s.by_owner,
    'digest', encode(s.digest, 'hex'))
$$;

-- Signs a business date off. The caller holds the lock `breakwater.audit`, under which no break changes, since it read
-- what is open; `clocks` has what the calendar says of each of these: id, due_at, overdue, age_business_days. `since`
-- and `until` are where the date begins and ends. Raises BW409 if the date is signed.
create function sign_off(day date, actor text, remark text, since timestamptz, until timestamptz, clocks jsonb)
returns sign_offs language plpgsql as $$
declare
  s sign_offs;
  last break_events;
begin
  if exists (select from sign_offs where business_date = day) then
    raise exception '% is signed off', day using errcode = 'BW409';
  end if;
  select day, actor, now(), remark, count(*), coalesce(sum(b.notional_usd), 0), count(*) filter (where c.overdue),
      (select count(*) from breaks o where o.opened_at >= since and o.opened_at < until),
      (select count(*) from breaks o where o.closed_at >= since and o.closed_at < until),
      '{}', '{}', ''
    into s
    from jsonb_to_recordset(clocks) as c(id bigint, overdue boolean) join breaks b using (id);
  select coalesce(jsonb_object_agg(name, tally), '{}') into s.by_severity from (
    select b.severity as name, jsonb_build_object('breaks', count(*),
      'notional_usd', coalesce(sum(b.notional_usd), 0)::text) as tally
    from jsonb_to_recordset(clocks) as c(id bigint) join breaks b using (id) group by 1) x;
  select coalesce(jsonb_object_agg(name, tally), '{}') into s.by_owner from (
    select coalesce(b.owner, '') as name, jsonb_build_object('breaks', count(*),
      'notional_usd', coalesce(sum(b.notional_usd), 0)::text) as tally
    from jsonb_to_recordset(clocks) as c(id bigint) join breaks b using (id) group by 1) x;
  select sha256(convert_to(coalesce(string_agg(sign_off_text(row(day, b.id, b.version, b.type, b.status, b.severity,
      b.trade_id, b.counterparty, b.notional_usd, b.owner, b.book, b.street, b.opened_at, c.due_at, c.overdue,
      c.age_business_days)::sign_off_breaks), E'\n' order by b.id), ''), 'UTF8'))
    into s.digest
    from jsonb_to_recordset(clocks) as c(id bigint, due_at timestamptz, overdue boolean, age_business_days integer)
      join breaks b using (id);
  insert into sign_offs select s.*;
  insert into sign_off_breaks
  select day, b.id, b.version, b.type, b.status, b.severity, b.trade_id, b.counterparty, b.notional_usd, b.owner,
    b.book, b.street, b.opened_at, c.due_at, c.overdue, c.age_business_days
  from jsonb_to_recordset(clocks) as c(id bigint, due_at timestamptz, overdue boolean, age_business_days integer)
    join breaks b using (id);
  select * into last from break_events order by id desc limit 1;
  insert into audit_events (kind, key, actor, text, details, at)
  values ('sign_off', day::text, actor, remark, sign_off_details(s)
    || jsonb_build_object('break_event', last.id, 'break_hash', encode(last.hash, 'hex')), s.signed_at);
  return s;
end $$;

-- Rows of the chain that do not follow from the row before them; no row: it is whole.
create function broken_audit_events() returns setof audit_events language sql stable as $$
  select e.* from (
    select x as e, lag(x.hash, 1, '\x'::bytea) over (order by x.id) as want from audit_events x
  ) c, lateral (select (c.e).*) e
  where e.prev_hash <> c.want
    or e.hash <> sha256(e.prev_hash || convert_to(audit_event_text(c.e), 'UTF8'))
  order by e.id
$$;

-- Business dates whose sign-off is not what its event says, with the reason.
create function broken_sign_offs() returns table (business_date text, problem text) language sql stable as $$
  select coalesce(s.business_date::text, e.key), case
    when e.id is null then 'has no event'
    when s.business_date is null then 'was removed'
    when (s.signed_by, s.signed_at, s.text) is distinct from (e.actor, e.at, e.text)
      or not e.details @> sign_off_details(s) then 'says something else than its event'
    when sign_off_digest(s.business_date) <> s.digest then 'has breaks that were altered, removed or inserted'
    else 'was signed on a log of breaks that was another one' end
  from sign_offs s full join (select * from audit_events where kind = 'sign_off') e on e.key = s.business_date::text
  where s.business_date is null or e.id is null
    or (s.signed_by, s.signed_at, s.text) is distinct from (e.actor, e.at, e.text)
    or not e.details @> sign_off_details(s)
    or sign_off_digest(s.business_date) <> s.digest
    or (e.details->>'break_event' is not null and not exists (select from break_events b
      where b.id = (e.details->>'break_event')::bigint and encode(b.hash, 'hex') = e.details->>'break_hash'))
  order by 1
$$;

-- Tolerances are changed by named users, too: each version has its event, the first ones by the system.
create trigger tolerances_append_only before update or delete on tolerances
  for each row execute function refuse_change();

-- All that a version of a tolerance says, as its event keeps it.
create function tolerance_details(t tolerances) returns jsonb language sql immutable as $$
  select jsonb_build_object('field', t.field, 'asset_class', t.asset_class, 'counterparty', t.counterparty,
    'absolute', t.absolute::text, 'percent', t.percent::text, 'ticks', t.ticks::text,
    'valid_from', t.valid_from::text)
$$;

insert into audit_events (kind, key, actor, text, details, at)
select 'tolerance', t.id::text, t.created_by, null, tolerance_details(t), t.created_at from tolerances t order by t.id;

-- The newest version of a scope, whenever it is valid from.
create function newest_tolerance(of_field text, of_asset_class text, of_counterparty text) returns bigint
language sql stable as $$
  select max(id) from tolerances where field = of_field and asset_class is not distinct from of_asset_class
    and counterparty is not distinct from of_counterparty
$$;

-- Changes a tolerance: a new version of its scope, and its event. Raises BW409 if `replaces` (null: none) is not the
-- newest version of the scope.
create function set_tolerance(change jsonb, replaces bigint, actor text, remark text)
returns tolerances language plpgsql as $$
declare
  t tolerances;
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.audit'));
  t := jsonb_populate_record(null::tolerances, change);
  if newest_tolerance(t.field, t.asset_class, t.counterparty) is distinct from replaces then
    raise exception 'the newest version of this scope is not %', coalesce(replaces::text, 'none')
      using errcode = 'BW409';
  end if;
  insert into tolerances (valid_from, field, asset_class, counterparty, absolute, percent, ticks, created_by)
  values (t.valid_from, t.field, t.asset_class, t.counterparty, t.absolute, t.percent, t.ticks, actor)
  returning * into t;
  insert into audit_events (kind, key, actor, text, details, at)
  values ('tolerance', t.id::text, actor, remark, tolerance_details(t), t.created_at);
  return t;
end $$;

-- Versions of tolerances that are not what their event says.
create function broken_tolerances() returns table (id bigint) language sql stable as $$
  select coalesce(t.id, e.key::bigint)
  from tolerances t full join (select * from audit_events where kind = 'tolerance') e on e.key = t.id::text
  where t.id is null or e.id is null
    or (t.created_by, t.created_at, tolerance_details(t)) is distinct from (e.actor, e.at, e.details)
  order by 1
$$;
