import assert from "node:assert/strict";
import { openJournal } from "./journal.ts";
import type { Written } from "./store/mod.ts";

const batch = (records: number, more: Partial<Written> = {}): Written => ({
  records,
  tradesNew: 0,
  duplicates: 0,
  conflicts: 0,
  breaksOpened: 0,
  breaksClosed: 0,
  setAside: [],
  ...more,
});

Deno.test("openJournal() says the first batch at once, then sums, and the rest at the end", () => {
  const said: string[] = [];
  let nowMs = 0;
  const journal = openJournal((text) => said.push(text), () => nowMs);
  journal.add(batch(3, { tradesNew: 2 }), 10);
  nowMs = 1_000;
  journal.add(batch(1), 20);
  nowMs = 4_999;
  journal.add(batch(1, { breaksOpened: 1 }), 20);
  nowMs = 5_000;
  journal.add(batch(1, { duplicates: 1 }), 20);
  journal.add(batch(1), 5);
  journal.close();
  journal.close();
  assert.deepEqual(said, [
    "wrote 3 records in 10 ms, 2 trades new",
    "wrote 3 records in 3 batches of 20 ms, 1 seen before, 1 breaks opened",
    "wrote 1 records in 5 ms",
  ]);
});
