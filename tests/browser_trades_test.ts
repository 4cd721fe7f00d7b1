/**
 * Lists of trades in a real browser: thousands of rows in a page of some forty, news while somebody reads, the keyboard
 * alone, kept views, a file, no server, no script.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { atTrades, grid, rowOf, screenOf } from "./browser_trades.ts";
import { type World, worldTest } from "./harness.ts";
import { booking, manyBookings } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb, write } from "./web_world.ts";

const ROWS = 1_500;
/** Rows in view and the spare ones around them. */
const DOM_ROWS_MAX = 60;

const id = (n: number) => `T-G${n}`;

/** `T-G0` is the newest; a second between two. */
async function writeMany(world: World, count: number): Promise<void> {
  const newestMs = Date.parse("2026-11-23T16:00:00Z");
  await write(
    world,
    manyBookings(count).map((attributes, n) => ({
      ...attributes,
      timestamp: new Date(newestMs - n * 1_000).toISOString(),
      notional_value: String(1_000 + (n * 37) % count),
      counterparty: ["Citi", "UBS", "Barclays"][n % 3],
      asset_class: n % 2 === 0 ? "equity" : "fx",
    })),
  );
  await world.database.query("analyze trades");
}

const newer = (n: number, changes = {}) =>
  booking({
    trade_id: `T-new-${n}`,
    exec_id: `E-new-${n}`,
    timestamp: new Date(Date.parse("2026-11-23T16:10:00Z") + n * 1_000).toISOString(),
    ...changes,
  });

worldTest(
  "a long list is scrolled to its end with few rows in the page, and back by the keyboard",
  async (world) => {
    await writeMany(world, ROWS);
    const web = await startWeb(world);
    await atTrades(web, async (open) => {
      const page = await open("/trades");
      await page.getByText("1,500 trades").waitFor();
      assert.equal(await grid(page).getAttribute("aria-rowcount"), String(ROWS + 1));
      await grid(page).hover();
      let most = 0;
      await until("the last trade is in view", async () => {
        await page.mouse.wheel(0, 2_000);
        const { rows, ranks, ids } = await screenOf(page);
        most = Math.max(most, rows);
        // Whatever is shown is the list, row by row.
        for (const [n, trade] of ids.entries()) if (trade !== null) assert.equal(trade, id(ranks[n]!));
        return ids.at(-1) === id(ROWS - 1);
      });
      assert(most <= DOM_ROWS_MAX, `${most} rows were in the page`);

      await rowOf(page, id(ROWS - 1)).focus();
      await page.keyboard.press("Home");
      await until("the first row has the focus", async () => await focused(page) === id(0));
      await page.keyboard.press("End");
      await until("the last row has the focus", async () => await focused(page) === id(ROWS - 1));
      await page.keyboard.press("k");
      await until("the row above has it", async () => await focused(page) === id(ROWS - 2));
      assert.equal(await rowOf(page, id(ROWS - 2)).getAttribute("aria-rowindex"), String(ROWS));
    });
  },
);

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-id"));

worldTest("a dragged scroll bar shows what lies there, and the way from there is whole", async (world) => {
  await writeMany(world, ROWS);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades?sort=-notional");
    await page.evaluate(() => {
      const view = document.querySelector(".trade-view")!;
      view.scrollTop = view.scrollHeight * 0.7;
    });
    await until("the rows at 70 % are there", async () => {
      const { ids, ranks } = await screenOf(page);
      return ids.every((trade) => trade !== null) && Math.abs(ranks[0]! - ROWS * 0.7) < 60;
    });
    const order: string[] = [];
    for (let next: string | null = ""; next !== null;) {
      const from: string = next === "" ? "" : `&cursor=${next}`;
      const answer = await web.json(`/api/v1/trades?sort=-notional&limit=500${from}`);
      order.push(...answer.items.map(({ trade_id }: { trade_id: string }) => trade_id));
      next = answer.next;
    }
    await grid(page).hover();
    await until("the first row is reached", async () => {
      await page.mouse.wheel(0, -700);
      const { ids, ranks } = await screenOf(page);
      const at = order.indexOf(ids[0]!);
      // After a jump ranks are about right; the rows beside each other are those of the list.
      if (!ids.includes(null)) assert.deepEqual(ids, order.slice(at, at + ids.length));
      return ranks[0] === 0 && at === 0;
    });
  });
});

worldTest("what comes in moves nothing that is read, and is one key away", async (world) => {
  await writeMany(world, 200);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades");
    await rowOf(page, id(3)).focus();
    const before = await rowOf(page, id(3)).boundingBox();
    await write(world, [1, 2, 3].map((n) => newer(n)));
    await page.getByRole("button", { name: "3 new" }).waitFor();
    // A row in view says at once what has become of it, where it stands.
    await write(world, [
      booking({ ...manyBookings(4)[3], version: 2, event_type: "status", status: "confirmed" }),
    ]);
    await rowOf(page, id(3)).getByText("Confirmed").waitFor();
    assert.deepEqual(await rowOf(page, id(3)).boundingBox(), before);
    assert.equal(await focused(page), id(3));

    await page.keyboard.press("n");
    await rowOf(page, "T-new-3").waitFor();
    assert.equal(await page.getByRole("button", { name: /new$/ }).count(), 0);
    await page.getByText("203 trades").waitFor();

    // Nobody is reading: the newest comes by itself.
    await page.getByRole("searchbox").focus();
    await page.mouse.move(2, 2);
    await write(world, [newer(4)]);
    await rowOf(page, "T-new-4").waitFor();
    assert.equal((await screenOf(page)).ids[0], "T-new-4");
    await page.getByText("204 trades").waitFor();
  });
});

