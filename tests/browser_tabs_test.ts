/**
 * Many tabs of one browser: all of them live over one connection, with a shared worker and without.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { worldTest } from "./harness.ts";
import { booking } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb, write } from "./web_world.ts";

/** HTTP/1.1 gives a browser six connections to one server. */
const TABS = 8;

/** Stands before the web and counts the streams that are open through it. */
function openCounter(target: string) {
  let streams = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const stop = new AbortController();
    const response = await fetch(target + pathname + search, {
      headers: request.headers,
      signal: stop.signal,
    });
    if (pathname !== "/api/v1/stream") return response;
    streams++;
    const reader = response.body!.getReader();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => {
        streams--;
        stop.abort();
      },
    });
    return new Response(body, response);
  });
  return {
    url: `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}`,
    streams: () => streams,
    close: () => server.shutdown(),
  };
}

async function withTabs(
  target: string,
  prepare: (context: BrowserContext) => Promise<unknown>,
  body: (pages: Page[], streams: () => number) => Promise<void>,
): Promise<void> {
  const counter = openCounter(target);
  const browser = await openBrowser();
  try {
    const context = await browser.newContext();
    await prepare(context);
    const pages: Page[] = [];
    for (let n = 0; n < TABS; n++) {
      const page = await context.newPage();
      await page.goto(counter.url);
      pages.push(page);
    }
    await body(pages, counter.streams);
  } finally {
    await browser.close();
    await counter.close();
  }
}

const isLive = (page: Page) => page.getByText("Live", { exact: true }).waitFor();
const showsTrades = (page: Page, trades: number) =>
  page.locator("dl.kpis > div", { hasText: "Trades" }).first().getByText(String(trades), { exact: true })
    .waitFor();

const WAYS: [name: string, prepare: (context: BrowserContext) => Promise<unknown>][] = [
  ["in a shared worker", async () => {}],
  ["of the tab that leads", (context) =>
    context.addInitScript(() => {
      delete (globalThis as { SharedWorker?: unknown }).SharedWorker;
    })],
];

for (const [name, prepare] of WAYS) {
  worldTest(`eight tabs are live over one connection ${name}`, async (world) => {
    await write(world, [booking()]);
    const web = await startWeb(world);
    await withTabs(web.url, prepare, async (pages, streams) => {
      await Promise.all(pages.map(isLive));
      await until(() => `one connection is open, saw ${streams()}`, () => streams() === 1);
      await write(world, [booking({ trade_id: "T-2", exec_id: "E-2" })]);
      for (const page of pages) {
        await page.bringToFront();
        await showsTrades(page, 2);
      }
      // The first tab has led, where one leads.
      await pages[0]!.close();
      await write(world, [booking({ trade_id: "T-3", exec_id: "E-3" })]);
      for (const page of pages.slice(1)) {
        await page.bringToFront();
        await showsTrades(page, 3);
      }
      await until(() => `one connection is open, saw ${streams()}`, () => streams() === 1);
      for (const page of pages.slice(1)) await page.close();
      await until(() => `no connection is open, saw ${streams()}`, () => streams() === 0);
      assert.equal(streams(), 0);
    });
  });
}
