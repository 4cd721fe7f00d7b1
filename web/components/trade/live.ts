/**
 * Keeps what a page tells up to date: it is loaded anew when the stream has news that may concern it.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { BreakRow, Kpi, TradeRow } from "../../../shared/kpi/mod.ts";
import type { Link } from "../Connection.tsx";
import { followStream } from "../stream.ts";

/** Changes that come together are one load. */
const GATHER_MS = 200;
const RETRY_MS = 2_000;

export interface Told<T> {
  readonly first: T;
  /** Where the API tells it; null: it is past and does not change. */
  readonly address: string | null;
  /** The place in the change feed that the page has reached at least. */
  readonly position: string;
  /** ISO instant by the server's clock. */
  readonly asOf: string;
  isOwn(row: TradeRow | BreakRow): boolean;
  /** Figures that tell of news which no row does; called with those before. */
  isNews?(now: Kpi, before: Kpi): boolean;
}

export function useStory<T>({ first, address, position, asOf, isOwn, isNews }: Told<T>) {
  const story = useSignal(first);
  /** How often it was brought up to date. */
  const updates = useSignal(0);
  const link = useSignal<Link>("connecting");
  const kpi = useSignal({ asOf });
  const heardAtMs = useSignal(0);
  const nowMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, nowMs.value - heardAtMs.value));

  useEffect(() => {
    if (address === null) return;
    let loading: ReturnType<typeof setTimeout> | undefined;
    let before: Kpi | null = null;
    const stop = new AbortController();
    const load = async () => {
      const response = await fetch(address, { signal: stop.signal }).catch(() => null);
      loading = undefined;
      if (stop.signal.aborted) return;
      if (response?.ok !== true) return loadSoon(RETRY_MS);
      story.value = await response.json();
      updates.value++;
    };
    const loadSoon = (ms = GATHER_MS) => {
      loading ??= setTimeout(load, ms);
    };
    heardAtMs.value = nowMs.value = performance.now();
    const clock = setInterval(() => !document.hidden && (nowMs.value = performance.now()), 1_000);
    const leave = followStream(position, {
      onKpi: (now) => {
        heardAtMs.value = nowMs.value = performance.now();
        kpi.value = { asOf: now.asOf };
        if (before !== null && isNews?.(now, before)) loadSoon(RETRY_MS);
        before = now;
      },
      // What the stream leaves out may be its own.
      onTrades: (rows, isReset, omitted) => (isReset || omitted > 0 || rows.some(isOwn)) && loadSoon(),
      onBreaks: (rows, isReset) => (isReset || rows.some(isOwn)) && loadSoon(),
      onDatabase: (isThere) => link.value = isThere ? "live" : "still",
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    return () => {
      stop.abort();
      clearTimeout(loading);
      clearInterval(clock);
      leave();
    };
  }, []);
  return { story, updates, link, kpi, ageMs };
}
