import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeFrame } from "./encode.ts";
import { Fields } from "./fields.ts";
import { scanFrame } from "./frame.ts";

/** Bytes of messages, with those that fast reading could take for others. */
const anyByte = fc.constantFrom(
  ...Array.from("0123456789=|\0\x02<>:/ABC~\x7f\x80\xff", (char) => char.charCodeAt(0)),
);
const anyField = fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.array(anyByte, { maxLength: 9 }));
const anyBody = fc.array(anyField, { maxLength: 12 });

// Whole words and single bytes are two ways to read the same; where they differ, one of them is wrong.
Deno.test("readFrame() finds the frame, fields and faults that scanFrame() and read() find", () => {
  fc.assert(
    fc.property(anyBody, fc.nat({ max: 7 }), fc.nat({ max: 7 }), (body, before, after) => {
      const text = body.flatMap(([tag, value]) => [...new TextEncoder().encode(`${tag}=`), ...value, 1]);
      const soh = text.map((byte) => byte === 124 ? 1 : byte);
      const frame = encodeFrame("FIX.4.4", Uint8Array.of(...new TextEncoder().encode("35=0\x01"), ...soh));
      const bytes = new Uint8Array(before + frame.length + after);
      bytes.set(frame, before);
      const [quick, slow] = [new Fields(), new Fields()];
      assert.equal(quick.readFrame(bytes, before, bytes.length), scanFrame(bytes, before, bytes.length));
      slow.read(bytes, before, before + frame.length);
      assert.deepEqual(seen(quick), seen(slow));
      bytes[before + frame.length - 2]! ^= 1;
      assert.equal(quick.readFrame(bytes, before, bytes.length), scanFrame(bytes, before, bytes.length));
    }),
    { numRuns: 3_000 },
  );
});

function seen({ count, tags, starts, ends, faults }: Fields) {
  return { count, faults, fields: [tags, starts, ends].map((list) => [...list.subarray(0, count)]) };
}
