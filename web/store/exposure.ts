/**
 * Loads what is open with whom: notional and limits by counterparty, and the cash to come by date and currency.
 *
 * @module
 */

import type { Database } from "../../shared/platform/postgres.ts";

/** Unset fields do not filter; dates are value dates, inclusive. */
export interface ExposureFilter {
  readonly counterparty?: string | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Notional {
  readonly trades: number;
  readonly bought_usd: string;
  readonly sold_usd: string;
  /** Bought and sold together. */
  readonly gross_usd: string;
  /** Bought less sold. */
  readonly net_usd: string;
}

export interface CounterpartyExposure extends Notional {
  readonly counterparty: string;
  /** Of the limit; null where there is none. It counts all that is open, whatever the filter. */
  readonly measure: "gross" | "net" | null;
  readonly used_usd: string | null;
  readonly warn_usd: string | null;
  readonly breach_usd: string | null;
  /** Fraction of `breach_usd`, for a bar. */
  readonly use: number | null;
  readonly state: "none" | "ok" | "warn" | "breach";
  /** Of the open alert, which follows by a second or two. */
  readonly alert_id: number | null;
}

export interface Position extends Notional {
  readonly counterparty: string;
  readonly currency: string;
  readonly value_date: string;
}

/** Cash of one counterparty in one currency on one date. */
export interface Cash {
  readonly counterparty: string;
  readonly currency: string;
  readonly value_date: string;
  readonly pay: string;
  readonly receive: string;
}

export interface Exposure {
  readonly counterparties: readonly CounterpartyExposure[];
  readonly positions: readonly Position[];
  readonly cash: readonly Cash[];
}

// Each statement gets the same parameters; one that it does not need is named all the same.
const WHERE =
  `where $1::date is not null and ($2::text is null or e.counterparty = $2) and ($3::text is null or e.currency = $3)
  and ($4::date is null or e.settlement_date >= $4::date) and ($5::date is null or e.settlement_date <= $5::date)`;

const NOTIONAL =
  `sum(e.trades)::float8 as trades, sum(e.bought_usd) as bought_usd, sum(e.sold_usd) as sold_usd,
  sum(e.bought_usd + e.sold_usd) as gross_usd, sum(e.bought_usd - e.sold_usd) as net_usd`;

/** A counterparty with a limit and nothing open is listed, too. */
const COUNTERPARTIES = `
  select counterparty, coalesce(x.trades, 0)::float8 as trades, coalesce(x.bought_usd, 0) as bought_usd,
    coalesce(x.sold_usd, 0) as sold_usd, coalesce(x.gross_usd, 0) as gross_usd, coalesce(x.net_usd, 0) as net_usd,
    u.measure, u.used_usd, u.warn_usd, u.breach_usd, round(u.used_usd / u.breach_usd, 6)::float8 as use,
    case when u.breach_usd is null then 'none' when u.severity = 'critical' then 'breach'
      when u.severity = 'warning' then 'warn' else 'ok' end as state, a.id::float8 as alert_id
  from (select e.counterparty, ${NOTIONAL} from exposures e ${WHERE} group by 1) x
    full join (select * from limit_use($1::date) where $2::text is null or counterparty = $2) u using (counterparty)
    left join alerts a on a.kind = 'limit' and a.state = 'open' and a.key = counterparty
  order by coalesce(round(u.used_usd / u.breach_usd, 6), 0) desc, coalesce(x.gross_usd, 0) desc, counterparty
  limit $6`;

const POSITIONS = `
  select e.counterparty, e.currency, e.settlement_date as value_date, ${NOTIONAL}
  from exposures e ${WHERE} group by 1, 2, 3 order by 3, 1, 2 limit $6`;

const CASH = `
  select counterparty, currency, value_date, pay, receive from settlement_ladder
  where $1::date is not null and ($2::text is null or counterparty = $2) and ($3::text is null or currency = $3)
    and ($4::date is null or value_date >= $4::date) and ($5::date is null or value_date <= $5::date)
  order by value_date, currency, counterparty limit $6`;

/**
 * All of it as of one moment.
 *
 * @param date The business date that limits are in force on.
 */
export async function loadExposure(
  database: Database,
  { counterparty, currency, from, to }: ExposureFilter,
  { date, rowsMax }: { readonly date: string; readonly rowsMax: number },
): Promise<Exposure> {
  const params = [date, counterparty ?? null, currency ?? null, from ?? null, to ?? null, rowsMax];
  return await database.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read read only");
    return {
      counterparties: await tx.query<CounterpartyExposure & Record<string, unknown>>(COUNTERPARTIES, params),
      positions: await tx.query<Position & Record<string, unknown>>(POSITIONS, params),
      cash: await tx.query<Cash & Record<string, unknown>>(CASH, params),
    };
  });
}
