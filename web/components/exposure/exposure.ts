/**
 * What is open with whom, as the API answers it, and what an address asks of it.
 *
 * @module
 */

/** USD as decimal text. */
interface Notional {
  readonly trades: number;
  readonly bought_usd: string;
  readonly sold_usd: string;
  readonly gross_usd: string;
  readonly net_usd: string;
}

export type LimitState = "none" | "ok" | "warn" | "breach";

export interface Counterparty extends Notional {
  readonly counterparty: string;
  /** Of the limit; null where there is none. It counts all that is open, whatever the filter. */
  readonly measure: "gross" | "net" | null;
  readonly used_usd: string | null;
  readonly warn_usd: string | null;
  readonly breach_usd: string | null;
  /** Fraction of `breach_usd`. */
  readonly use: number | null;
  readonly state: LimitState;
  readonly alert_id: number | null;
}

export interface Position extends Notional {
  readonly counterparty: string;
  readonly currency: string;
  readonly value_date: string;
}

/** Cash to come in one currency on one date. */
export interface LadderStep {
  readonly value_date: string;
  readonly currency: string;
  readonly pay: string;
  readonly receive: string;
  readonly net: string;
  /** Null: there is no rate for the currency. */
  readonly net_usd: string | null;
  readonly overdue: boolean;
}

/** Payments of one counterparty in one currency on one date: each by itself, or only the difference. */
export interface NettingRow {
  readonly counterparty: string;
  readonly currency: string;
  readonly value_date: string;
  readonly pay: string;
  readonly receive: string;
  readonly before: string;
  readonly after: string;
}

export interface Exposure {
  readonly asOf: string;
  readonly date: string;
  readonly ratesAsOf: string;
  readonly counterparties: readonly Counterparty[];
  readonly positions: readonly Position[];
  readonly ladder: readonly LadderStep[];
  readonly netting: readonly NettingRow[];
  readonly nettingTotal: { readonly before_usd: string; readonly after_usd: string; readonly saved: number };
  readonly isCut: boolean;
}

export interface Alert {
  readonly id: number;
  readonly kind: string;
  /** Of a limit: the counterparty. */
  readonly key: string;
  readonly severity: "warning" | "critical";
  readonly opened_at: string;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** One version of a limit; without amounts there is none any more. */
export interface Limit {
  readonly counterparty: string;
  readonly version: number;
  readonly measure: "gross" | "net";
  readonly warn_usd: string | null;
  readonly breach_usd: string | null;
  readonly valid_from: string;
  readonly changed_by: string;
  readonly changed_at: string;
  readonly text: string | null;
}

/** With the names of the API; dates are value dates. */
export interface ExposureFilter {
  readonly counterparty?: string;
  readonly currency?: string;
  readonly from?: string;
  readonly to?: string;
}

export function readExposureFilter(params: URLSearchParams): ExposureFilter {
  return Object.fromEntries(["counterparty", "currency", "from", "to"].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  }));
}

/** With a question mark in front, or empty. */
export function toExposureQuery(filter: ExposureFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...filter as Record<string, string>, ...more });
  return query.size > 0 ? `?${query}` : "";
}
