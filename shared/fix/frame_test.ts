import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeFrame } from "./encode.ts";
import { type GarbledReason, readFrame } from "./frame.ts";
import { fix } from "./testdata/fix.ts";

type Want = "frame" | "partial" | GarbledReason;

// "|" stands for SOH, so a case reads as it would in a log.
const CASES: { name: string; input: string; want: Want }[] = [
  { name: "accepts a heartbeat", input: "8=FIX.4.4|9=5|35=0|10=163|", want: "frame" },
  { name: "accepts zeros before the length", input: "8=FIX.4.4|9=0005|35=0|10=051|", want: "frame" },
  { name: "accepts FIXT", input: "8=FIXT.1.1|9=5|35=0|10=241|", want: "frame" },
  { name: "leaves what follows", input: "8=FIX.4.4|9=5|35=0|10=163|8=FIX", want: "frame" },
  { name: "waits for a first byte", input: "", want: "partial" },
  { name: "waits inside BeginString", input: "8=FIX.4", want: "partial" },
  { name: "waits inside BodyLength", input: "8=FIX.4.4|9=", want: "partial" },
  { name: "waits inside the body", input: "8=FIX.4.4|9=5|35", want: "partial" },
  { name: "waits inside the checksum", input: "8=FIX.4.4|9=5|35=0|10=16", want: "partial" },
  { name: "waits for the last SOH", input: "8=FIX.4.4|9=5|35=0|10=163", want: "partial" },
  { name: "refuses a wrong checksum", input: "8=FIX.4.4|9=5|35=0|10=164|", want: "checksum" },
  { name: "refuses a checksum of two digits", input: "8=FIX.4.4|9=5|35=0|10=63||", want: "checksum" },
  { name: "refuses a checksum of four digits", input: "8=FIX.4.4|9=5|35=0|10=0163|", want: "checksum" },
  { name: "refuses a length that is too short", input: "8=FIX.4.4|9=4|35=0|10=163|", want: "body_length" },
  { name: "refuses a length that is too long", input: "8=FIX.4.4|9=6|35=0|10=163|8=", want: "body_length" },
  { name: "refuses a length that is no number", input: "8=FIX.4.4|9=5x|35=0|10=163|", want: "body_length" },
  { name: "refuses a negative length", input: "8=FIX.4.4|9=-5|35=0|10=163|", want: "body_length" },
  { name: "refuses an empty length", input: "8=FIX.4.4|9=|35=0|10=163|", want: "body_length" },
  { name: "refuses an absurd length", input: "8=FIX.4.4|9=999999999|35=0|10=163|", want: "body_length" },
  { name: "refuses another BeginString", input: "8=FOX.4.4|9=5|35=0|10=163|", want: "begin_string" },
  { name: "refuses a BeginString without version", input: "8=FIX|9=5|35=0|10=163|", want: "begin_string" },
  { name: "refuses a long BeginString", input: "8=FIX.4.4.4.4.4.4.4|9=5|35=0|", want: "begin_string" },
  { name: "refuses text", input: "hello", want: "begin_string" },
  { name: "refuses 35 before 9", input: "8=FIX.4.4|35=0|9=5|10=163|", want: "header_order" },
  { name: "refuses another field before 35", input: "8=FIX.4.4|9=10|34=1|35=0|10=1|", want: "header_order" },
];

for (const { name, input, want } of CASES) {
  Deno.test(`readFrame() ${name}`, () => {
    const result = readFrame(fix(input));
    assert.equal(result.kind === "garbled" ? result.reason : result.kind, want);
  });
}

Deno.test("readFrame() ends a frame where BodyLength says, not at a 10= inside data", () => {
  const message = encodeFrame("FIX.4.4", fix("35=B|95=12|96=x|10=123|abc|"));
  const result = readFrame(message);
  assert.equal(result.kind === "frame" && result.bytesRead, message.length);
});

Deno.test("readFrame() skips garbage up to where a message may begin", () => {
  const result = readFrame(fix("rubbish 8=FI 8=FIX.4.4|9=5|35=0|10=163|"));
  assert.deepEqual(result, { kind: "garbled", reason: "begin_string", bytesRead: 13 });
});

const anyBody = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) =>
  new Uint8Array([51, 53, 61, ...bytes.map((byte) => byte === 1 ? 2 : byte), 1])
);

// The checksum is a byte sum, so it catches every single-byte change; this pins that promise.
Deno.test("readFrame() never accepts a message with one byte changed", () => {
  const anyChange = fc.integer({ min: 1, max: 255 });
  fc.assert(
    fc.property(anyBody, fc.nat(), anyChange, (body, at, change) => {
      const message = encodeFrame("FIX.4.4", body);
      const index = at % message.length;
      message[index] = (message[index]! + change) % 256;
      assert(readFrame(message).kind !== "frame");
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("readFrame() accepts every message the encoder frames", () => {
  fc.assert(fc.property(anyBody, (body) => {
    assert.equal(readFrame(encodeFrame("FIX.4.2", body)).kind, "frame");
  }));
});

Deno.test("readFrame() never throws, and always moves on", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
    const result = readFrame(bytes);
    if (result.kind !== "partial") assert(result.bytesRead > 0);
  }));
});
