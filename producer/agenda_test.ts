import assert from "node:assert/strict";
import fc from "fast-check";
import { openAgenda } from "./agenda.ts";

Deno.test("openAgenda() gives what is soonest, and what came first of two at the same time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.integer({ min: 0, max: 20 }),
      (times, untilMs) => {
        const agenda = openAgenda<number>();
        times.forEach((atMs, at) => agenda.add(atMs, at));
        const taken: number[] = [];
        for (let next = agenda.take(untilMs); next !== null; next = agenda.take(untilMs)) {
          taken.push(next.value);
        }
        const due = [...times.keys()].filter((at) => times[at]! <= untilMs);
        assert.deepEqual(taken, due.toSorted((a, b) => times[a]! - times[b]! || a - b));
      },
    ),
  );
});
