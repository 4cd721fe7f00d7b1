import assert from "node:assert/strict";
import type { Exposure } from "./exposure.ts";
import { waitingRows, withRowsOf } from "./held.ts";

const EMPTY = { positions: [], ladder: [], netting: [] };
const exposureOf = (...names: [name: string, gross: string][]) =>
  ({
    ...EMPTY,
    counterparties: names.map(([counterparty, gross_usd]) => ({ counterparty, gross_usd })),
  }) as unknown as Exposure;

Deno.test("withRowsOf() follows the figures of the rows that are read, and moves none", () => {
  const shown = exposureOf(["Citi", "3"], ["UBS", "2"], ["Barclays", "1"]);
  const now = exposureOf(["New", "9"], ["UBS", "8"], ["Citi", "4"]);
  const { counterparties } = withRowsOf(now, shown);
  assert.deepEqual(counterparties.map(({ counterparty, gross_usd }) => `${counterparty} ${gross_usd}`), [
    "Citi 4",
    "UBS 8",
    "Barclays 1",
  ]);
  assert.equal(waitingRows(now, shown), 2);
  assert.equal(waitingRows(shown, shown), 0);
});
