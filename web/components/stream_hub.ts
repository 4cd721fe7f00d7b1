/**
 * One stream for all tabs of a browser. Tabs join with the place that their page shows; what came since is kept for a
 * while, so that most of them need nothing from the server, and from an older place the stream is opened again for
 * all: what comes twice does no harm.
 *
 * @module
 */

import type { Listener, Source, StreamEvent } from "./stream_source.ts";

/** What a tab says to the hub. */
export type Ask =
  | {
    readonly kind: "join";
    /** What it shows; empty: nothing, it wants what comes from now on. */
    readonly place: string;
    /** The events that it handles: no others are sent to it. */
    readonly names: readonly string[];
  }
  | { readonly kind: "leave" | "retry" };
/** What the hub says to a tab. */
export type Tell =
  | { readonly kind: "event"; readonly event: StreamEvent }
  | { readonly kind: "link"; readonly isUp: boolean };

export interface Tab {
  tell(message: Tell): void;
}

/** Texts of events that are kept for tabs to come. */
const KEPT_CHARS_MAX = 2_000_000;

/** What one push of the server brought; its last event moves the place. */
interface Push {
  readonly events: StreamEvent[];
  readonly chars: number;
  readonly place: string;
}

export function openHub(open: (place: string, listener: Listener) => Source) {
  const tabs = new Map<Tab, ReadonlySet<string>>();
  let source: Source | null = null;
  let isUp: boolean | null = null;
  /** Where the kept pushes begin. */
  let keptFrom = "";
  let kept: Push[] = [];
  let keptChars = 0;
  let coming: StreamEvent[] = [];

  const listener: Listener = {
    onEvent: (event) => {
      keep(event);
      for (const [tab, names] of tabs) if (names.has(event.name)) tab.tell({ kind: "event", event });
    },
    onLink: (now) => {
      if (now !== isUp) { for (const tab of tabs.keys()) tab.tell({ kind: "link", isUp: now }); }
      isUp = now;
    },
  };

  function keep(event: StreamEvent): void {
    if (event.name === "status") return;
    coming.push(event);
    if (event.name !== "kpi") return;
    if (keptFrom === "") keptFrom = event.id;
    const chars = coming.reduce((sum, { data }) => sum + data.length, 0);
    kept.push({ events: coming, chars, place: event.id });
    keptChars += chars;
    coming = [];
    while (keptChars > KEPT_CHARS_MAX && kept.length > 1) {
      const oldest = kept.shift()!;
      keptChars -= oldest.chars;
      keptFrom = oldest.place;
    }
  }

  function forget(from: string): void {
    [keptFrom, kept, keptChars, coming] = [from, [], 0, []];
  }

  function join(tab: Tab, place: string, names: ReadonlySet<string>): void {
    tabs.set(tab, names);
    if (source === null) {
      forget(place);
      source = open(place, listener);
      return;
    }
    if (isUp !== null) tab.tell({ kind: "link", isUp });
    // A tab that shows nothing gets the figures at once, and these alone: rows are for those who know the others.
    const last = kept.at(-1)?.events.at(-1);
    if (place === "") return void (last && names.has(last.name) && tab.tell({ kind: "event", event: last }));
    if (keptFrom === "" || isBefore(place, keptFrom)) {
      forget(place);
      return source.reopen(place);
    }
    for (const push of kept) {
      if (isBefore(push.place, place)) continue;
      for (const event of push.events) if (names.has(event.name)) tab.tell({ kind: "event", event });
    }
  }

  function leave(tab: Tab): void {
    tabs.delete(tab);
    if (tabs.size > 0) return;
    source?.close();
    source = isUp = null;
  }

  return {
    hear: (tab: Tab, ask: Ask) => {
      if (ask.kind === "join") join(tab, ask.place, new Set(ask.names));
      else if (ask.kind === "leave") leave(tab);
      else source?.retry();
    },
    get tabs() {
      return tabs.size;
    },
  };
}

/** True when the place lies before the other; both are `xid-id`. */
function isBefore(place: string, other: string): boolean {
  const [xid = 0n, id = 0n] = readPlace(place);
  const [otherXid = 0n, otherId = 0n] = readPlace(other);
  return xid < otherXid || (xid === otherXid && id < otherId);
}

function readPlace(place: string): bigint[] {
  return /^\d+-\d+$/.test(place) ? place.split("-").map(BigInt) : [];
}
