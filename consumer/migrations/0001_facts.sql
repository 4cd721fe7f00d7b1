-- What the two streams said. Everything else in this schema can be recomputed from these tables.
-- Prices and amounts are plain numeric: the scale of the source is kept, `98.40625000` stays so.

-- One row per booked trade: its newest version. A record delivered twice lands on the row it already made,
-- and an older version never overwrites a newer one (`where excluded.version > trades.version`).
create table trades (
  trade_id         text        primary key,
  version          bigint      not null,
  event_type       text        not null check (event_type in ('booked', 'amended', 'status', 'cancelled')),
  exec_id          text,                                  -- the street's ExecID (17); null: not reconciled
  order_id         text,                                  -- our ClOrdID (11)
  asset_class      text        not null check (asset_class in ('equity', 'bond', 'derivative', 'fx', 'commodity')),
  instrument       text        not null,
  side             text        not null check (side in ('buy', 'sell')),
  quantity         numeric     not null,                  -- units; bond: face amount; FX: base currency
  price            numeric     not null,
  currency         text        not null,                  -- ISO 4217, of the notional
  notional_value   numeric     not null,
  notional_usd     numeric     not null,                  -- 2 decimals, at the reference rate
  counterparty     text        not null,
  stage            text        not null check (stage in
                     ('pending_confirmation', 'confirmed', 'settlement_pending', 'settled', 'cancelled')),
  status           text        not null check (status in
                     ('pending_confirmation', 'confirmed', 'settlement_pending', 'settled', 'cancelled', 'break')),
  reported_break   text,                                  -- what the source itself called a break
  settlement_venue text        not null,
  trade_date       date        not null,
  settlement_date  date        not null,
  brokerage_fee    numeric     not null,
  clearing_fee     numeric     not null,
  exchange_fee     numeric     not null,
  total_fees       numeric     not null,                  -- as sent, even when the three do not add up to it
  priority         text        not null,
  stp_eligible     boolean     not null,
  "timestamp"      timestamptz not null,                  -- of the newest version
  processed_by     text        not null,
  pair_key         text,                                  -- the pair this booking belongs to
  booked_at        timestamptz not null,                  -- earliest timestamp of any version: its minute in kpi_minute
  first_seen_at    timestamptz not null default now(),    -- our receipt
  updated_at       timestamptz not null default now()
);

create index trades_newest   on trades (booked_at desc, trade_id desc);
create index trades_updated  on trades (updated_at desc);
create index trades_day      on trades (trade_date, booked_at desc, trade_id desc);
create index trades_pair     on trades (pair_key) where pair_key is not null;
create index trades_order    on trades (order_id) where order_id is not null;
create index trades_reported on trades (trade_id) where reported_break is not null;

-- Every version ever accepted. The key makes a repeat harmless; the hash tells a repeat from a conflict.
create table trade_events (
  trade_id         text        not null,
  version          bigint      not null,
  event_type       text        not null,
  exec_id          text,
  order_id         text,
  asset_class      text        not null,
  instrument       text        not null,
  side             text        not null,
  quantity         numeric     not null,
  price            numeric     not null,
  currency         text        not null,
  notional_value   numeric     not null,
  notional_usd     numeric     not null,
  counterparty     text        not null,
  stage            text        not null,
  reported_break   text,
  settlement_venue text        not null,
  trade_date       date        not null,
  settlement_date  date        not null,
  brokerage_fee    numeric     not null,
  clearing_fee     numeric     not null,
  exchange_fee     numeric     not null,
  total_fees       numeric     not null,
  priority         text        not null,
  stp_eligible     boolean     not null,
  "timestamp"      timestamptz not null,
  processed_by     text        not null,
  content_hash     bytea       not null,                  -- SHA-256 of the canonical content
  anomaly          text,                                  -- a step that is not legal, as `from>to`; applied all the same
  recorded_at      timestamptz not null default now(),
  primary key (trade_id, version)
);

