import assert from "node:assert/strict";
import fc from "fast-check";
import { LogReader } from "./log_reader.ts";
import { fix, framed } from "./testdata/fix.ts";

function readLog(chunks: Uint8Array[]): string[] {
  const reader = new LogReader();
  const entries = [...chunks.flatMap((chunk) => [...reader.read(chunk)]), ...reader.end()];
  return entries.map((entry) => {
    if (entry.kind === "garbled") return `${entry.line} garbled`;
    const codes = [...new Set(entry.faults.map((fault) => fault.code))];
    const bytes = String.fromCharCode(...entry.bytes).replaceAll("\x01", "|");
    return [entry.line, ...(codes.length > 0 ? codes : [bytes])].join(" ");
  });
}

const M = "8=FIX.4.4|9=5|35=0|10=163|";
const raw = M.replaceAll("|", "\x01");
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

const CASES: { name: string; log: string; want: string[] }[] = [
  { name: "a raw message a line", log: `${raw}\n${raw}\n`, want: [`1 ${M}`, `2 ${M}`] },
  { name: "raw messages without line breaks", log: raw + raw, want: [`1 ${M}`, `1 ${M}`] },
  { name: "bars", log: M, want: [`1 ${M}`] },
  { name: "bars without the last", log: M.slice(0, -1) + "\r\n" + M, want: [`1 ${M}`, `2 ${M}`] },
  { name: "carets", log: M.replaceAll("|", "^A"), want: [`1 ${M}`] },
  { name: "SOH spelt out", log: M.replaceAll("|", "<SOH>"), want: [`1 ${M}`] },
  { name: "a prefix", log: `2026-11-23 14:30:05.125 [IN] session=7: ${M} end`, want: [`1 ${M}`] },
  { name: "a prefix of bars", log: `2026-11-23|IN|${M}`, want: [`1 ${M}`] },
  { name: "several a line", log: `in ${M} out ${M}`, want: [`1 ${M}`, `1 ${M}`] },
  { name: "empty lines", log: `\n\n  \r\n${M}\n\n`, want: [`4 ${M}`] },
  { name: "text between", log: `hello\n${M}\nbye`, want: ["1 garbled", `2 ${M}`, "3 garbled"] },
  { name: "a wrong checksum", log: M.replace("163", "164"), want: ["1 checksum"] },
  { name: "a raw checksum without SOH", log: raw.slice(0, -1), want: ["1 checksum"] },
  {
    name: "a wrong length",
    log: `${M.replace("9=5", "9=7")}\n${M}`,
    want: ["1 body_length checksum", `2 ${M}`],
  },
  {
    name: "a raw wrong length",
    log: `${raw.replace("9=5", "9=900")}\n${raw}`,
    want: ["1 body_length checksum", `2 ${M}`],
  },
  {
    name: "a message cut short by the next",
    log: `8=FIX.4.4|9=5|35=0|${M}`,
    want: ["1 body_length checksum", `1 ${M}`],
  },
  { name: "9 before 8", log: "9=5|8=FIX.4.4|35=0|10=163|", want: ["1 header_order"] },
  {
    name: "raw 35 before 8",
    log: "35=0|8=FIX.4.4|9=5|10=163|".replaceAll("|", "\x01"),
    want: ["1 header_order"],
  },
  { name: "35 before 9", log: "8=FIX.4.4|35=0|9=5|10=163|", want: ["1 header_order"] },
  { name: "another protocol", log: "8=FOX.4.4|9=5|35=0|10=169|", want: ["1 begin_string"] },
  { name: "no BeginString", log: "9=5|35=0|10=000|", want: ["1 begin_string checksum"] },
];
for (const { name, log, want } of CASES) {
  Deno.test(`LogReader reads ${name}`, () => {
    const found = readLog([latin1(log)]);
    // A wrong order makes the checksum of a case wrong too; that is not what it is about.
    assert.deepEqual(
      found.map((line, index) =>
        want[index]?.endsWith("checksum") ? line : line.replace(/(?<=order|string) .*/, "")
      ),
      want,
    );
  });
}

Deno.test("LogReader reads data with line breaks, SOH and 10= in a raw message", () => {
  const message = framed("35=B|95=20|96=a|10=000|8=FIX\n.4|\nb|");
  const want = String.fromCharCode(...message).replaceAll("\x01", "|");
  assert.deepEqual(readLog([message, fix("\n"), message]), [`1 ${want}`, `4 ${want}`]);
});

Deno.test("LogReader reads the same from any split of a log", () => {
  const anyLine = fc.constantFrom(
    ...CASES.map((one) => one.log),
    "\n",
    "x\n",
    "8=FI",
    "8=FIX.4.4\x019=400\x0135=D",
  );
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 10 }), (lines, cuts) => {
      const whole = latin1(lines.join("\n"));
      const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
      const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end));
      assert.deepEqual(readLog(chunks), readLog([whole]));
    }),
    { numRuns: 500 },
  );
});

Deno.test("LogReader never throws, and answers every log that is not blank", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
      const found = readLog([bytes]);
      if (String.fromCharCode(...bytes).trim() !== "") assert(found.length > 0);
    }),
    { numRuns: 2_000 },
  );
});
