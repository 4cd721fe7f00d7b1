/**
 * One viewer of the feed as server-sent events. An id is a place in the database's change feed: only the last event
 * of a push carries the new place, so that a viewer who is cut off in between gets the rest again.
 *
 * @module
 */

import type { Kpi } from "../shared/kpi/mod.ts";
import type { Log } from "../shared/platform/log.ts";
import { messageOf } from "../shared/platform/retry.ts";
import type { Feed, Push, Status } from "./feed.ts";
import { isAfter, isPosition, START } from "./store.ts";

/** Unsent bytes of one viewer; who reads slower than this fills up is dropped and may reconnect. */
export const VIEWER_BUFFER_MAX_BYTES = 1024 * 1024;
export const VIEWERS_MAX = 5_000;
/** How long a browser waits before it reconnects. */
const RETRY_MS = 1_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Opens streams over one feed. */
export function openStreams(feed: Feed, log: Log) {
  const encode = sharedEncoder();
  let viewers = 0;

  /**
   * @param after The place the viewer has reached; null: it has seen nothing.
   * @returns The stream, or null when there are too many viewers.
   */
  function open(after: string | null): Response | null {
    if (viewers >= VIEWERS_MAX) return null;
    let leave = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        viewers++;
        const stop = new AbortController();
        const unjoin = joinFeed(feed, log, after, encode, stop.signal, (bytes) => {
          if (stop.signal.aborted) return;
          // Judged before, so that one large push does not drop those who read all of it.
          if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(bytes);
          leave();
          controller.error(new Error("the viewer reads too slowly"));
        });
        leave = () => {
          if (stop.signal.aborted) return;
          stop.abort();
          unjoin();
          viewers--;
        };
      },
      cancel: () => leave(),
    }, new ByteLengthQueuingStrategy({ highWaterMark: VIEWER_BUFFER_MAX_BYTES }));
    return new Response(body, { headers: HEADERS });
  }

  return {
    open,
    headers: HEADERS,
    get viewers() {
      return viewers;
    },
  };
}

/** Sends the figures at once, then what was missed, then what comes. */
function joinFeed(
  feed: Feed,
  log: Log,
  after: string | null,
  encode: (push: Push) => Uint8Array,
  signal: AbortSignal,
  send: (bytes: Uint8Array) => void,
): () => void {
  let place = after;
  let first: Kpi | null = null;
  /** What comes while we catch up; null: we have. */
  let waiting: Push[] | null = [];
  let isCatchingUp = false;

  const leave = feed.join({
    onPush: (push) => {
      if (waiting === null) return deliver(push);
      waiting.push(push);
      if (!isCatchingUp) catchUp();
    },
    onStatus: (status) => send(toBytes(encodeStatus(status))),
  });
  send(toBytes(`retry: ${RETRY_MS}\n\n`));
  catchUp();
  return leave;

  function deliver(push: Push): void {
    // A viewer may be ahead of this process, having been served by another one.
    if (place !== null && !push.reset && isAfter(place, push.position)) return;
    place = push.position;
    // A look that began before the viewer came may end after it was shown newer figures.
    send(encode(first !== null && push.kpi.asOf < first.asOf ? { ...push, kpi: first } : push));
  }

  /** While the database is away this shows what was last known; the next push calls it again. */
  async function catchUp(): Promise<void> {
    isCatchingUp = true;
    try {
      const board = await feed.board();
      if (signal.aborted) return;
      if (board !== null) {
        place ??= board.position;
        // What was pushed before we joined is in the feed's own figures, if those are newer.
        first = feed.kpi !== null && feed.kpi.asOf > board.kpi.asOf ? feed.kpi : board.kpi;
        send(toBytes(encodeEvent("kpi", readPlace(place), first)));
      }
      if (board === null || feed.status.database === "away") {
        return send(toBytes(encodeStatus(feed.status)));
      }
      // What was pushed until now lies before the feed's place, so reading from ours to there covers it. Who comes
      // back is always read for: the feed itself may be as far behind, and leaves out what is too much for a push.
      waiting = [];
      const isCurrent = after === null && !isAfter(feed.position, place!);
      const missed = isCurrent ? null : await feed.since(place!);
      if (signal.aborted) return;
      for (const push of missed === null ? waiting : [missed, ...waiting]) deliver(push);
      waiting = null;
    } catch (error) {
      if (feed.status.database === "ok") {
        log.warn(`cannot bring a viewer up to date yet: ${messageOf(error)}`);
      }
      if (!signal.aborted) send(toBytes(encodeStatus(feed.status)));
    } finally {
      isCatchingUp = false;
    }
  }
}

/** Encodes a push once, however many viewers get it. */
function sharedEncoder(): (push: Push) => Uint8Array {
  let latest: { push: Push; bytes: Uint8Array } | null = null;
  return (push) => {
    if (latest?.push !== push) latest = { push, bytes: toBytes(encodePush(push)) };
    return latest.bytes;
  };
}

/** The events of a push; only its last one carries the new place. */
export function encodePush({ reset, kpi, panels, trades, breaks, omitted, from, position }: Push): string {
  const events: [name: string, data: unknown][] = [];
  if (reset) events.push(["reset", { position }]);
  if (trades.length > 0 || reset) events.push(["trades", { items: trades, omitted: omitted.trades }]);
  if (breaks.length > 0 || reset) events.push(["breaks", { items: breaks, omitted: omitted.breaks }]);
  if (panels !== null) events.push(["panels", panels]);
  // Cut off inside a reset, a viewer starts over.
  const before = reset ? START : from;
  return events.map(([name, data]) => encodeEvent(name, before, data)).join("") +
    encodeEvent("kpi", position, kpi);
}

function encodeStatus(status: Status): string {
  return `: ${status.database}\nevent: status\ndata: ${JSON.stringify(status)}\n\n`;
}

function encodeEvent(name: string, id: string, data: unknown): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** An id comes from outside: one that is no place must not become lines of the stream. */
function readPlace(place: string): string {
  return isPosition(place) ? place : START;
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
