/**
 * The shared worker of all tabs: it holds the one connection to the server.
 *
 * @module
 */

import { type Ask, openHub, type Tab, type Tell } from "./stream_hub.ts";
import { openSource } from "./stream_source.ts";

const hub = openHub(openSource);

addEventListener("connect", (event) => {
  const port = (event as MessageEvent).ports[0]!;
  const tab: Tab = { tell: (message: Tell) => port.postMessage(message) };
  port.onmessage = ({ data }: MessageEvent<Ask>) => hub.hear(tab, data);
  // A tab that crashed says nothing; browsers tell that its end of the port is gone.
  port.addEventListener("close", () => hub.hear(tab, { kind: "leave" }));
});
