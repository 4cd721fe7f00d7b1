import assert from "node:assert/strict";
import { sharedByCallers } from "./feed.ts";

Deno.test("sharedByCallers() gives a load that began after the call, and never two at once", async () => {
  let begun = 0;
  let running = 0;
  const gates: (() => void)[] = [];
  const load = sharedByCallers(async () => {
    const own = ++begun;
    assert.equal(++running, 1);
    await new Promise<void>((resolve) => gates.push(resolve));
    running--;
    return own;
  });
  const first = load();
  const [second, third] = [load(), load()];
  gates[0]!();
  assert.equal(await first, 1);
  while (gates.length < 2) await Promise.resolve();
  gates[1]!();
  assert.deepEqual(await Promise.all([second, third]), [2, 2]);
  assert.equal(begun, 2);
});

Deno.test("sharedByCallers() loads again after a failure", async () => {
  let fails = true;
  const load = sharedByCallers(() => fails ? Promise.reject(new RangeError("no")) : Promise.resolve(1));
  const both = [load(), load()];
  fails = false;
  await assert.rejects(both[0]!, RangeError);
  assert.equal(await both[1]!, 1);
});