worldTest("a list is narrowed, put in order and kept under a name, all in its address", async (world) => {
  await writeMany(world, 90);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades");
    await page.getByRole("combobox", { name: "Counterparty" }).selectOption("UBS");
    await page.getByText("More").click();
    await page.getByRole("combobox", { name: "Side" }).selectOption("Buy");
    await page.getByRole("button", { name: "Show" }).first().click();
    await page.waitForURL(/\/trades\?counterparty=UBS&side=buy$/);
    await page.getByRole("link", { name: "Notional USD" }).click();
    await page.waitForURL(/sort=-notional/);
    await page.getByRole("columnheader", { name: "Notional USD" }).and(page.locator("[aria-sort=descending]"))
      .waitFor();

    await page.locator("summary").filter({ hasText: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Settles" }).check();
    await page.getByRole("checkbox", { name: "Venue" }).uncheck();
    await page.getByRole("group").filter({ hasText: "Columns" }).getByRole("button", { name: "Show" })
      .click();
    await page.getByRole("columnheader", { name: "Settles" }).waitFor();
    assert.equal(await page.getByRole("columnheader", { name: "Venue" }).count(), 0);

    await page.getByText("Views", { exact: true }).click();
    await page.getByLabel("Keep this list as").fill("UBS by size");
    await page.getByRole("button", { name: "Keep" }).click();
    const kept = page.url();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const file = await Deno.readTextFile(await (await download).path());
    const ids = file.split("\r\n").slice(1, -1).map((line) => line.split(",")[0]);
    const { items } = await web.json("/api/v1/trades?counterparty=UBS&side=buy&sort=-notional");
    assert.deepEqual(ids, items.map(({ trade_id }: { trade_id: string }) => trade_id));

    await page.goto(`${web.url}/trades`);
    await page.getByText("90 trades").waitFor();
    await page.getByText("Views", { exact: true }).click();
    await page.getByRole("link", { name: "UBS by size" }).click();
    await page.waitForURL(kept);
    await page.getByRole("columnheader", { name: "Settles" }).waitFor();
  });
});

worldTest("trades are found and opened with the keyboard alone", async (world) => {
  await writeMany(world, 60);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("O-G7");
    await page.keyboard.press("Enter");
    await page.getByText("1 trade", { exact: true }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Trade ${id(7)}` }).waitFor();
  });
});

worldTest("a list says that its server is gone, and goes on when it is back", async (world) => {
  await writeMany(world, 700);
  const first = await startWeb(world);
  await atTrades(first, async (open) => {
    const page = await open("/trades");
    first.program.kill("SIGKILL");
    await first.program.status;
    await page.getByText("Connection lost").waitFor();
    await grid(page).hover();
    await page.mouse.wheel(0, 20_000);
    await page.getByText("Rows cannot be loaded, trying again").waitFor();
    await write(world, [newer(1)]);
    await startWeb(world, { WEB_PORT: new URL(first.url).port });
    await page.getByText("Live", { exact: true }).waitFor();
    await until(
      "the rows are there",
      async () => (await screenOf(page)).ids.every((trade) => trade !== null),
    );
    await page.getByRole("button", { name: /new/ }).waitFor();
  }, { isServerLost: true });
});

worldTest("without a script the list is pages with links between them", async (world) => {
  await writeMany(world, 230);
  const web = await startWeb(world);
  await atTrades(web, async (open) => {
    const page = await open("/trades?counterparty=UBS", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Notional USD" }).click();
    await page.getByRole("combobox", { name: "Counterparty" }).selectOption("All");
    await page.getByRole("button", { name: "Show" }).first().click();
    const seen: string[] = [];
    for (;;) {
      seen.push(
        ...await page.locator("tbody tr[data-id]").evaluateAll((rows) =>
          rows.map((row) => row.getAttribute("data-id")!)
        ),
      );
      const next = page.getByRole("link", { name: "Next page" });
      if (await next.count() === 0) break;
      await next.click();
    }
    assert.equal(seen.length, 230);
    assert.equal(new Set(seen).size, 230);
    await page.getByRole("link", { name: "First page" }).click();
    assert.equal(await page.locator("tbody tr").first().getAttribute("data-id"), seen[0]);
  });
});

worldTest("lists are fit to be seen in both themes, narrow and wide, full and empty", async (world) => {
  await writeMany(world, 150);
  const web = await startWeb(world);
  const pictures = Deno.env.get("TRADES_PICTURES");
  await atTrades(web, async (open) => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const path of ["/trades", "/trades?status=settled&side=buy"]) {
        const page = await open(path, { colorScheme, timezoneId: "America/New_York" });
        await page.getByText("Views", { exact: true }).click();
        await assertAccessible(page, `${path} ${colorScheme}`);
        for (const width of [320, 768, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.querySelector("main")!.scrollWidth);
          assert(wide <= width, `${path}: ${width} px wide, it needs ${wide}`);
          if (pictures) {
            const name = `${path.includes("?") ? "none" : "list"}-${colorScheme}-${width}.png`;
            await page.screenshot({ path: join(pictures, name) });
          }
        }
      }
    }
    const page = await open("/trades", { timezoneId: "America/New_York" });
    // Booked at 16:00 UTC; on hover the time is UTC.
    const time = rowOf(page, id(0)).locator("time").first();
    assert.equal(await time.innerText(), "2026-11-23 11:00:00");
    assert.equal(await time.getAttribute("title"), "2026-11-23 16:00:00.000 UTC");
  });
});
