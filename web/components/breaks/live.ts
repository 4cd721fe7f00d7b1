/**
 * Keeps a bench live: the stream of breaks, the server's clock, and whether there is a server at all.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Link } from "../Connection.tsx";
import { followStream } from "../stream.ts";
import type { Bench } from "./bench.ts";

const TICK_MS = 1_000;
/** Counts follow the breaks, not each of them. */
const SUMMARY_DELAY_MS = 1_000;

export interface LiveStart {
  /** What the page already shows. */
  readonly position: string;
  /** ISO instant by the server's clock. */
  readonly asOf: string;
}

export function useLive(bench: Bench, { position, asOf: start }: LiveStart) {
  const link = useSignal<Link>("connecting");
  const kpi = useSignal({ asOf: start });
  const nowMs = useSignal(Date.parse(start));
  const heardAtMs = useSignal(0);
  const tickAtMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, tickAtMs.value - heardAtMs.value));

  useEffect(() => {
    let counting: ReturnType<typeof setTimeout> | undefined;
    const countSoon = () => {
      counting ??= setTimeout(() => {
        counting = undefined;
        bench.loadSummary();
      }, SUMMARY_DELAY_MS);
    };
    const tick = () => {
      tickAtMs.value = performance.now();
      nowMs.value = Date.parse(kpi.peek().asOf) + ageMs.peek();
    };
    heardAtMs.value = tickAtMs.value = performance.now();
    const clock = setInterval(() => !document.hidden && tick(), TICK_MS);
    const stop = followStream(position, {
      onKpi: ({ asOf }) => {
        heardAtMs.value = performance.now();
        kpi.value = { asOf };
        tick();
      },
      onBreaks: (rows, isReset, omitted) => {
        // More has changed than was told, or the stream has lost its place.
        if (isReset || omitted > 0) bench.reset();
        else bench.takeIn(rows);
        if (isReset || rows.length > 0) countSoon();
      },
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      clearInterval(clock);
      clearTimeout(counting);
      stop();
    };
  }, []);
  return { link, kpi, nowMs, ageMs };
}
