import assert from "node:assert/strict";
import { openHub, type Tab, type Tell } from "./stream_hub.ts";
import type { Listener } from "./stream_source.ts";

const ALL = ["kpi", "trades", "breaks", "panels", "status", "reset"];

/** A hub over a stream that the test sends, and what it was opened from. */
function openTestHub() {
  const places: string[] = [];
  let listener: Listener | null = null;
  let closed = 0;
  const hub = openHub((place, own) => {
    places.push(place);
    listener = own;
    return {
      place,
      reopen: (from) => places.push(from),
      retry: () => {},
      close: () => closed++,
    };
  });
  const send = (name: string, id: string, data = "{}") => listener!.onEvent({ name, id, data });
  /** A push as the server sends it: rows at the place before, figures at the new one. */
  const push = (before: string, after: string, data = "{}") => {
    send("trades", before, data);
    send("kpi", after);
  };
  return { hub, places, send, push, link: (isUp: boolean) => listener!.onLink(isUp), closed: () => closed };
}

function toTab() {
  const told: string[] = [];
  const tab: Tab = {
    tell: (message: Tell) =>
      told.push(
        message.kind === "link"
          ? (message.isUp ? "up" : "down")
          : `${message.event.name} ${message.event.id}`,
      ),
  };
  return { tab, told };
}

const join = (place: string, names = ALL) => ({ kind: "join", place, names }) as const;

Deno.test("one connection serves all tabs, and ends with the last", () => {
  const { hub, places, push, closed } = openTestHub();
  const tabs = [toTab(), toTab(), toTab()];
  for (const { tab } of tabs) hub.hear(tab, join("7-1"));
  push("7-1", "8-1");
  for (const { told } of tabs) assert.deepEqual(told, ["trades 7-1", "kpi 8-1"]);
  assert.deepEqual(places, ["7-1"]);
  for (const { tab } of tabs) hub.hear(tab, { kind: "leave" });
  assert.deepEqual([closed(), hub.tabs], [1, 0]);
});

Deno.test("a tab that joins gets what came since its page was written", () => {
  const { hub, places, push, link } = openTestHub();
  hub.hear(toTab().tab, join("7-1"));
  link(true);
  push("7-1", "8-1");
  push("8-1", "9-2");
  push("9-2", "10-3");
  const late = toTab();
  hub.hear(late.tab, join("9-2"));
  assert.deepEqual(late.told, ["up", "trades 8-1", "kpi 9-2", "trades 9-2", "kpi 10-3"]);
  const ahead = toTab();
  hub.hear(ahead.tab, join("11-1"));
  assert.deepEqual(ahead.told, ["up"]);
  assert.deepEqual(places, ["7-1"]);
});

Deno.test("a tab from before what is kept has the stream opened again from its place", () => {
  const { hub, places, push } = openTestHub();
  hub.hear(toTab().tab, join("7-1"));
  push("7-1", "8-1");
  const early = toTab();
  hub.hear(early.tab, join("6-9"));
  assert.deepEqual(places, ["7-1", "6-9"]);
  push("6-9", "8-1");
  assert.deepEqual(early.told, ["trades 6-9", "kpi 8-1"]);
});

Deno.test("what is kept is bounded: who comes after its limit asks the server", () => {
  const { hub, places, push } = openTestHub();
  hub.hear(toTab().tab, join("7-1"));
  for (let n = 1; n <= 6; n++) push(`${n + 6}-1`, `${n + 7}-1`, "x".repeat(500_000));
  hub.hear(toTab().tab, join("8-1"));
  assert.deepEqual(places, ["7-1", "8-1"]);
});

Deno.test("a tab that shows nothing gets the newest figures alone, and what comes", () => {
  const { hub, places, push, send } = openTestHub();
  hub.hear(toTab().tab, join("7-1"));
  push("7-1", "8-1");
  const frame = toTab();
  hub.hear(frame.tab, join("", ["kpi"]));
  push("8-1", "9-1");
  send("panels", "9-1");
  assert.deepEqual(frame.told, ["kpi 8-1", "kpi 9-1"]);
  assert.deepEqual(places, ["7-1"]);
});

Deno.test("the link is told when it changes, and to who joins", () => {
  const { hub, link } = openTestHub();
  const { tab, told } = toTab();
  hub.hear(tab, join("7-1"));
  [true, true, false, true].forEach(link);
  assert.deepEqual(told, ["up", "down", "up"]);
});
