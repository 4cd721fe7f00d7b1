import assert from "node:assert/strict";
import { openLog } from "./log.ts";
import { backOffMs, delay, messageOf, retry, within } from "./retry.ts";

const lines: string[] = [];
const log = openLog("test", "debug", (line) => lines.push(line));
const never = new AbortController().signal;

Deno.test("retry() goes on until it succeeds, and says each new reason once", async () => {
  lines.length = 0;
  const reasons = ["refused", "refused", "reset"];
  const attempt = () => {
    const reason = reasons.shift();
    return reason ? Promise.reject(new Error(reason)) : Promise.resolve("there");
  };
  const options = { signal: never, log, isTransient: () => true, delayMaxMs: 1 };
  assert.equal(await retry("reach it", attempt, options), "there");
  assert.deepEqual(lines.map((line) => line.slice(25)), [
    "warn test cannot reach it yet, trying again: refused",
    "warn test cannot reach it yet, trying again: reset",
    "info test could reach it after 3 failed attempts",
  ]);
});

Deno.test("retry() throws on what waiting cannot mend", async () => {
  const attempt = () => Promise.reject(new RangeError("no"));
  await assert.rejects(retry("x", attempt, { signal: never, log, isTransient: () => false }), RangeError);
});

Deno.test("retry() ends with the signal's reason, after the attempt under way", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const attempt = () => {
    stop.abort(reason);
    return Promise.reject(new Error("refused"));
  };
  const options = { signal: stop.signal, log, isTransient: () => true };
  await assert.rejects(retry("x", attempt, options), (error) => error === reason);
  assert.equal(await retry("x", () => Promise.resolve(1), options), 1);
});

Deno.test("backOffMs() doubles up to its maximum, half of it random", () => {
  const full = [0, 1, 2, 3, 10, 1_000].map((failures) => backOffMs(failures, 500, () => 1));
  assert.deepEqual(full, [100, 200, 400, 500, 500, 500]);
  assert.equal(backOffMs(1, 500, () => 0), 100);
});

Deno.test("delay() ends early with the signal's reason", async () => {
  const stop = new AbortController();
  const waiting = delay(60_000, stop.signal);
  stop.abort("enough");
  await assert.rejects(waiting, (reason) => reason === "enough");
  await assert.rejects(delay(60_000, stop.signal), (reason) => reason === "enough");
});

Deno.test("within() outlasts neither its limit nor a failure", async () => {
  await within(1, new Promise(() => {}));
  await within(60_000, Promise.reject(new Error("ignored")));
});

Deno.test("messageOf() unfolds the reasons of a refused connection", () => {
  const both = new AggregateError([new Error("refused ::1"), new Error("refused 127.0.0.1")]);
  assert.equal(messageOf(both), "refused ::1; refused 127.0.0.1");
  assert.equal(messageOf("text"), "text");
});
