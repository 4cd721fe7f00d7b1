import assert from "node:assert/strict";
import type { TradeRow } from "../../../shared/kpi/mod.ts";
import { filtersOf, matches, toAddress } from "./filter.ts";

const ROW = {
  trade_id: "T-1",
  order_id: "O-1",
  exec_id: null,
  asset_class: "fx",
  instrument: "EUR/USD",
  side: "buy",
  counterparty: "Citi",
  status: "break",
  stage: "confirmed",
  settlement_venue: "CLS",
  currency: "USD",
  trade_date: "2026-11-23",
  settlement_date: "2026-11-25",
} as TradeRow;

const CASES: [params: Record<string, string>, want: boolean][] = [
  [{}, true],
  [{ assetClass: "FX", side: "Buy" }, true],
  [{ assetClass: "fx", side: "sell" }, false],
  [{ status: "break" }, true],
  [{ status: "confirmed" }, false],
  [{ stage: "confirmed" }, true],
  [{ q: "usd" }, true],
  [{ q: "O-1" }, true],
  [{ q: "o-1" }, false],
  [{ q: "null" }, false],
  [{ from: "2026-11-23", to: "2026-11-23" }, true],
  [{ to: "2026-11-22" }, false],
  [{ settlesFrom: "2026-11-26" }, false],
  [{ venue: "CLS", currency: "USD", counterparty: "Citi" }, true],
  [{ sort: "-notional", columns: "trade" }, true],
];

for (const [params, want] of CASES) {
  Deno.test(`matches() ${JSON.stringify(params)} is ${want}`, () => assert.equal(matches(params, ROW), want));
}

Deno.test("toAddress() keeps filter, order and columns and leaves the page", () => {
  const params = { counterparty: "Goldman Sachs", sort: "booked", cursor: "abc" };
  assert.equal(toAddress(params), "/trades?counterparty=Goldman+Sachs&sort=booked");
  assert.equal(toAddress(params, { counterparty: undefined, sort: undefined }), "/trades");
  assert.deepEqual(filtersOf(params), ["counterparty"]);
});
