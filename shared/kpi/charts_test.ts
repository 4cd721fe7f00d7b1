import assert from "node:assert/strict";
import * as charts from "./mod.ts";
import type { Kpi } from "./kpi.ts";

const tally = (trades: number, notional = `${trades}.00`) => ({ trades, notional });
const minute = (at: string, trades: number, broken = 0) => ({
  minute: `2026-11-23T14:${at}:00Z`,
  trades,
  notional: `${trades * 10}.00`,
  broken,
  byAssetClass: { equity: trades },
});

const KPI = {
  asOf: "2026-11-23T14:03:20.000Z",
  window: { from: "2026-11-23T14:00:00Z", to: "2026-11-23T14:03:00Z", seconds: 60 },
  minutes: [minute("00", 4), minute("01", 4, 1), minute("03", 2, 1)],
  byStatus: { settled: tally(3), break: tally(1), pending_confirmation: tally(2) },
  byAssetClass: { equity: tally(6, "600.50") },
  byCounterparty: { Citi: tally(1, "10"), Barclays: tally(1, "10"), UBS: tally(1, "30") },
  byVenue: { DTC: tally(5) },
  bySide: { buy: tally(2, "20"), sell: tally(1, "5") },
  fees: { brokerage: "3.50", clearing: "1", exchange: "0.25", total: "4.75" },
  breaks: { byType: { price: 2, missing_book: 3 }, byCounterparty: { Citi: 5 } },
  exposure: { Citi: { trades: 2, bought: "10", sold: "90" }, UBS: { trades: 1, bought: "50", sold: "0" } },
} as unknown as Kpi;

const valuesOf = ({ series }: charts.ChartData) => series.map(({ values }) => values);

Deno.test("tradesPerMinute() stacks the asset classes over every minute of the window", () => {
  const { labels, series } = charts.tradesPerMinute(KPI);
  assert.deepEqual(labels, ["14:00", "14:01", "14:02", "14:03"]);
  assert.deepEqual(series.map(({ name }) => name), ["Equity", "Bond", "Derivative", "FX", "Commodity"]);
  assert.deepEqual(series[0]!.values, [4, 4, 0, 2]);
});

Deno.test("notionalOverTime() leaves out the minute that still runs", () => {
  assert.deepEqual(valuesOf(charts.notionalOverTime(KPI)), [[40, 40, 0]]);
});

Deno.test("breakRateOverTime() is over the minutes before, and 0 without trades", () => {
  assert.deepEqual(valuesOf(charts.breakRateOverTime(KPI)), [[0, 1 / 8, 1 / 8, 2 / 10]]);
});

Deno.test("tradesByStatus() keeps the order of a trade's life", () => {
  const { labels, tones } = charts.tradesByStatus(KPI);
  assert.deepEqual(labels, ["Pending confirmation", "Confirmed", "Settlement pending", "Settled", "Break"]);
  assert.deepEqual(tones, ["main", "main", "main", "ok", "danger"]);
  assert.deepEqual(valuesOf(charts.tradesByStatus(KPI)), [[2, 0, 0, 3, 1]]);
});

Deno.test("notionalByCounterparty() puts the largest first, and equals by name", () => {
  assert.deepEqual(charts.notionalByCounterparty(KPI).labels, ["UBS", "Barclays", "Citi"]);
});

Deno.test("the other charts read their own figures", () => {
  assert.deepEqual(valuesOf(charts.feesByType(KPI)), [[3.5, 1, 0.25]]);
  assert.deepEqual(valuesOf(charts.notionalBySide(KPI)), [[20, 5]]);
  assert.deepEqual(valuesOf(charts.notionalByAssetClass(KPI)), [[600.5, 0, 0, 0, 0]]);
  assert.deepEqual(valuesOf(charts.tradesByVenue(KPI)), [[5]]);
  assert.deepEqual(valuesOf(charts.breaksByCounterparty(KPI)), [[5]]);
});

Deno.test("a slice leads to the trades behind it, within the view's own filters", () => {
  const view = { ...charts.WHOLE, range: "today", counterparty: "Citi" } as const;
  const address = (chart: charts.ChartData) => chart.toAddress!(0, 0);
  const day = "from=2026-11-23&to=2026-11-23";
  assert.equal(
    address(charts.tradesPerMinute(KPI, view)),
    `/trades?${day}&assetClass=equity&counterparty=Citi`,
  );
  assert.equal(
    address(charts.tradesByStatus(KPI, view)),
    `/trades?${day}&counterparty=Citi&status=pending_confirmation`,
  );
  assert.equal(address(charts.notionalBySide(KPI)), "/trades?side=buy");
  assert.equal(address(charts.tradesByVenue(KPI)), "/trades?venue=DTC");
});
