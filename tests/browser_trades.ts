/**
 * What the tests of the trades pages do in a browser.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import type { Web } from "./web_world.ts";

/** Opens a page of a browser of its own, and waits until it is live. */
export type Open = (path: string, options?: BrowserContextOptions) => Promise<Page>;

interface Options {
  /** The server is taken away: the browser may say so. */
  readonly isServerLost?: boolean;
}

/** Pages that fail on what their browser complains about. */
export async function atTrades(
  web: Web,
  body: (open: Open) => Promise<void>,
  { isServerLost = false }: Options = {},
): Promise<void> {
  const browser = await openBrowser();
  const complaints: string[] = [];
  try {
    await body(async (path, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on("console", (message) => {
        if (message.type() === "info" || isServerLost && /ERR_/.test(message.text())) return;
        complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(web.url + path);
      if (options.javaScriptEnabled !== false) await page.getByText("Live", { exact: true }).waitFor();
      return page;
    });
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

export const grid = (page: Page): Locator => page.getByRole("grid", { name: "Trades" });

export const rowOf = (page: Page, tradeId: string): Locator =>
  grid(page).getByRole("row").filter({ has: page.getByRole("link", { name: tradeId, exact: true }) });

/** What can be seen of the list: ranks from 0; null: a row that is on its way. */
export function screenOf(page: Page): Promise<{ rows: number; ranks: number[]; ids: (string | null)[] }> {
  return page.evaluate(() => {
    const view = document.querySelector(".trade-view")!.getBoundingClientRect();
    const head = document.querySelector(".trade-grid thead")!.getBoundingClientRect().height;
    const rows = [...document.querySelectorAll<HTMLElement>(".trade-grid tbody tr")];
    const seen = rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > view.top + head + 1 && top < view.bottom - 1;
    });
    return {
      rows: rows.length,
      ranks: seen.map((row) => Number(row.dataset.rank)),
      ids: seen.map((row) => row.dataset.id ?? null),
    };
  });
}
