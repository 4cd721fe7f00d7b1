/**
 * One trade's page in a real browser: both sides, news of it while it is read, as it was, a fill without a booking, and
 * the order behind it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { atTrades } from "./browser_trades.ts";
import { one, type World, worldTest } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { startWeb, write } from "./web_world.ts";

const sides = (page: Page) => page.getByRole("table", { name: "Book and street, field by field" });
const timeline = (page: Page) => page.getByRole("list", { name: "Timeline" });

/** A trade whose price differs, at its second version. */
async function writeBroken(world: World): Promise<void> {
  await write(world, [booking(), booking({ version: 2, event_type: "status", status: "confirmed" })], [
    execution({ 31: "272.50", 6: "272.50" }),
  ]);
}

worldTest("a trade's page says what differs, and that it is over when it is", async (world) => {
  await writeBroken(world);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades/T-1");
    const price = sides(page).getByRole("row", { name: /^Price/ });
    assert.match(await price.innerText(), /271\.5\s+272\.5\s+—\s+≠ -1 \(-0\.37 %\)/);
    assert.match(await sides(page).getByRole("row", { name: /^Quantity/ }).innerText(), /Equal/);
    await page.getByText("The three add up to the total").waitFor();
    await page.getByRole("link", { name: "Break 1", exact: true }).waitFor();
    const moments = await timeline(page).getByRole("listitem").allInnerTexts();
    assert.deepEqual(
      moments.map((moment) => /Booked|Confirmed|Filled|opened it/.exec(moment)?.[0]),
      ["Filled", "Booked", "Confirmed", "opened it"],
    );

    // What is open stays open while the page brings itself up to date.
    await page.getByText("History").click();
    const correction = execution({ 17: "E-1C", 19: "E-1", 150: "G", 31: "271.50", 6: "271.50" });
    await write(world, [], [correction]);
    await page.getByText("Price break: closed it").waitFor();
    assert.match(await price.innerText(), /271\.5\s+271\.5\s+—\s+Equal/);
    await page.getByRole("list", { name: "History" }).getByText("closed it").waitFor();
    await timeline(page).getByText("Corrected to 100 at 271.5").waitFor();
    const said = await page.getByRole("status").filter({ hasText: "brought up to date" }).innerText();
    assert.match(said, /Its status is confirmed/);

    await page.getByText("ExecutionReport (8)").first().click();
    await page.getByRole("region", { name: "Body of ExecutionReport (8)" }).first().getByText("LastPx")
      .waitFor();
  });
});

worldTest("a trade is shown as it was", async (world) => {
  await writeBroken(world);
  const { at } = await one<{ at: string }>(
    world.database,
    "select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as at from trade_events",
  );
  await write(world, [booking({ version: 3, event_type: "amended", status: "confirmed", price: "272.50" })]);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const now = await open("/trades/T-1");
    await timeline(now).getByText("Price 271.5 to 272.5").waitFor();
    const page = await open(`/trades/T-1?asOf=${at}`, { javaScriptEnabled: false });
    await page.getByText("as we knew it then").waitFor();
    await page.getByRole("heading", { name: "Trade T-1" }).waitFor();
    await page.getByText("at 271.5 USD with Goldman Sachs").waitFor();
    assert.equal(await page.getByText("Price 271.5 to 272.5").count(), 0);
    await page.getByRole("link", { name: "Show it as it is now" }).click();
    await page.getByText("at 272.5 USD with Goldman Sachs").waitFor();
    const [early, wrong] = await Promise.all([
      web.get("/trades/T-1?asOf=2020-01-01T00:00:00Z"),
      web.get("/trades/T-1?asOf=yesterday"),
    ]);
    assert.deepEqual([early.status, wrong.status], [404, 400]);
    await Promise.all([early.body?.cancel(), wrong.body?.cancel()]);
  });
});

worldTest("a fill that nobody booked has a page, and its order leads there", async (world) => {
  await write(world, [booking()], [
    execution(),
    execution({ 17: "E-2", 34: "3", 32: "50", 38: "150", 14: "150" }),
  ]);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades/E-2");
    await page.getByRole("heading", { name: "Execution E-2" }).waitFor();
    await page.getByText("no booking states it").waitFor();
    await page.getByRole("link", { name: "O-1" }).click();
    await page.getByRole("heading", { name: "Order O-1" }).waitFor();
    await page.getByRole("link", { name: "not booked" }).click();
    await page.getByRole("heading", { name: "Execution E-2" }).waitFor();
    assert.equal((await web.get("/trades/E-nope")).status, 404);

    await write(world, [
      booking({ trade_id: "T-2", exec_id: "E-2", quantity: "50", notional_value: "13575.00" }),
    ]);
    await page.getByRole("link", { name: "T-2" }).waitFor();
  });
});

worldTest("pages of a trade, a fill and an order are fit to be seen in both themes", async (world) => {
  await writeBroken(world);
  await write(world, [], [execution({ 17: "E-2", 11: "O-2", 34: "5" })]);
  const web = await startWeb(world);
  const pictures = Deno.env.get("TRADES_PICTURES");
  await atTrades(web, async (open) => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const path of ["/trades/T-1", "/trades/E-2", "/orders/O-1"]) {
        const page = await open(path, { colorScheme, javaScriptEnabled: true });
        await assertAccessible(page, `${path} ${colorScheme}`);
        for (const width of [320, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.querySelector("main")!.scrollWidth);
          assert(wide <= width, `${path}: ${width} px wide, it needs ${wide}`);
          if (pictures) {
            const name = `${path.slice(1).replace("/", "-")}-${colorScheme}-${width}.png`;
            await page.screenshot({ path: join(pictures, name), fullPage: true });
          }
        }
      }
    }
  });
});
