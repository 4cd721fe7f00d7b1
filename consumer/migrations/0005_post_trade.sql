-- What was said after a trade: allocations, confirmations, trade captures, disputes. One row for each message that
-- says something new: the digest is of its content, so that a message sent twice lands on the row it already made.
-- `is_evidence`: a counterparty said it, else it is the fund's own intent or workflow. Amounts as stated; null: not.

create table allocations (
  counterparty       text        not null,
  alloc_id           text        not null,                -- AllocID (70), else AllocReportID (755)
  digest             bytea       not null,
  begin_string       text        not null,                -- a broker of FIX 4.2 confirms and affirms nothing
  msg_type           text        not null,                -- J, P, AS, AT
  is_evidence        boolean     not null,
  trans_type         text        not null,                -- AllocTransType (71)
  ref_alloc_id       text,                                -- RefAllocID (72)
  status             text,                                -- AllocStatus (87)
  reason             text,                                -- AllocRejCode (88), IndividualAllocRejCode (776)
  match_status       text,                                -- MatchStatus (573)
  said_at            timestamptz,
  text               text,
  order_ids          text[]      not null,                -- ClOrdIDs (11)
  exec_ids           text[]      not null,
  instrument         text,
  side               text,
  quantity           numeric,
  avg_px             numeric,
  trade_date         date,
  settlement_date    date,
  gross_amount       numeric,
  net_amount         numeric,
  accrued_interest   numeric,
  brokerage_fee      numeric,
  exchange_fee       numeric,
  clearing_fee       numeric,
  other_fees         jsonb,
  accounts           jsonb       not null,                -- [{account, quantity, terms}]
  allocated_quantity numeric,                             -- sum of the accounts; null: one has no quantity
  recorded_at        timestamptz not null default now(),
  primary key (counterparty, alloc_id, digest)
);

-- Nearly all name one order: an index of the array costs only those that name more.
create index allocations_order  on allocations ((order_ids[1]));
create index allocations_orders on allocations using gin (order_ids) where cardinality(order_ids) > 1;
create index allocations_alloc  on allocations (alloc_id);
create index allocations_refer  on allocations (ref_alloc_id) where ref_alloc_id is not null;

create table confirmations (
  counterparty     text        not null,
  confirm_id       text        not null,                  -- ConfirmID (664)
  digest           bytea       not null,
  kind             text        not null check (kind in ('confirmation', 'affirmation')),
  is_evidence      boolean     not null,
  trans_type       text,                                  -- ConfirmTransType (666); null: an answer
  ref_confirm_id   text,                                  -- ConfirmRefID (772)
  status           text        not null,                  -- ConfirmStatus (665), AffirmStatus (940)
  reason           text,                                  -- ConfirmRejReason (774)
  match_status     text,
  said_at          timestamptz,
  text             text,
  alloc_id         text,
  order_ids        text[]      not null,
  instrument       text,
  side             text,
  quantity         numeric,
  avg_px           numeric,
  account          text,
  trade_date       date,
  settlement_date  date,
  gross_amount     numeric,
  net_amount       numeric,
  accrued_interest numeric,
  brokerage_fee    numeric,
  exchange_fee     numeric,
  clearing_fee     numeric,
  other_fees       jsonb,
  recorded_at      timestamptz not null default now(),
  primary key (counterparty, confirm_id, digest)
);

create index confirmations_order   on confirmations ((order_ids[1]));
create index confirmations_orders  on confirmations using gin (order_ids) where cardinality(order_ids) > 1;
create index confirmations_alloc   on confirmations (alloc_id) where alloc_id is not null;
create index confirmations_confirm on confirmations (confirm_id);
create index confirmations_refer   on confirmations (ref_confirm_id) where ref_confirm_id is not null;

create table captures (
  counterparty     text        not null,
  report_id        text        not null,                  -- TradeReportID (571)
  digest           bytea       not null,
  msg_type         text        not null,                  -- AE, or AR: the answer to one
  is_evidence      boolean     not null,
  trans_type       text        not null,                  -- TradeReportTransType (487)
  report_ref_id    text,                                  -- TradeReportRefID (572)
  exec_id          text,
  trade_date       date,
  status           text,                                  -- TrdRptStatus (939)
  reason           text,                                  -- TradeReportRejectReason (751)
  match_status     text,
  said_at          timestamptz,
  text             text,
  settlement_date  date,
  gross_amount     numeric,
  net_amount       numeric,
  accrued_interest numeric,
  brokerage_fee    numeric,
  exchange_fee     numeric,
  clearing_fee     numeric,
  other_fees       jsonb,
  recorded_at      timestamptz not null default now(),
  primary key (counterparty, report_id, digest)
);

create index captures_exec on captures (exec_id) where exec_id is not null;

create table disputes (
  counterparty    text        not null,
  exec_id         text        not null,
  digest          bytea       not null,
  is_evidence     boolean     not null,                   -- the counterparty disputes, else the fund
  broker_order_id text        not null,                   -- OrderID (37)
  reason          text        not null,                   -- DKReason (127)
  said_at         timestamptz,
  text            text,
  recorded_at     timestamptz not null default now(),
  primary key (counterparty, exec_id, digest)
);

create index disputes_exec on disputes (exec_id);

-- Amounts of an execution beside the fees of `executions`, where its report states any.
create table execution_terms (
  broker           text  not null,
  trade_date       date  not null,
  exec_id          text  not null,
  gross_amount     numeric,                               -- GrossTradeAmt (381)
  net_amount       numeric,                               -- NetMoney (118)
  accrued_interest numeric,                               -- AccruedInterestAmt (159)
  other_fees       jsonb,                                 -- [{type, amount, currency}]: MiscFeeType (139)
  primary key (broker, trade_date, exec_id)
);

