/**
 * The board's range and filters, its charts and what leads from them, as a user works with it; in every tab's title
 * how much is open.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { worldTest } from "./harness.ts";
import { type Attributes, booking, execution } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb, type Web, write } from "./web_world.ts";

const TODAY = new Date().toISOString().slice(0, 10);

function trade(n: number, changes: Attributes = {}): Attributes {
  const ids = { trade_id: `T-V${n}`, exec_id: `E-V${n}`, order_id: `O-V${n}` };
  return booking({ ...ids, trade_date: TODAY, timestamp: new Date().toISOString(), ...changes });
}

const TRADES = [
  trade(1),
  trade(2, { counterparty: "Citi" }),
  trade(3, { counterparty: "Citi", side: "sell" }),
  trade(4, { trade_date: "2026-11-20", timestamp: "2026-11-20T15:00:00Z" }),
];

async function withPage(
  web: Web,
  path: string,
  body: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1240 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(web.url + path);
    await body(page);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

const isLive = (page: Page) => page.getByText("Live", { exact: true }).waitFor();

function figure(page: Page, name: string): Promise<string> {
  return page.locator(`dl.kpis > div:has(dt:text-is("${name}")) .value`).innerText();
}

const shows = (page: Page, name: string, value: string) =>
  until(`${name} is ${value}`, async () => await figure(page, name) === value);

worldTest("the board is narrowed in place, its address says how, and it stays live so", async (world) => {
  await write(world, TRADES);
  const web = await startWeb(world);
  await withPage(web, "/", async (page) => {
    await isLive(page);
    assert.equal(await figure(page, "Trades"), "4");
    await page.getByRole("combobox", { name: /^Counterparty/ }).selectOption("Citi");
    await shows(page, "Trades", "2");
    assert.equal(new URL(page.url()).search, "?counterparty=Citi");
    await page.getByRole("link", { name: "Today" }).click();
    await until("the address names the range", () => page.url().includes("range=today"));
    await shows(page, "Trades", "2");
    await write(world, [trade(5, { counterparty: "Citi" }), trade(6)]);
    await shows(page, "Trades", "3");
    await page.getByRole("row", { name: "T-V5" }).waitFor();
    assert.equal(await page.getByRole("row", { name: "T-V6" }).count(), 0);

    await page.goBack();
    await page.goBack();
    await shows(page, "Trades", "6");
    assert.equal(new URL(page.url()).search, "");
    await write(world, [trade(7)]);
    await shows(page, "Trades", "7");
  });
});

worldTest("an address with filters is written by the server, with and without a script", async (world) => {
  await write(world, TRADES);
  const web = await startWeb(world);
  await withPage(web, `/?date=2026-11-20`, async (page) => {
    assert.equal(await figure(page, "Trades"), "1");
    assert.equal(await page.getByLabel("Trade date").inputValue(), "2026-11-20");
    await page.getByText("traded on 2026-11-20").first().waitFor();
  }, { javaScriptEnabled: false });
  for (const search of ["?range=week", "?nonsense=1", "?range=date", "?date=2026-11-20&range=1h"]) {
    const [page, api] = await Promise.all([web.get(`/${search}`), web.get(`/api/v1/board${search}`)]);
    assert.deepEqual([page.status, api.status], [400, 400], search);
    await Promise.all([page.body?.cancel(), api.body?.cancel()]);
  }
  const board = await web.json("/api/v1/board?counterparty=Citi&range=today");
  assert.deepEqual([board.kpi.trades, board.trades.length], [2, 2]);
  assert.equal(board.kpi.bySide.sell.trades, 1);
});

worldTest(
  "every chart has a table, a file of its numbers, and leads to the trades behind it",
  async (world) => {
    await write(world, TRADES);
    const web = await startWeb(world);
    await withPage(web, "/", async (page) => {
      await isLive(page);
      const charts = page.locator("figure.chart");
      assert(await charts.count() >= 18, `there are ${await charts.count()} charts`);
      for (const chart of await charts.all()) {
        assert.match(await chart.locator("figcaption").innerText(), /\S+\n+\S+/);
        assert.equal(await chart.locator("summary").innerText(), "Table");
      }
      const chart = page.locator("figure", {
        has: page.getByRole("heading", { name: "Top counterparties" }),
      });
      await chart.getByLabel("Table of Top counterparties").click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        chart.getByRole("button", { name: "CSV" }).click(),
      ]);
      const text = await Deno.readTextFile((await file.path())!);
      assert.match(text, /^Counterparty,Notional\r\n/);
      assert.match(text, /Citi,/);
      const [picture] = await Promise.all([
        page.waitForEvent("download"),
        chart.getByRole("button", { name: "PNG" }).click(),
      ]);
      assert.deepEqual([...(await Deno.readFile((await picture.path())!)).slice(1, 4)], [0x50, 0x4e, 0x47]);

      // What is open stays open and in place while the numbers change.
      await write(world, [trade(8, { counterparty: "UBS" })]);
      await chart.getByRole("row", { name: "UBS" }).waitFor();
      await chart.getByRole("row", { name: "Citi" }).getByRole("link").click();
      await page.waitForURL("**/trades?counterparty=Citi");
    });
  },
);

