-- The work on breaks: in which order, by when, and what was open when a day was signed off.

-- The worst first, as lists are ordered. The rule is that of shared/reconcile/severity.ts; a test holds the two together.
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

create index breaks_worst on breaks (severity, opened_at, id) where closed_at is null;
