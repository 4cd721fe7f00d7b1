-- What the page of the system asks of trades: those whose value date has passed and that are still open, by stage. Of
-- few values, so it is small; who settles leaves it. Without it every look would be a walk through all trades.
create index trades_unsettled on trades (settlement_date, stage) where stage not in ('settled', 'cancelled');
