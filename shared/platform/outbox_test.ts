import assert from "node:assert/strict";
import { openLog } from "./log.ts";
import { openOutbox, type OutBatch, type OutboxOptions } from "./outbox.ts";

const log = openLog("test", "error", () => {});
const signal = new AbortController().signal;
const record = (value: string | Uint8Array) => ({ key: null, value });

function open(deliver: OutboxOptions["deliver"], options: Partial<OutboxOptions> = {}) {
  return openOutbox({ deliver, isTransient: () => true, signal, log, ...options });
}

const valuesOf = (batches: readonly OutBatch[]) =>
  batches.flatMap(({ records }) => records.map(({ value }) => value));

Deno.test("send() has one request in flight, and joins what is sent meanwhile", async () => {
  const requests: unknown[][] = [];
  let inFlight = 0;
  const outbox = open(async (batches) => {
    assert.equal(++inFlight, 1);
    requests.push(valuesOf(batches));
    await new Promise((resolve) => setTimeout(resolve, 0));
    inFlight--;
  });
  await Promise.all(["a", "b"].map((value) => outbox.send("t", [record(value)])));
  const first = outbox.send("t", [record("c")]);
  await Promise.resolve();
  await Promise.all([first, outbox.send("u", [record("d")]), outbox.send("t", [record("e")])]);
  assert.deepEqual(requests, [["a", "b"], ["c"], ["d", "e"]]);
});

Deno.test("send() repeats a failed request as it was, before anything later", async () => {
  const requests: unknown[][] = [];
  const outbox = open((batches) => {
    requests.push(valuesOf(batches));
    return requests.length < 3 ? Promise.reject(new Error("away")) : Promise.resolve();
  });
  const first = outbox.send("t", [record("a")]);
  await Promise.resolve();
  await Promise.all([first, outbox.send("t", [record("b")])]);
  assert.deepEqual(requests, [["a"], ["a"], ["a"], ["b"]]);
});

Deno.test("send() fails for what is hopeless, and goes on with the rest", async () => {
  const outbox = open((batches) => {
    return valuesOf(batches).includes("bad")
      ? Promise.reject(new RangeError("too large"))
      : Promise.resolve();
  }, { isTransient: () => false });
  await assert.rejects(outbox.send("t", [record("bad")]), RangeError);
  await outbox.send("t", [record("good")]);
  await outbox.drained();
});

Deno.test("send() cuts what is more than a request may carry, and keeps the order", async () => {
  const sizes: number[] = [];
  const values: unknown[] = [];
  const outbox = open((batches) => {
    sizes.push(valuesOf(batches).reduce<number>((sum, value) => sum + value!.length, 0));
    values.push(...valuesOf(batches).map((value) => (value as Uint8Array)[0]));
    return Promise.resolve();
  });
  await outbox.send("t", Array.from({ length: 20 }, (_, n) => record(new Uint8Array(200_000).fill(n))));
  assert(sizes.length > 1 && sizes.every((size) => size <= 1_000_000), String(sizes));
  assert.deepEqual(values, Array.from({ length: 20 }, (_, n) => n));
});

Deno.test("drained() waits for all that was sent", async () => {
  let delivered = 0;
  const outbox = open((batches) => {
    delivered += valuesOf(batches).length;
    return new Promise((resolve) => setTimeout(resolve, 0));
  });
  for (let n = 0; n < 5; n++) outbox.send("t", [record("x")]);
  await outbox.drained();
  assert.equal(delivered, 5);
  await outbox.drained();
});
