-- What the board needs beside the aggregates: the newest orders, for the flow from orders to trades. They are found by
-- when they came in, which no later report of an order changes, so that its updates touch no index.
alter table orders add column received_at timestamptz not null default now();

create index orders_received on orders (received_at desc);
