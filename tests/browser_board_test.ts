/**
 * The board in a real browser, before real programs: what happens on Kafka shows without a reload, soon, and
 * still after the web was killed and came back.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { untilRead, type World, worldTest } from "./harness.ts";
import { booking, execution, fixRecord, tradeRecord } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb, type Web } from "./web_world.ts";

const LATENCY_MAX_MS = 1_000;
const SAMPLES = 20;
/** Where pictures go that are to be kept, such as `docs`. */
const PICTURES = Deno.env.get("BREAKWATER_PICTURES");

/** A page that remembers when a text first stood in it, and fails on what the browser complains about. */
async function withBoard(
  web: Web,
  body: (page: Page, complaints: string[]) => Promise<void>,
  colorScheme: "light" | "dark" = "light",
): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1240 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() !== "info" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(web.url);
    await page.getByText("Live", { exact: true }).waitFor();
    // Gone after a reload.
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await body(page, complaints);
    assert(await page.evaluate(() => Object.hasOwn(globalThis, "isSamePage")), "the page was loaded again");
  } finally {
    await browser.close();
  }
}

/** When, by this machine's clock, the text first stood in the page. Call it before the text can be there. */
function seenAtMs(page: Page, text: string): Promise<number> {
  return page.evaluate((wanted) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!document.body.innerText.includes(wanted)) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(Date.now()));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      look();
    }), text);
}

/** An id that no other test and no producer uses. */
function numbered(n: number) {
  return {
    trade_id: `T-seen-${n}`,
    exec_id: `E-seen-${n}`,
    order_id: `O-seen-${n}`,
    timestamp: new Date().toISOString(),
  };
}

async function figure(page: Page, name: string): Promise<string> {
  return await page.locator(`dl.kpis > div:has(dt:text-is("${name}")) .value`).innerText();
}

/** A world with both feeds alive, a consumer and a web. */
async function startAll(world: World): Promise<Web> {
  await world.sendFix([fixRecord(execution())]);
  await world.sendTrades([tradeRecord(booking())]);
  world.start("consume");
  const web = await startWeb(world);
  await untilRead(world, 2);
  return web;
}

worldTest("a booking is on the board in under a second from its append to Kafka", async (world) => {
  const web = await startAll(world);
  await withBoard(web, async (page, complaints) => {
    const waits: number[] = [];
    for (let n = 0; n < SAMPLES; n++) {
      const booked = numbered(n);
      const seen = seenAtMs(page, booked.trade_id);
      await world.sendTrades([tradeRecord(booking(booked))]);
      const shownAtMs = await seen;
      const records = await world.broker.readAll(world.tradesTopic);
      const record = records.find(({ key }) => key === booked.trade_id)!;
      waits.push(shownAtMs - record.appendedAtMs);
    }
    waits.sort((a, b) => a - b);
    const [p50, most] = [waits[SAMPLES / 2]!, waits.at(-1)!];
    console.log(`append to visible over ${SAMPLES} bookings: median ${p50} ms, slowest ${most} ms`);
    assert(most < LATENCY_MAX_MS, `the slowest took ${most} ms`);
    assert.equal(await figure(page, "Trades"), String(SAMPLES + 1));
    assert.deepEqual(complaints, []);
  });
});

worldTest("a break comes up on the board by itself, and goes when the street corrects it", async (world) => {
  const web = await startAll(world);
  await withBoard(web, async (page, complaints) => {
    await page.getByText("No open breaks").first().waitFor();
    const booked = numbered(1);
    const fill = { 11: booked.order_id, 17: booked.exec_id };
    await world.sendTrades([tradeRecord(booking(booked))]);
    await world.sendFix([fixRecord(execution({ ...fill, 31: "999.50" }), booked.order_id)]);
    await page.getByRole("link", { name: "1 open break" }).waitFor();
    const row = page.getByRole("region", { name: "Open breaks, table" }).getByRole("row", {
      name: booked.trade_id,
    });
    assert.match(await row.innerText(), /Price\s.*Goldman Sachs\s+271\.5\s+999\.5/s);
    assert.equal(await figure(page, "Open breaks"), "1");
    await page.getByRole("row", { name: booked.trade_id }).filter({ hasText: "Break" }).first().waitFor();

    const correction = { ...fill, 17: `${booked.exec_id}-C`, 19: booked.exec_id, 150: "G", 31: "271.50" };
    await world.sendFix([fixRecord(execution(correction), booked.order_id)]);
    await page.getByText("No open breaks").first().waitFor();
    await until("the row is gone", async () => await row.count() === 0);
    assert.deepEqual(complaints, []);
  });
});

worldTest("the board says that its server is gone, and catches up when it is back", async (world) => {
  const first = await startAll(world);
  await withBoard(first, async (page) => {
    const before = await page.locator("canvas").first().elementHandle();
    first.program.kill("SIGKILL");
    await first.program.status;
    await page.getByText(/data as of \d\d:\d\d:\d\d UTC, \d+ s old/).waitFor({ timeout: 5_000 });
    await world.sendTrades([tradeRecord(booking(numbered(1)))]);
    await untilRead(world, 3);
    assert.equal(await figure(page, "Trades"), "1");
    await startWeb(world, { WEB_PORT: new URL(first.url).port });
    await page.getByText("Live", { exact: true }).waitFor();
    // Where it takes long, a break of the same trade comes up beside it.
    const latest = page.getByRole("region", { name: "Latest trades, table" });
    await latest.getByRole("row", { name: "T-seen-1" }).waitFor();
    await until("the figure is right", async () => await figure(page, "Trades") === "2");
    assert(await before!.evaluate((canvas) => canvas.isConnected), "a chart was made anew");
  });
});

worldTest("rows stand still while they are read", async (world) => {
  const web = await startAll(world);
  await withBoard(web, async (page, complaints) => {
    const table = page.getByRole("region", { name: "Latest trades", exact: true });
    await table.getByRole("row", { name: "T-1" }).hover();
    await world.sendTrades([tradeRecord(booking(numbered(1)))]);
    await table.getByText("held while you read, 1 new").waitFor();
    assert.equal(await table.getByRole("row", { name: "T-seen-1" }).count(), 0);
    await page.mouse.move(2, 2);
    await table.getByRole("row", { name: "T-seen-1" }).waitFor();
    assert.deepEqual(complaints, []);
  });
});

worldTest("the board is fit to be seen in both themes, wide and narrow", async (world) => {
  // An hour of the market where the picture is to be kept.
  await world.produce(["--count", PICTURES ? "3000" : "300", "--rate", "max", "--seed", "board"]);
  await world.catchUp();
  world.start("consume");
  const web = await startWeb(world);
  world.start("produce", ["--rate", "120", "--seed", "board-live", "--break-rate", "0.05"]);
  const folder = PICTURES ?? await Deno.makeTempDir({ prefix: "breakwater-pictures-" });
  for (const [scheme, name] of [["dark", "board-dark.png"], ["light", "board.png"]] as const) {
    await withBoard(web, async (page, complaints) => {
      await until("trades move", async () => Number(await figure(page, "Trades a minute")) > 0);
      await page.screenshot({ path: join(folder, name) });
      await assertAccessible(page, `the board in ${scheme}`);
      for (const width of [320, 768, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert(wide <= width, `${width} px wide, the page needs ${wide}`);
      }
      assert.deepEqual(complaints, []);
    }, scheme);
  }
  if (PICTURES === undefined) await Deno.remove(folder, { recursive: true });
});
