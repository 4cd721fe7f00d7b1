/**
 * A thousand viewers of one web process: all of them get what happens, for less than one core.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cpuSeconds } from "../bench/cpu.ts";
import { worldTest } from "./harness.ts";
import { manyBookings } from "./messages.ts";
import { until } from "./programs.ts";
import { startWeb, write } from "./web_world.ts";

const VIEWERS = 1_000;
/** Opened at a time: the system's queue of connections is not what is tried here. */
const OPENED_AT_ONCE = 50;
const WRITES = 20;
const BOOKINGS_PER_WRITE = 50;
const WRITE_GAP_MS = 500;

/** What one viewer has read: the figure `trades` of the last event that told it. */
interface Viewer {
  trades: number;
  atMs: number;
  readonly close: () => Promise<void>;
}

async function openViewer(url: string): Promise<Viewer> {
  const response = await fetch(`${url}/api/v1/stream`);
  const reader = response.body!.getReader();
  const viewer: Viewer = { trades: -1, atMs: 0, close: () => reader.cancel() };
  const decoder = new TextDecoder();
  // Only what stands in the figures' last event is looked for, so that a thousand readers cost this process little.
  const follow = async () => {
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text = (text + decoder.decode(part.value, { stream: true })).slice(-60_000);
      const found = text.lastIndexOf('"currency":"USD"},"trades":') >= 0
        ? /"currency":"USD"\},"trades":(\d+)/g.exec(
          text.slice(text.lastIndexOf('"currency":"USD"},"trades":')),
        )
        : /"currency"\s*:\s*"USD"\s*\},\s*"trades"\s*:\s*(\d+)/.exec(
          text.slice(text.lastIndexOf('"currency"')),
        );
      if (found === null || Number(found[1]) === viewer.trades) continue;
      viewer.trades = Number(found[1]);
      viewer.atMs = performance.now();
    }
  };
  follow().catch(() => {});
  return viewer;
}

worldTest("a thousand viewers get every change from a web process under one core", async (world) => {
  await write(world, manyBookings(1, "first"));
  const web = await startWeb(world);
  const viewers: Viewer[] = [];
  while (viewers.length < VIEWERS) {
    viewers.push(...await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => openViewer(web.url))));
  }
  await until("all have the figures", () => viewers.every(({ trades }) => trades === 1));

  const [startedMs, before] = [performance.now(), cpuSeconds(web.program.pid)];
  for (let n = 1; n <= WRITES; n++) {
    await write(world, manyBookings(BOOKINGS_PER_WRITE, `W${n}-`));
    await new Promise((next) =>
      setTimeout(next, Math.max(0, startedMs + n * WRITE_GAP_MS - performance.now()))
    );
  }
  const all = 1 + WRITES * BOOKINGS_PER_WRITE;
  await until(
    () => `all have seen ${all} trades; ${viewers.filter(({ trades }) => trades === all).length} have`,
    () => viewers.every(({ trades }) => trades === all),
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  const after = cpuSeconds(web.program.pid);
  if (before !== null && after !== null) {
    const cores = (after - before) / seconds;
    console.log(`${VIEWERS} viewers, ${all} trades in ${seconds.toFixed(1)} s: ${cores.toFixed(2)} cores`);
    assert(cores < 1, `the web took ${cores.toFixed(2)} cores`);
  }
  await Promise.all(viewers.map(({ close }) => close()));
});
