/**
 * The reference rates that turn a notional into USD for totals. Rows are dated, a trade has the
 * rate of its trade date, and remembers which row that was from.
 *
 * @module
 */

import { multiply, roundHalfUp } from "./decimal.ts";

/** What was fixed on one day. It is for trade dates from `asOf` on, until the next row's. */
export interface RateRow {
  readonly asOf: string;
  readonly source: string;
  /** USD for one unit of the currency (ISO 4217). */
  readonly usd: Readonly<Record<string, string>>;
}

export const RATE_ROWS: readonly RateRow[] = [
  {
    asOf: "2026-11-20",
    source: "the fund's reference rates of that day, of the simulated market",
    usd: {
      USD: "1",
      AUD: "0.6542",
      BRL: "0.1862",
      CAD: "0.7161",
      CHF: "1.2436",
      CNY: "0.1404",
      CZK: "0.04772",
      DKK: "0.1554",
      EUR: "1.1605",
      GBP: "1.3237",
      HKD: "0.1284",
      HUF: "0.003021",
      ILS: "0.3042",
      INR: "0.01129",
      JPY: "0.006542",
      KRW: "0.000687",
      MXN: "0.05437",
      NOK: "0.09901",
      NZD: "0.5748",
      PLN: "0.2734",
      SEK: "0.1051",
      SGD: "0.7683",
      THB: "0.03077",
      TRY: "0.02361",
      TWD: "0.03214",
      ZAR: "0.05792",
    },
  },
];

/** The rate that an amount was converted with. */
export interface UsdRate {
  readonly rate: string;
  /** Of the row it stands in. */
  readonly asOf: string;
}

const NEWEST = RATE_ROWS.at(-1)!;
const CENTS = /^-?[0-9]+\.[0-9]{2}$/;

export function isCurrency(code: string): boolean {
  return Object.hasOwn(NEWEST.usd, code);
}

/**
 * @param day Trade date; one before the first row has the first row's rate.
 * @throws {RangeError} If there is no rate for the currency.
 */
export function rateOf(currency: string, day: string, rows: readonly RateRow[] = RATE_ROWS): UsdRate {
  const row = rows.findLast(({ asOf }) => asOf <= day) ?? rows[0]!;
  const rate = row.usd[currency];
  if (rate === undefined) throw new RangeError(`Cannot convert ${currency} to USD: there is no rate for it`);
  return { rate, asOf: row.asOf };
}

/** An amount in USD, rounded to cents. */
export function multiplyByRate(amount: string, { rate }: UsdRate): string {
  if (rate === "1") return CENTS.test(amount) ? amount : roundHalfUp(amount, 2);
  return roundHalfUp(multiply(amount, rate), 2);
}

/**
 * Converts an amount to USD at the newest rates, rounded to cents.
 *
 * @throws {RangeError} If there is no rate for the currency.
 */
export function toUsd(amount: string, currency: string): string {
  return multiplyByRate(amount, rateOf(currency, NEWEST.asOf));
}
