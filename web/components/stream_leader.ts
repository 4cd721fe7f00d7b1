/**
 * For browsers without shared workers: of all tabs the one that holds a lock has the connection, and hands on what
 * comes over a channel. When it goes the lock, and with it the connection, passes to the next.
 *
 * @module
 */

import { type Ask, openHub, type Tab, type Tell } from "./stream_hub.ts";
import { openSource } from "./stream_source.ts";

const NAME = "breakwater-stream";

type Message =
  | { readonly from: string; readonly ask: Ask }
  | { readonly to: string; readonly tell: Tell }
  | { readonly isNew: true };

export interface Line {
  ask(message: Ask): void;
  close(): void;
}

/**
 * @param onTell What the leader says to this tab.
 * @param onLeader There is a new leader, which knows nobody yet.
 */
export function openLine(onTell: (message: Tell) => void, onLeader: () => void): Line {
  const own = crypto.randomUUID();
  const channel = new BroadcastChannel(NAME);
  const stop = new AbortController();
  /** Set in the tab that leads. */
  let lead: ((from: string, ask: Ask) => void) | null = null;

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("isNew" in data) onLeader();
    else if ("to" in data) { if (data.to === own) onTell(data.tell); }
    else lead?.(data.from, data.ask);
  };
  const holding = navigator.locks.request(
    NAME,
    { signal: stop.signal },
    () =>
      new Promise<void>((release) => {
        lead = toLead(own, onTell, channel);
        stop.signal.addEventListener("abort", () => {
          lead?.(own, { kind: "leave" });
          lead = null;
          release();
        });
        channel.postMessage({ isNew: true });
        onLeader();
      }),
  );
  holding.catch(() => {}); // Ended before it was its turn.

  return {
    ask: (ask) => lead === null ? channel.postMessage({ from: own, ask }) : lead(own, ask),
    close: () => {
      stop.abort();
      channel.close();
    },
  };
}

function toLead(own: string, onTell: (message: Tell) => void, channel: BroadcastChannel) {
  const hub = openHub(openSource);
  const tabs = new Map<string, Tab>();
  return (from: string, ask: Ask) => {
    const tab = tabs.get(from) ?? {
      tell: (tell: Tell) => from === own ? onTell(tell) : channel.postMessage({ to: from, tell }),
    };
    tabs.set(from, tab);
    hub.hear(tab, ask);
    if (ask.kind === "leave") tabs.delete(from);
  };
}
