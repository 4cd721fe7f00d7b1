/**
 * Follows the server's stream. All tabs of one browser share one connection, since HTTP/1.1 allows six of them to a
 * server: in a shared worker, else in the tab that leads, else, where neither exists, in each tab.
 *
 * @module
 */

import type { BreakRow, Kpi, Panels, TradeRow } from "../../shared/kpi/mod.ts";
import type { Ask, Tell } from "./stream_hub.ts";
import { openLine } from "./stream_leader.ts";
import { openSource, SILENCE_MAX_MS, type StreamEvent } from "./stream_source.ts";

export interface StreamHandlers {
  onKpi?(kpi: Kpi): void;
  /** What the board shows beside the figures. */
  onPanels?(panels: Panels): void;
  /** @param omitted How many more have changed and are not among the rows. */
  onTrades?(rows: TradeRow[], isReset: boolean, omitted: number): void;
  onBreaks?(rows: BreakRow[], isReset: boolean, omitted: number): void;
  /** False: the server has lost its database, and its figures stand still. */
  onDatabase?(isThere: boolean): void;
  onLink?(isUp: boolean): void;
}

interface Connection {
  ask(message: Ask): void;
  close(): void;
}

/**
 * @param position What the page already shows; empty: nothing, and it wants the figures and what comes from now on.
 * @returns How to end it.
 */
export function followStream(position: string, handlers: StreamHandlers): () => void {
  const read = toReader(handlers);
  let place = position;
  let heardAtMs = performance.now();
  const onTell = (message: Tell) => {
    heardAtMs = performance.now();
    if (message.kind === "link") return handlers.onLink?.(message.isUp);
    place = message.event.id;
    read(message.event);
  };
  const names = namesOf(handlers);
  const join = () => connection.ask({ kind: "join", place, names });
  let connection = connect(place, onTell, () => join());

  const leave = () => {
    connection.ask({ kind: "leave" });
    connection.close();
  };
  const rejoin = () => {
    leave();
    heardAtMs = performance.now();
    connection = connect(place, onTell, () => join());
  };
  // The one who holds the connection may be gone without a word, or have been frozen with its tab.
  const watch = setInterval(() => {
    if (performance.now() - heardAtMs < 2 * SILENCE_MAX_MS) return;
    handlers.onLink?.(false);
    rejoin();
  }, SILENCE_MAX_MS);
  const retry = () => document.hidden || connection.ask({ kind: "retry" });
  const onShow = ({ persisted }: PageTransitionEvent) => persisted && rejoin();
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", retry);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", onShow);

  return () => {
    clearInterval(watch);
    removeEventListener("online", retry);
    document.removeEventListener("visibilitychange", retry);
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", onShow);
    leave();
  };
}

/** @param onReady Called when somebody is there to be asked, again whenever that is somebody else. */
function connect(place: string, onTell: (message: Tell) => void, onReady: () => void): Connection {
  if (typeof SharedWorker === "function") {
    const worker = new SharedWorker(new URL("./stream_worker.ts", import.meta.url), { type: "module" });
    worker.port.onmessage = ({ data }: MessageEvent<Tell>) => onTell(data);
    queueMicrotask(onReady);
    return { ask: (message) => worker.port.postMessage(message), close: () => worker.port.close() };
  }
  if (typeof BroadcastChannel === "function" && navigator.locks !== undefined) {
    queueMicrotask(onReady);
    return openLine(onTell, onReady);
  }
  const source = openSource(place, {
    onEvent: (event) => onTell({ kind: "event", event }),
    onLink: (isUp) => onTell({ kind: "link", isUp }),
  });
  return { ask: ({ kind }) => kind === "retry" && source.retry(), close: () => source.close() };
}

/** A page of few figures is not kept busy with rows. */
function namesOf({ onPanels, onTrades, onBreaks }: StreamHandlers): string[] {
  return [
    // Its place moves with the figures.
    ...["kpi", "status", "reset"],
    ...onPanels ? ["panels"] : [],
    ...onTrades ? ["trades"] : [],
    ...onBreaks ? ["breaks"] : [],
  ];
}

function toReader(handlers: StreamHandlers): (event: StreamEvent) => void {
  let resetting = new Set<string>();
  return ({ name, data }) => {
    switch (name) {
      case "kpi":
        handlers.onDatabase?.(true);
        if (handlers.onKpi) handlers.onKpi(JSON.parse(data));
        break;
      case "panels":
        if (handlers.onPanels) handlers.onPanels(JSON.parse(data));
        break;
      case "reset":
        resetting = new Set(["trades", "breaks"]);
        break;
      case "trades":
        if (handlers.onTrades) {
          const { items, omitted } = JSON.parse(data);
          handlers.onTrades(items, resetting.delete(name), omitted ?? 0);
        }
        break;
      case "breaks":
        if (handlers.onBreaks) {
          const { items, omitted } = JSON.parse(data);
          handlers.onBreaks(items, resetting.delete(name), omitted ?? 0);
        }
        break;
      case "status":
        handlers.onDatabase?.(JSON.parse(data).database === "ok");
    }
  };
}
