/**
 * What must hold at every commit, asked of the tables themselves: each aggregate equals a recount of the trades,
 * each status follows its breaks, and a replay leaves nothing behind.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Database } from "../shared/platform/postgres.ts";

/** Each pair of queries must give the same rows. The first is what is kept, the second a recount. */
const RECOUNTS: { name: string; kept: string; recount: string }[] = [
  {
    name: "kpi_day",
    kept: `select day, asset_class, counterparty, status, trades, notional_usd, brokerage_fee, clearing_fee,
      exchange_fee, total_fees from kpi_day`,
    recount: `select trade_date, asset_class, counterparty, status, count(*), sum(notional_usd),
      sum(brokerage_fee), sum(clearing_fee), sum(exchange_fee), sum(total_fees) from trades group by 1, 2, 3, 4`,
  },
  {
    name: "kpi_minute",
    kept: "select minute, asset_class, status, trades, notional_usd from kpi_minute",
    recount:
      `select date_trunc('minute', e.booked_at, 'UTC'), asset_class, status, count(*), sum(notional_usd)
      from trades join (select trade_id, min("timestamp") as booked_at from trade_events group by 1) e
      using (trade_id) group by 1, 2, 3`,
  },
  {
    name: "kpi_venue",
    kept: "select day, settlement_venue, side, status, trades, notional_usd from kpi_venue",
    recount: `select trade_date, settlement_venue, side, status, count(*), sum(notional_usd) from trades
      group by 1, 2, 3, 4`,
  },
  {
    name: "exposures",
    kept: "select counterparty, currency, settlement_date, trades, bought_usd, sold_usd from exposures",
    recount: `select counterparty, currency, settlement_date, count(*),
      coalesce(sum(notional_usd) filter (where side = 'buy'), 0),
      coalesce(sum(notional_usd) filter (where side = 'sell'), 0)
      from trades where stage not in ('settled', 'cancelled') group by 1, 2, 3`,
  },
  { name: "exposures (cash)", kept: "table exposures", recount: "table exposures_recount" },
  { name: "exposure_bases", kept: "table exposure_bases", recount: "table exposure_bases_recount" },
  {
    name: "kpi_messages",
    kept: "select msg_type, messages from kpi_messages",
    recount: "select msg_type, count(*) from fix_messages group by 1",
  },
  {
    name: "kpi_post_trade",
    kept: `select day, asset_class, allocation_status, confirmation_status, affirmation_status, trades
      from kpi_post_trade`,
    recount:
      `select trade_date, asset_class, coalesce(allocation_status, 'none'), coalesce(confirmation_status, 'none'),
      case when is_late then 'affirmed_late' else coalesce(affirmation_status, 'none') end, count(*)
      from post_trade_status group by 1, 2, 3, 4, 5`,
  },
  {
    name: "trades.status",
    kept: "select trade_id, status from trades",
    recount: `select trade_id, case when exists (select from breaks b where b.trade_id = t.trade_id
      and b.status not in ('resolved', 'written_off')) then 'break' else stage end from trades t`,
  },
  {
    name: "trades (the newest version)",
    kept:
      `select trade_id, version, quantity, price, notional_value, total_fees, stage, counterparty from trades`,
    recount:
      `select distinct on (trade_id) trade_id, version, quantity, price, notional_value, total_fees, stage,
      counterparty from trade_events order by trade_id, version desc`,
  },
  {
    name: "pairs (the place of each booking)",
    kept: "select pair_key, trade_id from pairs where trade_id is not null",
    recount: "select pair_key, trade_id from pairs p join trades t using (trade_id, pair_key)",
  },
  {
    name: "break_events (the newest event)",
    kept: "select id, version, status from breaks",
    recount: `select distinct on (break_id) break_id, version, to_status from break_events
      order by break_id, version desc`,
  },
];

/** Holds every derived row against a recount of what it derives from. */
export async function assertRecounts(database: Database): Promise<void> {
  for (const { name, kept, recount } of RECOUNTS) {
    const wrong = await database.query(`with kept as (${kept}), recount as (${recount}), wrong as (
      (select 'kept' as by, * from (table kept except all table recount) a)
      union all (select 'recount', * from (table recount except all table kept) b))
      select * from wrong limit 6`);
    assert.deepEqual(wrong, [], `${name} is no longer what its rows add up to`);
  }
}

/** One digest for each table, `ingest_progress` left out: it alone may change when a topic is read again. */
export async function fingerprint(database: Database): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname <> 'ingest_progress' order by relname`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.query<{ digest: string }>(
      `select count(*) || ' rows ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest
        from ${name} t`,
    );
    digests[name] = row!.digest;
  }
  return digests;
}
