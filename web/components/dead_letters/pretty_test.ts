import assert from "node:assert/strict";
import fc from "fast-check";
import { toPretty } from "./pretty.ts";

const CASES: { name: string; json: string; want: string }[] = [
  {
    name: "an object",
    json: '{"a":1,"b":[true,null]}',
    want: '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}',
  },
  { name: "what is empty", json: '{"a":{},"b":[]}', want: '{\n  "a": {},\n  "b": []\n}' },
  {
    name: "digits that a double loses",
    json: "[123456789012345678901]",
    want: "[\n  123456789012345678901\n]",
  },
  { name: "marks inside a text", json: '{"a":"x,{\\"y\\":1}"}', want: '{\n  "a": "x,{\\"y\\":1}"\n}' },
  { name: "half of an object", json: '{"a":1,"b":"un', want: '{\n  "a": 1,\n  "b": "un' },
  { name: "no JSON", json: "hello  world", want: "hello world" },
];
for (const { name, json, want } of CASES) {
  Deno.test(`toPretty() writes ${name}`, () => assert.equal(toPretty(json), want));
}

Deno.test("toPretty() changes nothing but the space between", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.deepEqual(JSON.parse(toPretty(JSON.stringify(value))), JSON.parse(JSON.stringify(value)));
  }));
});

Deno.test("toPretty() is done soon with many brackets", () => {
  const started = performance.now();
  toPretty("[".repeat(32_000) + "]".repeat(32_000));
  assert(performance.now() - started < 1_000);
});
