/**
 * How fast the board is for who looks at it: what it weighs, when it paints and answers, and what a burst of trades
 * costs its main thread. The burst is a tape of the server's own events, served by this process; no other server runs.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../tests/browser.ts";
import { openTapeServer, PUSH_GAP_MS, toTape } from "./board_tape.ts";
import { busyOf, type TraceEvent } from "./trace.ts";

const HELP = `Measures the board in a browser.

  deno task bench:board [--rate PER_SECOND] [--seconds N] [--url URL] [--json]

  --rate     trades a second of the burst (1000)
  --seconds  how long the burst is watched (20)
  --url      a running board whose first paint is measured, such as http://127.0.0.1:8000 with a million trades;
             default: the tape's own
  --json     one JSON object instead of the table
`;

const GOALS = { scriptKb: 150, paintMs: 500, interactiveMs: 1_000, mainThread: 0.3, frameMs: 50 };
const VISITS = 5;

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      rate: { type: "string", default: "1000" },
      seconds: { type: "string", default: "20" },
      url: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const rate = readCount(values.rate, "--rate");
  const seconds = readCount(values.seconds, "--seconds");

  const tape = toTape(rate);
  const server = await openTapeServer(tape.board, () => play(tape.push));
  const browser = await openBrowser();
  try {
    const url = values.url ?? server.url;
    const result = {
      scriptKb: await weigh(url) / 1_000,
      ...await visit(browser, url),
      ...await burst(browser, server.url, seconds),
    };
    if (values.json) console.log(JSON.stringify({ rate, seconds, ...result, goals: GOALS }));
    else print(result, rate, seconds);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Sends the tape in the feed's own time until the viewer leaves. */
function play(push: (n: number) => Uint8Array): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval>;
  return new ReadableStream({
    start(controller) {
      let n = 0;
      timer = setInterval(() => controller.enqueue(push(n++)), PUSH_GAP_MS);
    },
    cancel: () => clearInterval(timer),
  });
}

/** Bytes of every script of the board, its worker's too, as gzip sends them. */
async function weigh(url: string): Promise<number> {
  const load = async (address: string) => await (await fetch(new URL(address, url))).text();
  const html = await load("/");
  const named = new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, address]) => address!));
  let bytes = 0;
  for (const address of named) {
    const script = await load(address);
    bytes += gzipSync(script).length;
    for (const [worker] of script.matchAll(/\/_fresh\/js\/[\w.-]+_?worker-[A-Z0-9]+\.js/g)) named.add(worker);
  }
  return bytes;
}

/** The median visit of a browser that has never been there. */
async function visit(browser: Browser, url: string): Promise<{ paintMs: number; interactiveMs: number }> {
  const visits: { paintMs: number; interactiveMs: number }[] = [];
  for (let n = 0; n < VISITS; n++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(url);
    // Live: its scripts run, and the stream has answered.
    const live = await page.waitForFunction(() =>
      document.querySelector(".connection.live") !== null && performance.now()
    );
    const interactiveMs = await live.jsonValue() as number;
    const paintMs = await page.evaluate(() =>
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN
    );
    visits.push({ paintMs, interactiveMs });
    await context.close();
  }
  const median = (of: "paintMs" | "interactiveMs") =>
    visits.map((visit) => visit[of]).sort((a, b) => a - b)[Math.floor(VISITS / 2)]!;
  return { paintMs: median("paintMs"), interactiveMs: median("interactiveMs") };
}

async function burst(browser: Browser, url: string, seconds: number) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByText("Live", { exact: true }).waitFor();
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  const frames = await watchFrames(page, seconds * 1_000);
  const trace: { traceEvents: TraceEvent[] } = JSON.parse(
    new TextDecoder().decode(await browser.stopTracing()),
  );
  await page.close();
  return { ...busyOf(trace.traceEvents), ...frames };
}

/** Gaps between frames as the page sees them. */
function watchFrames(
  page: Page,
  ms: number,
): Promise<{ frames: number; longestFrameMs: number; slowFrames: number }> {
  return page.evaluate((forMs) =>
    new Promise((resolve) => {
      const startedMs = performance.now();
      let [lastMs, frames, longestFrameMs, slowFrames] = [startedMs, 0, 0, 0];
      const look = (nowMs: number) => {
        const gapMs = nowMs - lastMs;
        [lastMs, frames] = [nowMs, frames + 1];
        longestFrameMs = Math.max(longestFrameMs, gapMs);
        if (gapMs > 50) slowFrames++;
        if (nowMs - startedMs < forMs) requestAnimationFrame(look);
        else resolve({ frames, longestFrameMs, slowFrames });
      };
      requestAnimationFrame(look);
    }), ms);
}

type Result = Awaited<ReturnType<typeof visit>> & Awaited<ReturnType<typeof burst>> & { scriptKb: number };

function print(result: Result, rate: number, seconds: number): void {
  const line = (name: string, value: string, goal: string, isMet: boolean) =>
    console.log(`${name.padEnd(44)} ${value.padStart(12)}   ${goal.padEnd(12)} ${isMet ? "met" : "missed"}`);
  const { scriptKb, paintMs, interactiveMs, cpuShare, wallShare, longestCpuMs, longestWallMs } = result;
  line(
    "scripts of the board, gzip",
    `${scriptKb.toFixed(1)} kB`,
    `<= ${GOALS.scriptKb}`,
    scriptKb <= GOALS.scriptKb,
  );
  line("first contentful paint, median of 5", `${paintMs.toFixed(0)} ms`, "< 500", paintMs < GOALS.paintMs);
  line(
    "live, median of 5",
    `${interactiveMs.toFixed(0)} ms`,
    "< 1000",
    interactiveMs < GOALS.interactiveMs,
  );
  console.log(`\nburst of ${rate} trades a second for ${seconds} s, ${result.frames} frames`);
  line(
    "main thread, processor time",
    `${(100 * cpuShare).toFixed(1)} %`,
    "< 30",
    cpuShare < GOALS.mainThread,
  );
  line("main thread, wall time", `${(100 * wallShare).toFixed(1)} %`, "< 30", wallShare < GOALS.mainThread);
  line("longest task, processor time", `${longestCpuMs.toFixed(1)} ms`, "< 50", longestCpuMs < GOALS.frameMs);
  line("longest task, wall time", `${longestWallMs.toFixed(1)} ms`, "< 50", longestWallMs < GOALS.frameMs);
  line(
    "longest gap between frames",
    `${result.longestFrameMs.toFixed(1)} ms`,
    "< 50",
    result.longestFrameMs < GOALS.frameMs,
  );
}

function readCount(text: string, name: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}
