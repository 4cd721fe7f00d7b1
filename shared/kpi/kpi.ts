/**
 * What the server streams and the board draws. Counts are numbers, amounts decimal text in USD unless said
 * otherwise; `number` amounts exist only inside a chart.
 *
 * @module
 */

/** Trades and their notional under one name. */
export interface Tally {
  readonly trades: number;
  /** USD, decimal text. */
  readonly notional: string;
}

export interface Fees {
  readonly brokerage: string;
  readonly clearing: string;
  readonly exchange: string;
  readonly total: string;
}

/** Bought from and sold to one counterparty and not yet settled, USD. */
export interface Exposure {
  readonly trades: number;
  readonly bought: string;
  readonly sold: string;
}

/** Trades booked in one bucket of the window, a minute where the window does not say otherwise. */
export interface Minute {
  /** Its start, `2026-11-23T14:30:00Z`. */
  readonly minute: string;
  readonly trades: number;
  readonly notional: string;
  /** Of `trades`, how many have an open break now. */
  readonly broken: number;
  readonly byAssetClass: Readonly<Record<string, number>>;
}

/** The key figures of a scope at one instant: the answer of `/api/v1/kpis` and the event `kpi` of the stream. */
export interface Kpi {
  /** The database's clock when it was asked, `2026-11-23T14:30:05.125Z`. */
  readonly asOf: string;
  /** Trade dates, inclusive; null: no bound. */
  readonly scope: { readonly from: string | null; readonly to: string | null; readonly currency: "USD" };
  /** Cancelled trades are stored and count nowhere here. */
  readonly trades: number;
  readonly notional: string;
  readonly fees: Fees;
  readonly byStatus: Readonly<Record<string, Tally>>;
  readonly byAssetClass: Readonly<Record<string, Tally>>;
  readonly byCounterparty: Readonly<Record<string, Tally>>;
  readonly byVenue: Readonly<Record<string, Tally>>;
  readonly bySide: Readonly<Record<string, Tally>>;
  readonly breaks: {
    readonly open: number;
    readonly byType: Readonly<Record<string, number>>;
    readonly byCounterparty: Readonly<Record<string, number>>;
    /** Notional of the trades with an open break, USD. */
    readonly notional: string;
    /** When the oldest open break was opened. */
    readonly oldest: string | null;
    /** Trades with an open break / trades; 0 when there are none. */
    readonly rate: number;
  };
  /** Of every trade, whatever the scope. */
  readonly exposure: Readonly<Record<string, Exposure>>;
  readonly fixMessages: number;
  readonly deadLetters: number;
  /** Trades booked in the 60 seconds before `asOf`. */
  readonly perMinute: number;
  /** Records that are in the topics and not yet in the database, as the consumers last reported. */
  readonly lag: number;
  /** From Kafka append to commit, over the last five minutes; null: nothing came in. */
  readonly latencyMs: { readonly p50: number | null; readonly p99: number | null };
  /** Which topics have ever carried a message, and when a consumer last reported. */
  readonly feeds: { readonly book: boolean; readonly street: boolean; readonly seenAt: string | null };
  /** The first and the last bucket that the charts over time show, and how long a bucket is. */
  readonly window: { readonly from: string; readonly to: string; readonly seconds: number };
  /** Set where the figures count only the newest so many trades of a scope that holds more. */
  readonly cutAt?: number | null;
  /** Minutes of the window that have trades, oldest first; in the stream only those that changed. */
  readonly minutes: readonly Minute[];
}
