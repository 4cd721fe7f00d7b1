/**
 * Streams through the web runtime end when their viewer or the server does, and leave no timer and no memory behind.
 *
 * @module
 */

import assert from "node:assert/strict";
import { App } from "fresh";
import { compress } from "hono/compress";

const CONNECTS = 1_000;

function openApp() {
  const counts = { open: 0, opened: 0 };
  const encoder = new TextEncoder();
  const app = new App().use(compress()).get("/stream", () => {
    let timer: ReturnType<typeof setInterval>;
    const body = new ReadableStream({
      start(controller) {
        counts.open++;
        counts.opened++;
        const send = () => controller.enqueue(encoder.encode(`data: ${"x".repeat(1_000)}\n\n`));
        send();
        timer = setInterval(send, 1_000);
      },
      cancel() {
        counts.open--;
        clearInterval(timer);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  return { app, counts };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("HEAD on a stream answers at once and leaves no timer", async () => {
  const { app, counts } = openApp();
  const response = await app.handler()(new Request("http://localhost/stream", { method: "HEAD" }));
  assert.deepEqual([response.status, response.body], [200, null]);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.deepEqual(counts, { open: 0, opened: 1 });
});

Deno.test("listen() ends open streams when its signal fires", async () => {
  const { app, counts } = openApp();
  const stop = new AbortController();
  const server = await app.listen({ port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen() {} });
  const response = await fetch(`http://127.0.0.1:${server.addr.port}/stream`);
  const reader = response.body!.getReader();
  await reader.read();
  stop.abort();
  await server.finished;
  await until(() => counts.open === 0, "the stream was not cancelled");
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  });
});

Deno.test(`a stream survives ${CONNECTS} connects and disconnects with flat memory`, async () => {
  const { app, counts } = openApp();
  const server = await app.listen({ port: 0, hostname: "127.0.0.1", onListen() {} });
  const url = `http://127.0.0.1:${server.addr.port}/stream`;
  const visit = async () => {
    const leave = new AbortController();
    const response = await fetch(url, { signal: leave.signal });
    const reader = response.body!.getReader();
    assert.equal((await reader.read()).done, false);
    leave.abort();
    await reader.read().catch(() => {});
  };
  const visitAll = async (count: number) => {
    for (let done = 0; done < count; done += 20) await Promise.all(Array.from({ length: 20 }, visit));
    await until(() => counts.open === 0, `${counts.open} streams stay open`);
  };
  await visitAll(CONNECTS);
  const before = Deno.memoryUsage().rss;
  await visitAll(CONNECTS);
  const grownMiB = (Deno.memoryUsage().rss - before) / 2 ** 20;
  console.log(`resident memory grew by ${grownMiB.toFixed(1)} MiB over ${CONNECTS} streams`);
  assert.ok(grownMiB < 32);
  await server.shutdown();
});