worldTest(
  "the banner groups breaks by type and counterparty; every page's title counts them",
  async (world) => {
    await write(world, [trade(1, { counterparty: "Citi" })], [
      execution({ 11: "O-V1", 17: "E-V1", 31: "999.50" }),
    ]);
    const web = await startWeb(world);
    await withPage(web, "/", async (page) => {
      await isLive(page);
      const group = page.getByRole("list", { name: /by type and counterparty/ }).getByRole("link").first();
      const box = await page.getByRole("region", { name: "Break alert" }).boundingBox();
      assert.match(await group.getAttribute("href") ?? "", /^\/breaks\?type=\w+/);
      assert.match(await group.getAttribute("title") ?? "", /at risk, oldest/);
      await until("the title counts", async () => /^\(\d+\) Breakwater$/.test(await page.title()));
      assert.match(await page.locator("link[rel=icon]").getAttribute("href") ?? "", /^data:image\/svg/);
      const open = Number(/\d+/.exec(await page.title())![0]);

      const other = await page.context().newPage();
      await other.goto(`${web.url}/fix`);
      await until("the title counts", async () => (await other.title()).startsWith(`(${open}) `));
      await write(world, [trade(2)], [execution({ 11: "O-V2", 17: "E-V2", 31: "999.50" })]);
      await until("both titles count on", async () => {
        const titles = await Promise.all([page.title(), other.title()]);
        return titles.every((title) => Number(/\((\d+)\)/.exec(title)?.[1]) > open);
      });
      const now = await page.getByRole("region", { name: "Break alert" }).boundingBox();
      assert.deepEqual([now?.y, now?.height], [box?.y, box?.height]);
    });
  },
);

worldTest("times are the viewer's, with UTC behind them; alerts are asked for once", async (world) => {
  await write(world, TRADES);
  const web = await startWeb(world);
  const options = { timezoneId: "Asia/Tokyo", permissions: ["notifications"] };
  await withPage(web, "/", async (page) => {
    await isLive(page);
    const time = page.locator(".connection time");
    const hourOf = async () => Number((await time.innerText()).slice(0, 2));
    const utc = async () => Number((await time.getAttribute("title"))!.slice(11, 13));
    await until("it is nine hours on", async () => await hourOf() === (await utc() + 9) % 24);
    await page.locator(".connection").getByText("GMT+9").waitFor();

    await page.getByLabel("Alerts for new critical breaks").click();
    await page.getByLabel("Desktop notification").check();
    await page.reload();
    // This time the server has written it so.
    assert.equal(await page.locator("html").getAttribute("data-zone"), "Asia/Tokyo");
    await isLive(page);
    await page.getByLabel("Alerts for new critical breaks").click();
    await until("the wish is known", () => page.getByLabel("Desktop notification").isChecked());
    assert(!await page.getByLabel("Sound").isChecked());
  }, options);
});
