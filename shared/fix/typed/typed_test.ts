import assert from "node:assert/strict";
import fc from "fast-check";
import { checkMessage } from "../check.ts";
import { Dictionaries } from "../dictionaries.ts";
import type { Dictionary } from "../dictionary.ts";
import type { Fault } from "../faults.ts";
import { Fields } from "../fields.ts";
import { anyValue, below, type Random, seeded } from "../testdata/any_value.ts";
import { HEADER } from "./blocks.ts";
import { encodeTyped, type MessageName, messageName, MESSAGES, readTyped, type TypedMessage } from "./mod.ts";
import type { Schema } from "./schema.ts";

const dictionaries = new Dictionaries();
const VERSIONS = ["FIX.4.2", "FIX.4.4", "FIXT.1.1"];
/** What a type does not keep: a decimal or a time is the same however it is spelt. */
const PLAIN_VALUES: ReadonlyMap<number, string> = new Map([[1128, "9"], [452, "1"]]);

/** A value of the schema that the version allows at this level. */
function anyBody(
  dictionary: Dictionary,
  schema: Schema,
  level: {
    ranks?: Uint16Array;
    places?: Uint8Array;
    required: Int32Array;
    groups: ReadonlyMap<number, typeof level>;
  },
  random: Random,
): Record<string, unknown> {
  const mayStand = (tag: number) => ((level.ranks ?? level.places)![tag] ?? 0) > 0;
  return Object.fromEntries(
    Object.entries(schema).map(([name, entry]) => {
      if (entry.kind === "group") {
        const group = level.groups.get(entry.countTag);
        const count = group === undefined
          ? 0
          : below(random, 3) || (level.required.includes(entry.countTag) ? 1 : 0);
        return [
          name,
          Array.from({ length: count }, () => anyBody(dictionary, entry.members, group!, random)),
        ];
      }
      const isNeeded = !entry.isOptional || level.required.includes(entry.tag);
      if (!mayStand(entry.tag) || (!isNeeded && random() < 0.5)) return [name, null];
      const text = PLAIN_VALUES.get(entry.tag) ?? anyValue(random, dictionary.field(entry.tag)!);
      return [name, entry.read(entry.tag, text)];
    }),
  );
}

for (const name of Object.keys(MESSAGES) as MessageName[]) {
  for (const version of VERSIONS) {
    const dictionary = dictionaries.find(version)!;
    const definition = dictionary.message(MESSAGES[name].msgType);
    if (definition === undefined) continue;
    Deno.test(`a typed ${name} of ${version} reads back as it was written, and nothing is wrong with it`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const random = seeded(seed);
          const message = {
            name,
            header: anyBody(dictionary, HEADER, definition, random),
            body: anyBody(dictionary, MESSAGES[name].body, definition, random),
          } as unknown as TypedMessage;
          const bytes = encodeTyped(message, version, dictionary);
          const fields = new Fields();
          fields.read(bytes, 0, bytes.length);
          const missing: Fault[] = [...fields.faults];
          checkMessage(fields, dictionary, missing);
          const text = String.fromCharCode(...bytes).replaceAll("\x01", "|");
          const unwanted = missing.filter(({ code }) => code !== "required_tag_missing");
          assert.deepEqual(unwanted, [], text);
          assert.deepEqual(readTyped(name, fields, definition), message, text);
        }),
        { numRuns: 60 },
      );
    });
  }
}

Deno.test("messageName() knows every message of the flow, and no other", () => {
  const types = "D G F 8 9 Q 3 j J P AS AT AK AU AE AR T BH 0 1 2 4 5 A".split(" ");
  for (const msgType of types) assert.notEqual(messageName(msgType), undefined, msgType);
  assert.equal(Object.keys(MESSAGES).length, types.length);
  assert.equal(messageName("V"), undefined);
});
