/**
 * Messages as the project's own producer sent them, with what they mean: one of each type, and of each kind of
 * ExecutionReport, in every version. What was once written must always be read as it was meant.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decodeMessage } from "./decode.ts";
import { Dictionaries } from "./dictionaries.ts";
import { Fields } from "./fields.ts";
import { type MessageName, messageName, readTyped } from "./typed/mod.ts";

interface Captured {
  readonly version: string;
  readonly name: MessageName;
  /** With `|` for SOH. */
  readonly message: string;
  /** The typed body, without what is null. */
  readonly means: unknown;
}

const lines = Deno.readTextFileSync(new URL("./testdata/captured.jsonl", import.meta.url)).trimEnd().split(
  "\n",
);
const captured = lines.map((line) => JSON.parse(line) as Captured);
const dictionaries = new Dictionaries();
const fields = new Fields();

for (const [at, { version, name, message, means }] of captured.entries()) {
  Deno.test(`readTyped() reads captured ${name} ${at} of ${version} as it was meant`, () => {
    const bytes = new TextEncoder().encode(message.replaceAll("|", "\x01"));
    assert.equal(fields.readFrame(bytes, 0, bytes.length), bytes.length);
    const { ok, errors, definition, msgType, dictionary } = decodeMessage(bytes, [], dictionaries);
    assert(ok, JSON.stringify(errors));
    assert.deepEqual([dictionary.version, messageName(msgType)], [version, name]);
    assert.deepEqual(toPlain(readTyped(name, fields, definition!).body), means);
  });
}

Deno.test("captured.json holds every message type that the producer sends in each version", () => {
  const typesOf = (version: string) =>
    [
      ...new Set(
        captured.filter((one) => one.version === version).map(({ message }) =>
          /\|35=(\w+)\|/.exec(message)![1]!
        ),
      ),
    ]
      .sort().join(" ");
  assert.equal(typesOf("FIX.4.2"), "8 9 D F G J P T");
  assert.equal(typesOf("FIX.4.4"), "8 9 AE AK AR AS AT AU D F G J P Q T");
  assert.equal(typesOf("FIX.5.0SP2"), "8 9 AE AK AR AS AT AU D F G J P Q T");
});

function toPlain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => part ?? undefined));
}
