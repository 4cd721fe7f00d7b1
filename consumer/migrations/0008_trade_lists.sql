-- What the lists of trades need to be read a page at a time in every order they offer, and by every filter: an index
-- that has the rows in the list's order, so that a page costs a page, wherever it is (`web/components/trades/sorts.ts`).
-- Each costs the consumer a write for every version of a trade, so there are no more of them than orders and filters
-- need: a filter that leaves much is a walk along `trades_newest`, one that leaves nothing is told by the aggregates.

create index trades_counterparty on trades (counterparty, booked_at desc, trade_id desc);
create index trades_instrument   on trades (instrument, booked_at desc, trade_id desc);
create index trades_notional     on trades (asset_class, notional_usd desc, trade_id desc);

-- Few combinations exist, so that a venue alone is found by skipping from class to class.
create index trades_venue on trades (asset_class, settlement_venue, booked_at desc, trade_id desc);

-- The states that few trades are in for long.
create index trades_exceptions on trades (status, booked_at desc, trade_id desc)
  where status in ('break', 'cancelled');

-- Trades lie on disk much as they were booked, so that a settlement date is found in a few stretches of it; this index
-- is some kilobytes and costs a write now and then.
create index trades_settles on trades using brin (settlement_date) with (pages_per_range = 32, autosummarize = on);
