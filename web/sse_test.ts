import assert from "node:assert/strict";
import type { Board } from "../shared/kpi/mod.ts";
import { openLog } from "../shared/platform/log.ts";
import type { Feed, Push, Viewer } from "./feed.ts";
import { encodePush, openStreams, VIEWER_BUFFER_MAX_BYTES } from "./sse.ts";

const log = openLog("test", "error");
const figures = (asOf: string) => ({ asOf, trades: 1 }) as unknown as Push["kpi"];

function push(changes: Partial<Push> = {}): Push {
  return {
    reset: false,
    panels: null,
    kpi: figures("2026-11-23T14:30:05.125Z"),
    trades: [],
    breaks: [],
    omitted: { trades: 0, breaks: 0 },
    from: "7-1",
    position: "7-1",
    ...changes,
  };
}

/** A feed that stands still until the test pushes. */
function openTestFeed() {
  const viewers = new Set<Viewer>();
  const board = {
    kpi: figures("2026-11-23T14:30:05.125Z"),
    trades: [],
    breaks: [],
    position: "7-1",
  } as unknown as Board;
  const feed: Feed = {
    status: { database: "ok", asOf: null },
    position: "7-1",
    kpi: board.kpi,
    board: () => Promise.resolve(board),
    view: () => Promise.resolve(board),
    since: () => Promise.resolve(push()),
    join: (viewer) => {
      viewers.add(viewer);
      return () => viewers.delete(viewer);
    },
    wake: () => {},
    run: () => Promise.resolve(),
  };
  return { feed, viewers, send: (news: Push) => viewers.forEach((viewer) => viewer.onPush(news)) };
}

Deno.test("encodePush() moves the place with its last event only", () => {
  const rows = { trades: [{ trade_id: "T-1" }], breaks: [{ id: 1 }], position: "8-2" } as unknown as Partial<
    Push
  >;
  const ids = [...encodePush(push(rows)).matchAll(/^event: (\w+)\nid: (\S+)$/gm)].map((
    [, name, id],
  ) => [name, id]);
  assert.deepEqual(ids, [["trades", "7-1"], ["breaks", "7-1"], ["kpi", "8-2"]]);
});

Deno.test("open() drops a viewer who does not read, and only that one", async () => {
  const { feed, viewers, send } = openTestFeed();
  const streams = openStreams(feed, log);
  const slow = streams.open(null)!;
  const quick = streams.open(null)!.body!.getReader();
  await quick.read();
  assert.equal(streams.viewers, 2);
  const large = push({ trades: [{ trade_id: "x".repeat(100_000) }] as unknown as Push["trades"] });
  for (let sent = 0; sent < 2 * VIEWER_BUFFER_MAX_BYTES; sent += 100_000) {
    send(large);
    await quick.read();
    // The first reads bring what was sent on connect.
    if (sent === 0) await quick.read();
  }
  assert.equal(viewers.size, 1);
  assert.equal(streams.viewers, 1);
  await assert.rejects(slow.text(), /too slowly/);
  await quick.cancel();
  assert.equal(streams.viewers, 0);
});

Deno.test("open() keeps a viewer who reads, however large a push is", async () => {
  const { feed, viewers, send } = openTestFeed();
  const reader = openStreams(feed, log).open(null)!.body!.getReader();
  await reader.read();
  await reader.read();
  const text = "x".repeat(2 * VIEWER_BUFFER_MAX_BYTES);
  for (let n = 0; n < 3; n++) {
    send(push({ trades: [{ trade_id: text }] as unknown as Push["trades"] }));
    assert((await reader.read()).value!.length > text.length);
  }
  assert.equal(viewers.size, 1);
  await reader.cancel();
});

Deno.test("open() does not write a foreign id into the stream", async () => {
  const { feed } = openTestFeed();
  const reader = openStreams(feed, log).open("7-1\nevent: trades\ndata: {}")!.body!.getReader();
  let text = "";
  const decoder = new TextDecoder();
  while (!text.includes("event: kpi")) text += decoder.decode((await reader.read()).value);
  assert.match(text, /id: 0-0\n/);
  assert.doesNotMatch(text, /event: trades/);
  await reader.cancel();
});
