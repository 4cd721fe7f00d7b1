/**
 * A board that is open all day: after twenty thousand updates it holds no more memory than after the first thousands.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CDPSession, Page } from "playwright-core";
import { openTapeServer, toTape } from "../../bench/board_tape.ts";
import { openBrowser } from "../browser.ts";
import { until } from "../programs.ts";

const UPDATES = 20_000;
/** What is cached on the first way through everything has come by then. */
const WARM_UP = 4_000;
const GROWTH_MAX_BYTES = 2_000_000;
/** Updates that are on their way at a time: the page sets the pace. */
const AHEAD = 500;

/** Live bytes of the page after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** The second of `asOf` that the page shows tells how far it has come. */
const shownAt = (page: Page) => page.locator(".connection time").getAttribute("datetime");

Deno.test("after 20,000 updates the board's memory is what it was", async () => {
  const tape = toTape(20);
  let newest = tape.push(0);
  const viewers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const server = await openTapeServer(tape.board, () => {
    let own: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream({
      start: (controller) => {
        viewers.add(own = controller);
        controller.enqueue(newest);
      },
      cancel: () => void viewers.delete(own),
    });
  });
  const send = (bytes: Uint8Array) => {
    newest = bytes;
    for (const viewer of viewers) viewer.enqueue(bytes);
  };
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await page.goto(server.url);
    await page.getByText("Live", { exact: true }).waitFor();
    let warm = 0;
    for (let n = 0; n < UPDATES; n += AHEAD) {
      for (let at = n; at < n + AHEAD; at++) send(tape.push(at));
      const last = new TextDecoder().decode(tape.push(n + AHEAD - 1)).match(/"asOf":"([^"]+)"/g)!.at(-1)!
        .slice(8, -1);
      await until(`update ${n + AHEAD} is shown`, async () => await shownAt(page) === last);
      if (n + AHEAD === WARM_UP) warm = await heapOf(session);
    }
    const end = await heapOf(session);
    console.log(`heap after ${WARM_UP} updates ${warm} bytes, after ${UPDATES} ${end} bytes`);
    assert(end - warm < GROWTH_MAX_BYTES, `it grew by ${end - warm} bytes`);
  } finally {
    await browser.close();
    await server.close();
  }
});
