import assert from "node:assert/strict";
import fc from "fast-check";
import { sumBytes } from "./checksum.ts";

Deno.test("sumBytes() equals the sum byte by byte, for any place in any buffer", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.nat(8), fc.nat(8), (bytes, start, cut) => {
    const end = Math.max(start, bytes.length - cut);
    if (start > bytes.length) return;
    const plain = bytes.subarray(start, end).reduce((sum, byte) => (sum + byte) & 255, 0);
    assert.equal(sumBytes(bytes, start, end), plain);
  }));
});

Deno.test("sumBytes() does not overflow on the highest bytes", () => {
  assert.equal(sumBytes(new Uint8Array(100_000).fill(255), 0, 100_000), (100_000 * 255) & 255);
});
