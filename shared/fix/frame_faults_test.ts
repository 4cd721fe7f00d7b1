import assert from "node:assert/strict";
import fc from "fast-check";
import { sumBytes } from "./checksum.ts";
import { frameFaults } from "./frame_faults.ts";
import { fix } from "./testdata/fix.ts";

const CASES: { name: string; input: string; codes: string[] }[] = [
  { name: "nothing in a sound message", input: "8=FIX.4.4|9=5|35=0|10=163|", codes: [] },
  { name: "a wrong checksum", input: "8=FIX.4.4|9=5|35=0|10=164|", codes: ["checksum"] },
  { name: "a checksum without its SOH", input: "8=FIX.4.4|9=5|35=0|10=163", codes: ["checksum"] },
  { name: "a checksum of four digits", input: "8=FIX.4.4|9=5|35=0|10=0163|", codes: ["checksum"] },
  { name: "no checksum", input: "8=FIX.4.4|9=5|35=0|", codes: ["checksum"] },
  { name: "a wrong length", input: "8=FIX.4.4|9=6|35=0|10=164|", codes: ["body_length"] },
  { name: "no length", input: "8=FIX.4.4|35=0|10=***|", codes: ["body_length"] },
  {
    name: "a wrong length and checksum",
    input: "8=FIX.4.4|9=6|35=0|10=1|",
    codes: ["body_length", "checksum"],
  },
  { name: "35 before 9", input: "8=FIX.4.4|35=0|9=5|10=***|", codes: ["header_order"] },
  { name: "9 before 8", input: "9=5|8=FIX.4.4|35=0|10=***|", codes: ["header_order"] },
  { name: "34 before 35", input: "8=FIX.4.4|9=10|34=1|35=0|10=***|", codes: ["header_order"] },
  { name: "another protocol", input: "8=FOX.4.4|9=5|35=0|10=***|", codes: ["begin_string"] },
  { name: "no BeginString", input: "9=5|35=0|10=***|", codes: ["begin_string"] },
  { name: "no message", input: "hello", codes: ["garbled"] },
  { name: "no message in nothing", input: "", codes: ["garbled"] },
  {
    name: "a second message",
    input: "8=FIX.4.4|9=5|35=0|10=163|8=FIX.4.4|9=5|35=0|10=163|",
    codes: ["garbled"],
  },
  { name: "a message cut short", input: "8=FIX.4.4|9=50|35=D|49=A", codes: ["body_length", "checksum"] },
];
/** Puts the right sum where a case says `***`: its fault is another one. */
function withSum(input: string): string {
  const body = fix(input.slice(0, input.indexOf("10=***")));
  return input.replace("***", String(sumBytes(body, 0, body.length)).padStart(3, "0"));
}

for (const { name, input, codes } of CASES) {
  Deno.test(`frameFaults() finds ${name}`, () => {
    const found = frameFaults(fix(withSum(input))).map((fault) => fault.code);
    assert.deepEqual([...new Set(found)], codes);
  });
}

Deno.test("frameFaults() never throws, and finds something in whatever is no frame", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    assert(frameFaults(bytes).length > 0);
  }));
});