-- Raw FIX, byte for byte. The digest is part of the key so that a topic made anew, whose offsets start
-- again at 0, loses nothing.
create table fix_messages (
  topic           text        not null,
  partition       integer     not null,
  "offset"        bigint      not null,
  digest          bytea       not null,                   -- SHA-256 of raw
  raw             bytea       not null,
  begin_string    text        not null,                   -- BeginString (8)
  msg_type        text        not null,                   -- MsgType (35)
  sender_comp_id  text,                                   -- SenderCompID (49)
  target_comp_id  text,                                   -- TargetCompID (56)
  msg_seq_num     bigint,                                 -- MsgSeqNum (34)
  sending_time    timestamptz,                            -- SendingTime (52)
  cl_ord_id       text,                                   -- ClOrdID (11)
  orig_cl_ord_id  text,                                   -- OrigClOrdID (41): the order before in the chain
  order_id        text,                                   -- OrderID (37)
  exec_id         text,                                   -- ExecID (17)
  faults          text[],                                 -- what was wrong and kept under FIX_VALIDATION=lenient
  recorded_at     timestamptz not null default now(),
  primary key (topic, partition, "offset", digest)
);

create index fix_messages_exec  on fix_messages (exec_id) where exec_id is not null;
create index fix_messages_order on fix_messages (cl_ord_id) where cl_ord_id is not null;
create index fix_messages_chain on fix_messages (orig_cl_ord_id) where orig_cl_ord_id is not null;

-- One row per execution, correction or bust. The key is the street's own identity of an execution:
-- ExecID is unique for one broker on one trade date, and repeats beyond that.
create table executions (
  broker          text        not null,
  trade_date      date        not null,
  exec_id         text        not null,
  kind            text        not null check (kind in ('trade', 'correct', 'cancel')),
  exec_ref_id     text,                                   -- ExecRefID (19): what a correction or bust changes
  applied         boolean     not null,                   -- false: it waits for the execution it changes
  order_id        text,                                   -- the chain's first ClOrdID
  broker_order_id text,                                   -- OrderID (37)
  instrument      text        not null,
  side            text        not null,
  quantity        numeric     not null,                   -- LastQty (32)
  price           numeric     not null,                   -- LastPx (31)
  currency        text,
  counterparty    text        not null,
  settlement_date date,
  transact_time   timestamptz not null,                   -- TransactTime (60)
  recorded_at     timestamptz not null default now(),
  primary key (broker, trade_date, exec_id)
);

create index executions_exec  on executions (exec_id);
create index executions_refer on executions (broker, exec_ref_id) where exec_ref_id is not null;
create index executions_wait  on executions (recorded_at) where not applied;
create index executions_order on executions (order_id) where order_id is not null;

-- One row per order: the state with the highest (cum_qty, transact_time, msg_seq_num), whatever order the
-- messages came in.
create table orders (
  order_id        text        primary key,                -- the chain's first ClOrdID
  broker_order_id text,
  ord_status      text        not null,                   -- OrdStatus (39)
  instrument      text        not null,
  side            text        not null,
  order_qty       numeric,
  limit_price     numeric,
  cum_qty         numeric     not null,
  leaves_qty      numeric,
  avg_px          numeric,
  counterparty    text        not null,
  transact_time   timestamptz not null,
  msg_seq_num     bigint      not null,
  recorded_at     timestamptz not null default now()
);

-- Records that could not become facts, with the reason. Never lost, never blocking.
create table dead_letters (
  id          bigint      generated always as identity primary key,
  topic       text        not null,
  partition   integer     not null,
  "offset"    bigint      not null,
  digest      bytea       not null,                       -- SHA-256 of value
  key         bytea,
  value       bytea,                                      -- null: a tombstone
  code        text        not null,
  text        text        not null,
  status      text        not null default 'open' check (status in ('open', 'reingested', 'discarded')),
  recorded_at timestamptz not null default now(),
  unique (topic, partition, "offset", digest)
);

create index dead_letters_open on dead_letters (code) where status = 'open';

-- How far each consumer group has come, in the same transaction as the rows it wrote. The sweeper reads it
-- to know that a missing side is missing and not merely still in the topic.
create table ingest_progress (
  consumer_group text        not null,
  topic          text        not null,
  partition      integer     not null,
  next_offset    bigint      not null,                    -- the first offset not yet written
  end_offset     bigint      not null,                    -- the topic's end when last asked
  record_time    timestamptz,                             -- of the newest record written (LogAppendTime)
  updated_at     timestamptz not null default now(),      -- when the end was asked for
  primary key (consumer_group, topic, partition)
);

-- From Kafka append to commit, as counts per bucket: bounded however long it runs.
create table ingest_latency (
  minute   timestamptz not null,
  upto_ms  integer     not null,                          -- upper bound of the bucket
  records  bigint      not null,
  primary key (minute, upto_ms)
);
