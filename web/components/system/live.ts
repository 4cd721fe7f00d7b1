/**
 * Keeps a page of figures live: it asks for them anew when the stream says that there is news, at most so often, and
 * only while the page is seen.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Kpi } from "../../../shared/kpi/mod.ts";
import type { Link } from "../Connection.tsx";
import { followStream } from "../stream.ts";

const TICK_MS = 1_000;

interface Followed {
  /** What the page already shows. */
  readonly position: string;
  /** ISO instant by the server's clock. */
  readonly asOf: string;
  /** The database was away when the page was made. */
  readonly isStill?: boolean;
  /** Between two loads. */
  readonly gapMs: number;
  /**
   * Asks anew, and answers with the instant of the figures by the server's clock; null: there are no newer ones. Throws
   * the reason why not.
   */
  load(): Promise<string | null>;
  /** Whether figures tell of something that the page shows; called with those before. */
  isNews(now: Kpi, before: Kpi): boolean;
}

export function useFigures({ position, asOf, isStill = false, gapMs, load, isNews }: Followed) {
  const link = useSignal<Link>(isStill ? "still" : "connecting");
  /** Why the last load failed. */
  const problem = useSignal<string | null>(null);
  const kpi = useSignal({ asOf });
  const loadedAtMs = useSignal(0);
  const tickAtMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, tickAtMs.value - loadedAtMs.value));
  /** By the server's clock. */
  const nowMs = useComputed(() => Date.parse(kpi.value.asOf) + ageMs.value);

  const refresh = async () => {
    try {
      const asOf = await load();
      problem.value = null;
      if (asOf === null) return;
      kpi.value = { asOf };
      loadedAtMs.value = tickAtMs.value = performance.now();
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };

  useEffect(() => {
    let loading: ReturnType<typeof setTimeout> | undefined;
    let before: Kpi | null = null;
    let startedAtMs = performance.now();
    const loadSoon = () => {
      if (document.hidden) return;
      loading ??= setTimeout(async () => {
        startedAtMs = performance.now();
        await refresh();
        loading = undefined;
      }, Math.max(0, startedAtMs + gapMs - performance.now()));
    };
    loadedAtMs.value = tickAtMs.value = performance.now();
    const clock = setInterval(() => !document.hidden && (tickAtMs.value = performance.now()), TICK_MS);
    const leave = followStream(position, {
      onKpi: (now) => {
        if (before === null || isNews(now, before)) loadSoon();
        before = now;
      },
      onDatabase: (isThere) => {
        link.value = isThere ? "live" : "still";
        if (!isThere) loadSoon();
      },
      onLink: (isUp) => link.value = isUp ? "live" : "lost",
    });
    document.addEventListener("visibilitychange", loadSoon);
    return () => {
      clearInterval(clock);
      clearTimeout(loading);
      document.removeEventListener("visibilitychange", loadSoon);
      leave();
    };
  }, []);
  return { link, kpi, ageMs, nowMs, problem, refresh };
}
