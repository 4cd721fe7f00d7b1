import assert from "node:assert/strict";
import type { Outbox, OutRecord } from "../shared/platform/outbox.ts";
import type { Rejection } from "./decode.ts";
import { sendAside } from "./set_aside.ts";

function rejection(topic: string, offset: string, bytes = 3): Rejection {
  const source = {
    topic,
    partition: 2,
    offset,
    key: new Uint8Array([7]),
    value: new Uint8Array(bytes),
    recordTimeMs: 0,
    digest: new Uint8Array(),
  };
  return { kind: "rejected", source, code: "json", text: "Unexpected é" };
}

/** An outbox of a broker that takes values up to a size. */
function outboxOf(bytesMax: number) {
  const sent: { topic: string; record: OutRecord }[] = [];
  const outbox: Outbox = {
    send(topic, records) {
      if (records.some(({ value }) => (value?.length ?? 0) > bytesMax)) {
        return Promise.reject(Object.assign(new Error("too large"), { type: "MESSAGE_TOO_LARGE" }));
      }
      sent.push(...records.map((record) => ({ topic, record })));
      return Promise.resolve();
    },
    drained: () => Promise.resolve(),
  };
  return { outbox, sent };
}

Deno.test("sendAside() keeps bytes and key, and says in headers where from and why", async () => {
  const { outbox, sent } = outboxOf(100);
  await sendAside(outbox, [rejection("trades", "41"), rejection("fix-trades", "9")]);
  assert.deepEqual(sent.map(({ topic }) => topic), ["trades.dlq", "fix-trades.dlq"]);
  assert.deepEqual(sent[0]!.record, {
    key: new Uint8Array([7]),
    value: new Uint8Array(3),
    headers: {
      "x-original-topic": "trades",
      "x-original-partition": "2",
      "x-original-offset": "41",
      "x-error-code": "json",
      "x-error-text": "Unexpected é",
    },
  });
});

Deno.test("sendAside() leaves out a value that the broker refuses for its size, and holds up no other", async () => {
  const { outbox, sent } = outboxOf(100);
  await sendAside(outbox, [
    rejection("trades", "1"),
    rejection("trades", "2", 500),
    rejection("trades", "3"),
  ]);
  assert.deepEqual(sent.map(({ record }) => record.value?.length ?? null), [3, null, 3]);
  assert.equal(sent[1]!.record.headers?.["x-value-omitted"], "500");
});

Deno.test("sendAside() fails when the broker does for another reason", async () => {
  const outbox: Outbox = {
    send: () => Promise.reject(new RangeError("no")),
    drained: () => Promise.resolve(),
  };
  await assert.rejects(sendAside(outbox, [rejection("trades", "1")]), RangeError);
});
