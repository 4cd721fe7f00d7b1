/**
 * Follows the server's stream. A lost connection is noticed at once, or, when it hangs, when nothing was heard for
 * some seconds; it is opened again from the place that was reached.
 *
 * @module
 */

import type { BreakRow, Kpi, Panels, TradeRow } from "../../shared/kpi/mod.ts";

export interface StreamHandlers {
  onKpi(kpi: Kpi): void;
  /** What the board shows beside the figures. */
  onPanels?(panels: Panels): void;
  /** @param omitted How many more have changed and are not among the rows. */
  onTrades(rows: TradeRow[], isReset: boolean, omitted: number): void;
  onBreaks(rows: BreakRow[], isReset: boolean): void;
  /** False: the server has lost its database, and its figures stand still. */
  onDatabase(isThere: boolean): void;
  onLink(isUp: boolean): void;
}

/** The server says something every three seconds. */
const SILENCE_MAX_MS = 9_000;
const RETRY_FIRST_MS = 300;
const RETRY_MAX_MS = 4_000;
const WATCH_MS = 1_000;

/**
 * @param position What the page already shows.
 * @returns How to end it.
 */
export function followStream(
  position: string,
  handlers: StreamHandlers,
): () => void {
  let place = position;
  let source: EventSource | null = null;
  let heardAtMs = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let resetting = new Set<string>();

  function open(): void {
    clearTimeout(retry);
    source?.close();
    heardAtMs = performance.now();
    const own = source = new EventSource(
      `/api/v1/stream?after=${encodeURIComponent(place)}`,
    );
    const on = (name: string, handle: (data: unknown) => void) =>
      own.addEventListener(name, (event: MessageEvent<string>) => {
        if (own !== source) return;
        heardAtMs = performance.now();
        if (event.lastEventId) place = event.lastEventId;
        handle(JSON.parse(event.data));
      });
    on("kpi", (kpi) => {
      failures = 0;
      handlers.onLink(true);
      handlers.onDatabase(true);
      handlers.onKpi(kpi as Kpi);
    });
    on("panels", (panels) => handlers.onPanels?.(panels as Panels));
    on("reset", () => resetting = new Set(["trades", "breaks"]));
    on(
      "trades",
      (data) => {
        const { items, omitted } = data as {
          items: TradeRow[];
          omitted?: number;
        };
        handlers.onTrades(items, resetting.delete("trades"), omitted ?? 0);
      },
    );
    on(
      "breaks",
      (data) =>
        handlers.onBreaks(
          (data as { items: BreakRow[] }).items,
          resetting.delete("breaks"),
        ),
    );
    on("status", (data) => {
      handlers.onLink(true);
      handlers.onDatabase((data as { database: string }).database === "ok");
    });
    own.onerror = () => own === source && reopenLater();
  }

  function reopenLater(): void {
    source?.close();
    source = null;
    handlers.onLink(false);
    clearTimeout(retry);
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures++);
    // All viewers lose a server at the same moment; they do not come back at the same one.
    retry = setTimeout(open, waitMs / 2 + Math.random() * waitMs / 2);
  }

  const watch = setInterval(() => {
    if (source !== null && performance.now() - heardAtMs > SILENCE_MAX_MS) {
      reopenLater();
    }
  }, WATCH_MS);
  const openNow = () => source === null && open();
  addEventListener("online", openNow);
  document.addEventListener("visibilitychange", openNow);
  open();

  return () => {
    clearInterval(watch);
    clearTimeout(retry);
    removeEventListener("online", openNow);
    document.removeEventListener("visibilitychange", openNow);
    source?.close();
    source = null;
  };
}
