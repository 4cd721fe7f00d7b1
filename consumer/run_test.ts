import assert from "node:assert/strict";
import type { RecordBatch } from "../shared/platform/consume.ts";
import type { KafkaRecord } from "../shared/platform/intake.ts";
import type { Decoded, Rejection } from "./decode.ts";
import { run } from "./run.ts";

const record = (offset: number): KafkaRecord => ({
  topic: "t",
  partition: 0,
  offset: String(offset),
  key: null,
  value: null,
  recordTimeMs: 0,
});
const reject = (source: KafkaRecord): Rejection => ({
  kind: "rejected",
  source: { ...source, digest: new Uint8Array() },
  code: "empty",
  text: "",
});

async function* batchesOf(count: number, effects: string[]): AsyncGenerator<RecordBatch> {
  for (let n = 0; n < count; n++) {
    effects.push(`read ${n}`);
    yield {
      records: [record(n)],
      progress: [],
      commit: () => Promise.resolve(void effects.push(`commit ${n}`)),
    };
  }
}

function stepsOf(effects: string[], write = (_: readonly Decoded[]) => Promise.resolve()) {
  return {
    decode: reject,
    write: async (decoded: readonly Decoded[]) => {
      await write(decoded);
      effects.push(`write ${decoded[0]!.source.offset}`);
      return { setAside: decoded as Rejection[] };
    },
    setAside: ([first]: readonly Rejection[]) =>
      Promise.resolve(void effects.push(`set aside ${first!.source.offset}`)),
    report: () => void effects.push("report"),
  };
}

Deno.test("run() moves the offset only after rows and dead letters are durable", async () => {
  const effects: string[] = [];
  await run(batchesOf(1, effects), stepsOf(effects));
  assert.deepEqual(effects, ["read 0", "write 0", "set aside 0", "commit 0", "report"]);
});

Deno.test("run() reads ahead while it writes, and writes one batch after the other", async () => {
  const effects: string[] = [];
  await run(batchesOf(3, effects), stepsOf(effects, () => new Promise((resolve) => setTimeout(resolve, 0))));
  assert(effects.indexOf("read 1") < effects.indexOf("write 0"), effects.join());
  const durable = effects.filter((effect) => /write|commit/.test(effect));
  assert.deepEqual(durable, ["write 0", "commit 0", "write 1", "commit 1", "write 2", "commit 2"]);
});

Deno.test("run() leaves the offset where it was when a write fails, and ends at once", async () => {
  const effects: string[] = [];
  const waitsForEver: AsyncIterable<RecordBatch> = (async function* () {
    yield* batchesOf(1, effects);
    await new Promise(() => {});
  })();
  const failing = stepsOf(effects, () => Promise.reject(new RangeError("disk full")));
  await assert.rejects(run(waitsForEver, failing), RangeError);
  assert.deepEqual(effects, ["read 0"]);
});

Deno.test("run() ends with the batches, after the last one is done", async () => {
  const effects: string[] = [];
  await run(batchesOf(2, effects), stepsOf(effects));
  assert.deepEqual(effects.slice(-2), ["commit 1", "report"]);
});

Deno.test("run() throws what the batches throw, after the one in hand is done", async () => {
  const effects: string[] = [];
  const failing: AsyncIterable<RecordBatch> = (async function* () {
    yield* batchesOf(1, effects);
    throw new RangeError("position lost");
  })();
  await assert.rejects(run(failing, stepsOf(effects)), RangeError);
  assert.deepEqual(effects.at(-1), "report");
});
