import assert from "node:assert/strict";
import { toCsv } from "./chart_data.ts";
import type { Kpi } from "./kpi.ts";
import * as charts from "./panel_charts.ts";
import type { Panels } from "./panels.ts";
import { openBreaksTrend, toChange } from "./trends.ts";

const at = (minute: string) => `2026-11-23T14:${minute}:00Z`;
const WINDOW = { from: at("00"), to: at("03"), seconds: 60 };

const PANELS: Panels = {
  asOf: "2026-11-23T14:03:20.000Z",
  breakGroups: [],
  breakAges: { price: [1, 0, 0, 0, 2], fees: [0, 1, 0, 0, 0] },
  breakFlow: [{ at: at("01"), opened: 3, closed: 1 }, { at: at("03"), opened: 0, closed: 2 }],
  matches: [
    { counterparty: "UBS", assetClass: "fx", trades: 4, broken: 1 },
    { counterparty: "Citi", assetClass: "equity", trades: 2, broken: 0 },
  ],
  ladder: [
    { date: "2026-11-20", trades: 1, bought: "5", sold: "0" },
    { date: "2026-11-23", trades: 1, bought: "10.5", sold: "3" },
  ],
  limits: [{ counterparty: "Citi", used: "120", warn: "100", breach: "110" }],
  affirmations: [{ assetClass: "bond", inTime: 5, late: 1, waiting: 2, rejected: 0 }],
  latency: [{ at: at("02"), p50: 5, p95: 20, p99: 100 }],
  lag: [{ topic: "trades", partition: 2, records: 7 }],
  deadLetters: { checksum: 2, field: 5 },
  flow: [{ from: "orders", to: "filled", orders: 9 }, { from: "filled", to: "break", orders: 1 }],
  comparison: null,
};
const KPI = {
  window: WINDOW,
  breaks: { open: 5 },
  exposure: {
    Citi: { trades: 1, bought: "60", sold: "60" },
    UBS: { trades: 1, bought: "10", sold: "0" },
  },
} as unknown as Kpi;

const valuesOf = ({ series }: { series: readonly { values: readonly number[] }[] }) =>
  series.map(({ values }) => values);

Deno.test("breaksByTypeAndAge() stacks the ages of each type, the most breaks first", () => {
  const chart = charts.breaksByTypeAndAge(PANELS);
  assert.deepEqual(chart.labels, ["Price", "Fees"]);
  assert.deepEqual(valuesOf(chart), [[1, 0], [0, 1], [0, 0], [0, 0], [2, 0]]);
  assert.equal(chart.toAddress!(1, 0), "/breaks?type=fees");
});

Deno.test("breakInAndOut() draws what closed downwards, over every bucket", () => {
  assert.deepEqual(valuesOf(charts.breakInAndOut(PANELS, WINDOW)), [[0, 3, 0, 0], [-0, -1, -0, -2]]);
});

Deno.test("matchRates() tells no trades from no match", () => {
  const chart = charts.matchRates(PANELS);
  assert.deepEqual(chart.series.map(({ name }) => name), ["Citi", "UBS"]);
  assert.deepEqual(valuesOf(chart), [[1, NaN, NaN, NaN, NaN], [NaN, NaN, NaN, 0.75, NaN]]);
  assert.equal(chart.toAddress!(3, 1), "/trades?assetClass=fx&counterparty=UBS&status=break");
});

Deno.test("settlementLadder() marks what is overdue and what is due today", () => {
  const chart = charts.settlementLadder(PANELS);
  assert.deepEqual(chart.labels, ["2026-11-20 overdue", "2026-11-23 today"]);
  assert.deepEqual(valuesOf(chart), [[-5, -10.5], [0, 3]]);
});

Deno.test("exposureAgainstLimit() warns in colour and by its marks; without a limit there is no mark", () => {
  const chart = charts.exposureAgainstLimit(KPI, PANELS);
  assert.deepEqual(valuesOf(chart), [[120, 10], [100, NaN], [110, NaN]]);
  assert.deepEqual(chart.tones, ["danger", "main"]);
});

Deno.test("orderFlow() leads from step to step", () => {
  const chart = charts.orderFlow(PANELS);
  assert.deepEqual(chart.labels, ["Orders → filled", "Filled → break"]);
  assert.deepEqual(chart.links, [{ from: "Orders", to: "Filled" }, { from: "Filled", to: "Break" }]);
});

Deno.test("the other charts read their own panels", () => {
  assert.deepEqual(valuesOf(charts.affirmationsByAssetClass(PANELS)), [[5], [1], [2], [0]]);
  assert.deepEqual(valuesOf(charts.latencyOverTime(PANELS)), [[100], [20], [5]]);
  assert.deepEqual(charts.lagByPartition(PANELS).labels, ["trades 2"]);
  assert.deepEqual(valuesOf(charts.deadLettersByReason(PANELS)), [[5, 2]]);
});

Deno.test("openBreaksTrend() walks back from what is open now", () => {
  assert.deepEqual(openBreaksTrend(KPI, PANELS), [5, 7, 7, 5]);
});

Deno.test("toChange() has no share of nothing", () => {
  assert.equal(toChange([3, 0]), null);
  assert.equal(toChange(["15.00", "10.00"]), 0.5);
});

Deno.test("toCsv() quotes what needs it and writes no formula", () => {
  const chart = {
    labels: ['A "b", c', "=1+1", "-5 d"],
    series: [{ name: "N", tone: "main", values: [1.5, NaN, -2] }],
  } as const;
  assert.equal(toCsv(chart, "Name"), 'Name,N\r\n"A ""b"", c",1.5\r\n\'=1+1,\r\n-5 d,-2\r\n');
});
