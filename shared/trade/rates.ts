/**
 * The reference rates that turn a notional into USD for totals. One dated table: a total is comparable with
 * yesterday's only while both use the same rates, and the date is shown beside every converted number.
 *
 * @module
 */

import { multiply, roundHalfUp } from "./decimal.ts";

/** The day the rates below were fixed. */
export const RATES_AS_OF = "2026-11-20";

/** USD for one unit of the currency (ISO 4217). */
export const USD_RATES: Readonly<Record<string, string>> = {
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
};

const RATE_BY_CURRENCY = new Map(Object.entries(USD_RATES));
const CENTS = /^-?[0-9]+\.[0-9]{2}$/;

export function isCurrency(code: string): boolean {
  return RATE_BY_CURRENCY.has(code);
}

/**
 * Converts an amount to USD, rounded to cents.
 *
 * @throws {RangeError} If there is no rate for the currency.
 */
export function toUsd(amount: string, currency: string): string {
  if (currency === "USD" && CENTS.test(amount)) return amount;
  const rate = RATE_BY_CURRENCY.get(currency);
  if (rate === undefined) throw new RangeError(`Cannot convert ${currency} to USD: there is no rate for it`);
  return roundHalfUp(rate === "1" ? amount : multiply(amount, rate), 2);
}