-- OrderCancelReject (9): the status that an order is back in, while no report of it is newer.
create table order_rejects (
  order_id      text        not null,                     -- OrigClOrdID (41), as in orders
  transact_time timestamptz not null,
  msg_seq_num   bigint      not null,
  ord_status    text        not null,                     -- OrdStatus (39)
  reason        text,                                     -- CxlRejReason (102)
  recorded_at   timestamptz not null default now(),
  primary key (order_id, transact_time, msg_seq_num)
);

-- A chain of replaced orders is climbed without reading all messages of each.
create index fix_messages_replaced on fix_messages (cl_ord_id) where orig_cl_ord_id is not null;

-- Orders, allocations, confirmations, executions and trades of which something new is known, for the sweep to look
-- at. Only ever appended to by writers and emptied by the sweep: two writers that bring related facts at the same
-- moment cannot see each other, and whoever sweeps after both sees both.
create table post_trade_due (
  kind text not null check (kind in ('order', 'alloc', 'confirm', 'exec')),
  id   text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- How far settlement has come, as the source says (null: it does not tell); the rate behind notional_usd; and what we
-- expect of the trade ourselves, by our own calendars.
alter table trade_events
  add column settlement_status        text check (settlement_status in
    ('instructed', 'matched', 'partially_settled', 'settled', 'failed')),
  add column settlement_reason        text,               -- ISO 20022 code, or a text
  add column settled_quantity         numeric,
  add column usd_rate                 numeric,            -- USD for one unit of currency
  add column usd_rate_as_of           date,               -- the day of the row of rates it is from
  add column expected_settlement_date date,               -- null: we do not know the market
  add column allocate_by              timestamptz,        -- null: the market has no cut-off
  add column affirm_by                timestamptz;

alter table trades
  add column settlement_status        text check (settlement_status in
    ('instructed', 'matched', 'partially_settled', 'settled', 'failed')),
  add column settlement_reason        text,
  add column settled_quantity         numeric,
  add column usd_rate                 numeric,
  add column usd_rate_as_of           date,
  add column expected_settlement_date date,
  add column allocate_by              timestamptz,
  add column affirm_by                timestamptz;

create index trades_failed on trades (trade_id) where settlement_status = 'failed';

-- How far each trade has come after its execution, as its allocations and confirmations say. Only trades of which
-- anything was said have a row. Derived by the sweep from the facts above, the same whatever order they came in.
create table post_trade_status (
  trade_id            text        primary key,
  order_id            text        not null,               -- the family of ClOrdIDs it was found by: its least one
  trade_date          date        not null,
  asset_class         text        not null,
  allocation_status   text        check (allocation_status in ('instructed', 'received', 'accepted', 'rejected')),
  allocation_reason   text,                               -- why it was rejected
  confirmation_status text        check (confirmation_status in ('received', 'confirmed', 'mismatched')),
  confirmation_reason text,
  affirmation_status  text        check (affirmation_status in ('unaffirmed', 'received', 'affirmed', 'rejected')),
  affirmation_reason  text,
  affirmed_at         timestamptz,                        -- when the last of its confirmations was
  affirm_by           timestamptz,                        -- of the trade: null where its market has no cut-off
  is_late             boolean     not null default false, -- affirmed after the cut-off
  -- A break waits until both topics are read past due_at and the grace period; `judged` are values it was judged by.
  due_at              timestamptz not null,               -- when the newest of its facts was recorded
  problem             text,                               -- of the allocation: the column that differs
  problem_book        text,
  problem_street      text,
  problem_judged      boolean     not null default false,
  unaffirmed_judged   boolean     not null default false,
  updated_at          timestamptz not null default now()
);

create index post_trade_status_order on post_trade_status (order_id);
create index post_trade_status_problem on post_trade_status (due_at) where problem is not null and not problem_judged;
create index post_trade_status_unaffirmed on post_trade_status (greatest(affirm_by, due_at))
  where affirmation_status in ('unaffirmed', 'received', 'rejected') and affirm_by is not null
    and not unaffirmed_judged;

-- The same counted, so that a board draws a day without reading its trades. Equals a recount at every commit.
create table kpi_post_trade (
  day                 date    not null,                   -- trade_date
  asset_class         text    not null,
  allocation_status   text    not null,                   -- 'none' where nothing was said
  confirmation_status text    not null,
  affirmation_status  text    not null,                   -- 'affirmed_late': after the cut-off
  trades              bigint  not null,
  primary key (day, asset_class, allocation_status, confirmation_status, affirmation_status)
);

-- Moves trades from one state to another, as count_trades does. Null: there was or is no row.
create function count_post_trade(before post_trade_status[], after post_trade_status[]) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('breakwater.kpi'));
  merge into kpi_post_trade k using (
    select trade_date as day, asset_class, coalesce(allocation_status, 'none') as allocation_status,
      coalesce(confirmation_status, 'none') as confirmation_status,
      case when is_late then 'affirmed_late' else coalesce(affirmation_status, 'none') end as affirmation_status,
      sum(n) as trades
    from (select -1 as n, b.* from unnest(before) b union all select 1, a.* from unnest(after) a) moved
    where trade_id is not null group by 1, 2, 3, 4, 5 having sum(n) <> 0
  ) d on k.day = d.day and k.asset_class = d.asset_class and k.allocation_status = d.allocation_status
    and k.confirmation_status = d.confirmation_status and k.affirmation_status = d.affirmation_status
  when matched and k.trades + d.trades = 0 then delete
  when matched then update set trades = k.trades + d.trades
  when not matched then insert values (d.day, d.asset_class, d.allocation_status, d.confirmation_status,
    d.affirmation_status, d.trades);
end $$;
