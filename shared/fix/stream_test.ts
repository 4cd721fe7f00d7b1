import assert from "node:assert/strict";
import fc from "fast-check";
import { StreamFramer } from "./stream.ts";
import { fix, framed } from "./testdata/fix.ts";

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

function readAll(chunks: Uint8Array[]): string[] {
  const framer = new StreamFramer();
  return chunks.flatMap((chunk) =>
    [...framer.read(chunk)].map((event) => event.kind === "frame" ? text(event.bytes) : event.reason)
  );
}

const HEARTBEAT = "8=FIX.4.4|9=5|35=0|10=163|";
const CASES: { name: string; input: string; want: string[] }[] = [
  { name: "joined messages", input: HEARTBEAT + HEARTBEAT, want: [HEARTBEAT, HEARTBEAT] },
  { name: "what follows rubbish", input: "rubbish" + HEARTBEAT, want: ["begin_string", HEARTBEAT] },
  {
    name: "what follows a wrong checksum",
    input: HEARTBEAT.replace("163", "164") + HEARTBEAT,
    want: ["checksum", HEARTBEAT],
  },
  {
    name: "a message that a wrong length had swallowed",
    input: HEARTBEAT.replace("9=5", "9=30") + HEARTBEAT,
    want: ["body_length", HEARTBEAT],
  },
  { name: "what follows half a start", input: "8=FI8=F" + HEARTBEAT, want: ["begin_string", HEARTBEAT] },
];
for (const { name, input, want } of CASES) {
  Deno.test(`StreamFramer reads ${name}`, () => {
    assert.deepEqual(readAll([fix(input)]), want.map((part) => part.replaceAll("|", "\x01")));
  });
}

const anyPiece = fc.oneof(
  fc.constantFrom(framed("35=0|112=x|"), framed("35=B|95=22|96=a|10=123|8=FIX.4.4|9=5|b|"), framed("35=8|")),
  fc.uint8Array({ maxLength: 30 }),
  fc.constantFrom("8=FIX", "8=FIX.4.4|9=40|35=0|", "10=000|", "8=").map(fix),
);

Deno.test("StreamFramer reads the same from any split of a stream", () => {
  const pieces = fc.array(anyPiece, { maxLength: 8 });
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(), { maxLength: 12 }), (parts, cuts) => {
      const whole = fix(parts.map(text).join(""));
      const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
      const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end));
      assert.deepEqual(readAll(chunks), readAll([whole]));
      assert.deepEqual(readAll(Array.from(whole, (byte) => Uint8Array.of(byte))), readAll([whole]));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("StreamFramer finds every sound message between texts that hold no start", () => {
  const message = framed("35=0|112=x|");
  const rubbish = fc.array(fc.constantFrom(...fix("abc=|10")), { maxLength: 20 });
  fc.assert(fc.property(fc.array(rubbish, { maxLength: 6 }), (parts) => {
    const whole = fix(parts.map((part) => String.fromCharCode(...part) + text(message)).join(""));
    const frames = readAll([whole]).filter((event) => event.startsWith("8="));
    assert.equal(frames.length, parts.length);
  }));
});

Deno.test("StreamFramer bounds what it keeps of an absurd length", () => {
  const framer = new StreamFramer();
  const events = [...framer.read(fix("8=FIX.4.4|9=99999999|35=0|")), ...framer.read(framed("35=0|"))];
  assert.deepEqual(events.map((event) => event.kind), ["garbled", "frame"]);
});
