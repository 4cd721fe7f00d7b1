import assert from "node:assert/strict";
import { CALENDARS, type Calendars, readClosures, withClosures } from "../../shared/trade/calendar/mod.ts";
import { openApi } from "./mod.ts";

/** The route needs no database, no stream and no log. */
const openRoute = (calendars: Calendars) => openApi({ calendars } as Parameters<typeof openApi>[0]);
const ask = (query: string, calendars = CALENDARS) =>
  openRoute(calendars).request(`/api/v1/settlement-date?${query}`);

Deno.test("GET /api/v1/settlement-date answers date, cycle, calendars, whether provisional, and why", async () => {
  const response = await ask("assetClass=equity&instrument=AAPL&venue=DTC&tradeDate=2026-10-09");
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    settlementDate: "2026-10-13",
    countedFrom: "2026-10-09",
    cycle: "T+1",
    calendars: ["XNYS", "DTCC"],
    provisional: false,
    why: "US equities settle T+1 for trade dates from 2024-05-28 (SEC Rule 15c6-1(a)). " +
      "Closed: 2026-10-12 (DTCC: Columbus Day).",
  });
});

const DATES: { query: string; want: string }[] = [
  { query: "assetClass=fx&instrument=USD/JPY&venue=CLS&tradeDate=2026-04-30", want: "2026-05-07" },
  { query: "assetClass=FX&instrument=USDJPY&tradeDate=2026-04-30", want: "2026-05-07" },
  {
    query: "assetClass=Fixed%20Income&instrument=US912810TM09&venue=&tradeDate=2026-04-02",
    want: "2026-04-06",
  },
  { query: "assetClass=equity&venue=XLON&tradeDate=2026-04-30", want: "2026-05-05" },
];

for (const { query, want } of DATES) {
  Deno.test(`GET /api/v1/settlement-date?${query} is ${want}`, async () => {
    assert.equal((await (await ask(query)).json()).settlementDate, want);
  });
}

Deno.test("GET /api/v1/settlement-date counts the ad-hoc closures that the process was started with", async () => {
  const storm = { calendar: "DTCC", date: "2026-11-24", name: "Storm", source: "DTCC, 2026-11-23" };
  const read = readClosures(JSON.stringify({ closures: [storm] }));
  assert(read.kind === "closures");
  const response = await ask(
    "assetClass=equity&instrument=AAPL&tradeDate=2026-11-23",
    withClosures(read.closures),
  );
  assert.equal((await response.json()).settlementDate, "2026-11-25");
});

const PROBLEMS: { query: string; status: number; detail: RegExp; code?: string }[] = [
  { query: "assetClass=equity&instrument=AAPL", status: 400, detail: /tradeDate/ },
  { query: "instrument=AAPL&tradeDate=2026-10-09", status: 400, detail: /assetClass/ },
  {
    query: "assetClass=art&instrument=AAPL&tradeDate=2026-10-09",
    status: 400,
    detail: /must be one of equity/,
  },
  {
    query: "assetClass=equity&instrument=AAPL&tradeDate=2026-02-30",
    status: 400,
    detail: /tradeDate must be a date/,
  },
  { query: "assetClass=equity&instrument=AAPL&tradeDate=0001-01-03", status: 400, detail: /0001-01-03/ },
  {
    query: "assetClass=equity&instrument=AAPL&tradeDate=2026-10-09&day=1",
    status: 400,
    detail: /no parameter day/,
  },
  {
    query: "assetClass=fx&instrument=EURO&tradeDate=2026-10-09",
    status: 400,
    detail: /write it as EUR\/USD/,
  },
  {
    query: "assetClass=fx&instrument=USD/THB&tradeDate=2026-10-09",
    status: 422,
    detail: /THB/,
    code: "unknown_currency",
  },
  {
    query: "assetClass=equity&instrument=XYZ&tradeDate=2026-10-09",
    status: 422,
    detail: /XYZ/,
    code: "unknown_market",
  },
  {
    query: "assetClass=equity&instrument=AAPL&venue=DTC&tradeDate=2031-03-03",
    status: 422,
    detail: /2031-03-03 is outside the covered years: the calendars reach from 2024-01-01 to 2029-01-31/,
    code: "outside_covered_years",
  },
];

for (const { query, status, detail, code } of PROBLEMS) {
  Deno.test(`GET /api/v1/settlement-date?${query} is a problem ${status}`, async () => {
    const response = await ask(query);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const problem = await response.json();
    assert.match(problem.detail, detail);
    assert.equal(problem.code, code);
    assert.equal(problem.status, status);
  });
}
