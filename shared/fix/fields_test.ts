import assert from "node:assert/strict";
import fc from "fast-check";
import { Fields } from "./fields.ts";
import { fix } from "./testdata/fix.ts";

function read(text: string): Fields {
  const fields = new Fields();
  const bytes = fix(text);
  fields.read(bytes, 0, bytes.length);
  return fields;
}

function pairs(fields: Fields): [number, string][] {
  return Array.from({ length: fields.count }, (_, index) => [fields.tags[index]!, fields.textAt(index)]);
}

Deno.test("Fields reads tags and values in order", () => {
  assert.deepEqual(pairs(read("35=D|11=abc|58=|99999=x|")), [[35, "D"], [11, "abc"], [58, ""], [99999, "x"]]);
});

Deno.test("Fields finds a field by tag, low or high", () => {
  const fields = read("35=D|70000=x|11=abc|");
  assert.deepEqual([fields.text(11), fields.text(70000), fields.text(12), fields.find(70001)], [
    "abc",
    "x",
    undefined,
    -1,
  ]);
});

Deno.test("Fields notes repeated tags and finds the first", () => {
  const fields = read("448=a|70000=1|448=b|70000=2|");
  assert.deepEqual(fields.repeats, [2, 3]);
  assert.equal(fields.text(448), "a");
});

Deno.test("Fields forgets the message before", () => {
  const fields = read("35=D|11=abc|70000=1|x=1|");
  const next = fix("35=0|");
  fields.read(next, 0, next.length);
  assert.deepEqual([fields.count, fields.has(11), fields.has(70000), fields.faults.length], [
    1,
    false,
    false,
    0,
  ]);
});

Deno.test("Fields reads a data field with SOH and 10= in it", () => {
  assert.deepEqual(pairs(read("95=8|96=a|10=1|b|58=x|")), [[95, "8"], [96, "a\x0110=1\x01b"], [58, "x"]]);
});

Deno.test("Fields reads the signature by the length in 93", () => {
  assert.deepEqual(pairs(read("93=3|89=a|b|")), [[93, "3"], [89, "a\x01b"]]);
});

const FAULTS: { name: string; input: string; code: string }[] = [
  { name: "a tag that is no number", input: "35=D|abc=1|", code: "invalid_tag" },
  { name: "an empty tag", input: "35=D|=1|", code: "invalid_tag" },
  { name: "tag 0", input: "35=D|0=1|", code: "invalid_tag" },
  { name: "a zero before a tag", input: "35=D|058=1|", code: "invalid_tag" },
  { name: "a tag of ten digits", input: "35=D|1234567890=1|", code: "invalid_tag" },
  { name: "a negative tag", input: "35=D|-5=1|", code: "invalid_tag" },
  { name: "a tag without value", input: "35=D|58=|", code: "tag_without_value" },
  { name: "SOH inside text", input: "35=D|58=a|b|", code: "soh_in_value" },
  { name: "a data length that is too long", input: "95=90|96=abc|", code: "data_length" },
  { name: "a data length that is too short", input: "95=2|96=abc|", code: "data_length" },
  { name: "a data length that is no number", input: "95=x|96=abc|", code: "data_length" },
];
for (const { name, input, code } of FAULTS) {
  Deno.test(`Fields notes ${name}`, () => {
    assert.deepEqual(read(input).faults.map((fault) => fault.code), [code]);
  });
}

Deno.test("Fields keeps every field of any count", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 1_000 }), (tags) => {
    const plain = tags.filter((tag) => tag > 2_000);
    const fields = read(plain.map((tag) => `${tag}=v${tag}|`).join("") + "58=x|");
    assert.deepEqual(pairs(fields).map(([tag]) => tag), [...plain, 58]);
    for (const tag of plain) assert.equal(fields.text(tag), `v${tag}`);
  }));
});

Deno.test("Fields never throws on bytes that end in SOH, and bounds its faults", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
    const fields = new Fields();
    fields.read(new Uint8Array([...bytes, 1]), 0, bytes.length + 1);
    assert(fields.faults.length <= 50);
  }));
});
