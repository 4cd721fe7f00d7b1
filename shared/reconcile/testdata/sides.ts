/**
 * Two sides of one trade that agree, for the tests to change.
 *
 * @module
 */

import type { BookSide, Rules, StreetSide } from "../compare.ts";
import type { Tolerance } from "../tolerance.ts";

export const BOOK: BookSide = {
  assetClass: "equity",
  tradeDate: "2026-11-23",
  instrument: "AAPL",
  side: "buy",
  quantity: "100",
  price: "98.4",
  currency: "USD",
  counterparty: "Goldman Sachs",
  settlementDate: "2026-11-24",
  brokerageFee: "1.97",
  clearingFee: "0.20",
  exchangeFee: "0.30",
  expectedSettlementDate: "2026-11-24",
  notionalUsd: "9840.00",
};

export const STREET: StreetSide = {
  instrument: "AAPL",
  side: "buy",
  quantity: "100",
  price: "98.4",
  currency: "USD",
  counterparty: "Goldman Sachs",
  settlementDate: "2026-11-24",
  brokerageFee: "1.97",
  clearingFee: "0.20",
  exchangeFee: "0.30",
};

/** A row of tolerances for everything, in force since ever. */
export function tolerance(row: Partial<Tolerance> & Pick<Tolerance, "id" | "field">): Tolerance {
  return {
    valid_from: "1970-01-01",
    asset_class: null,
    counterparty: null,
    absolute: null,
    percent: null,
    ticks: null,
    ...row,
  };
}

/** As the migrations have them. */
export const RULES: Rules = {
  tolerances: [
    tolerance({ id: "1", field: "price", absolute: "0", percent: "0", ticks: "0" }),
    tolerance({ id: "2", field: "brokerage_fee", absolute: "0.01" }),
    tolerance({ id: "3", field: "clearing_fee", absolute: "0.01" }),
    tolerance({ id: "4", field: "exchange_fee", absolute: "0.01" }),
  ],
  tickOf: (instrument) => instrument === "AAPL" ? "0.01" : null,
};
