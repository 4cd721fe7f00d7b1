/**
 * Analysts at their desks: each in a browser of their own, on the workbench or a page of one break.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import type { World } from "./harness.ts";
import { booking, execution } from "./messages.ts";
import { type Web, write } from "./web_world.ts";

/** Whose price differs: `T-n`, break n when they are written in order. */
export async function writeBreaks(world: World, ...numbers: number[]): Promise<void> {
  const ids = numbers.map((n) => ({ trade_id: `T-${n}`, exec_id: `E-${n}`, order_id: `O-${n}` }));
  const fills = ids.map(({ exec_id, order_id }) => execution({ 11: order_id, 17: exec_id, 31: "272.50" }));
  await write(world, ids.map(booking), fills);
}

export interface Desk {
  /** A page of somebody's own browser; null: they have not said who they are. */
  sit(user: string | null, path: string, options?: BrowserContextOptions, isLive?: boolean): Promise<Page>;
}

/** Pages that fail on what their browser complains about. */
export async function atDesk(web: Web, body: (desk: Desk) => Promise<void>): Promise<void> {
  const browser: Browser = await openBrowser();
  const complaints: string[] = [];
  try {
    await body({
      sit: async (user, path, options = {}, isLive = options.javaScriptEnabled !== false) => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
        if (user !== null) await context.addCookies([{ name: "breakwater_user", value: user, url: web.url }]);
        const page = await context.newPage();
        page.on("console", (message) => {
          // A refused action is an answer, and the browser notes it down.
          if (message.type() === "error" && !/status of (403|409|422)/.test(message.text())) {
            complaints.push(message.text());
          }
        });
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.goto(web.url + path);
        if (isLive) await page.getByText("Live", { exact: true }).waitFor();
        return page;
      },
    });
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

export const queue = (page: Page) => page.getByRole("region", { name: "Queue, table" });
export const row = (page: Page, trade: string) => queue(page).getByRole("row", { name: trade });
export const panel = (page: Page) => page.getByRole("complementary", { name: "Open break" });
export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole("button", { name, exact: typeof name === "string" });

export async function fillClosing(page: Page, text?: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Root cause").fill("Booking error");
  await dialog.getByLabel("Responsible side").selectOption("Broker");
  if (text) await dialog.getByRole("textbox", { name: /Why|How/ }).fill(text);
}
