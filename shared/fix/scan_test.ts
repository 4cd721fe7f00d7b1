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

/** Changes that a row of tags must not take for its own: of a digit, an equals sign, the end of a value. */
const anyChange = fc.tuple(fc.nat(), fc.constantFrom(0, 1, 48, 57, 61, 124));
const anyRow = fc.array(fc.tuple(fc.integer({ min: 1, max: 12_000 }), fc.string({ maxLength: 4 })), {
  minLength: 1,
  maxLength: 8,
});

Deno.test("readFrame() sees each change of a message whose row of tags it knows", () => {
  fc.assert(
    fc.property(anyRow, anyChange, fc.nat({ max: 5 }), (fields, [place, byte], before) => {
      const body = new TextEncoder().encode(
        `35=0\x01${fields.map(([tag, text]) => `${tag}=${text.replace("\x01", "")}x\x01`).join("")}`,
      );
      const [quick, slow] = [new Fields(), new Fields()];
      const read = (frame: Uint8Array) => {
        const bytes = new Uint8Array(before + frame.length);
        bytes.set(frame, before);
        quick.readFrame(bytes, before, bytes.length);
        slow.read(bytes, before, bytes.length);
        assert.deepEqual(seen(quick), seen(slow));
      };
      const frame = encodeFrame("FIX.4.4", body);
      for (let times = 0; times < 3; times++) read(frame);
      body[5 + place % (body.length - 5)] = byte;
      body[body.length - 1] = 1;
      read(encodeFrame("FIX.4.4", body));
    }),
    { numRuns: 3_000 },
  );
});

function seen({ count, tags, starts, ends, faults }: Fields) {
  return { count, faults, fields: [tags, starts, ends].map((list) => [...list.subarray(0, count)]) };
}
