import assert from "node:assert/strict";
import { toHexRows } from "./hex.ts";

Deno.test("toHexRows() writes sixteen bytes a row, and what is left over", () => {
  const rows = toHexRows(new TextEncoder().encode("8=FIX.4.4\x019=5\x01ABCÿ"));
  assert.deepEqual(rows, [
    { at: "000000", hex: "38 3d 46 49 58 2e 34 2e 34 01 39 3d 35 01 41 42", text: "8=FIX.4.4.9=5.AB" },
    { at: "000010", hex: "43 c3 bf".padEnd(47), text: "C.." },
  ]);
  assert.deepEqual(toHexRows(new Uint8Array()), []);
});
