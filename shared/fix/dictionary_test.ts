import assert from "node:assert/strict";
import { LENGTH_TAG_BY_DATA_TAG } from "./data_fields.ts";
import { Dictionaries } from "./dictionaries.ts";
import type { Dictionary } from "./dictionary.ts";

const dictionaries = new Dictionaries();
const ALL: Dictionary[] = [
  dictionaries.find("FIX.4.2")!,
  dictionaries.find("FIX.4.4")!,
  dictionaries.find("FIXT.1.1")!,
];

Deno.test("every data field of every dictionary follows the length that its name tells", () => {
  const found = new Map<number, number>();
  for (const dictionary of ALL) {
    for (let tag = 1; tag <= dictionary.tagMax; tag++) {
      const field = dictionary.field(tag);
      if (field?.type !== "DATA" && field?.type !== "XMLDATA") continue;
      const length = dictionary.fieldByName(`${field.name}Len`) ??
        dictionary.fieldByName(`${field.name}Length`);
      found.set(tag, length!.tag);
    }
  }
  assert.deepEqual([...found].sort(), [...LENGTH_TAG_BY_DATA_TAG].sort());
});

for (const dictionary of ALL) {
  Deno.test(`the dictionary of ${dictionary.version} is whole: every member is a field with a known type`, () => {
    for (const msgType of dictionary.msgTypes()) {
      for (const { tag } of dictionary.message(msgType)!.members) {
        assert(
          dictionary.types[tag]! > 0,
          `field ${tag} of ${msgType} has type ${dictionary.field(tag)?.type}`,
        );
      }
    }
    for (let tag = 1; tag <= dictionary.tagMax; tag++) {
      const field = dictionary.field(tag);
      assert(field === undefined || dictionary.types[tag]! > 0, `field ${tag} has type ${field?.type}`);
    }
  });
}

Deno.test("Dictionary knows names, types and what values mean", () => {
  const [, fix44] = ALL;
  assert.equal(fix44!.message("8")?.name, "ExecutionReport");
  assert.equal(fix44!.field(54)?.name, "Side");
  assert.equal(fix44!.field(54)?.values.get("1"), "BUY");
  assert.equal(fix44!.fieldByName("TransactTime")?.type, "UTCTIMESTAMP");
});

Deno.test("Dictionary lays nested groups open", () => {
  const parties = ALL[1]!.message("D")!.groups.get(453)!;
  assert.equal(parties.delimiter, 448);
  assert.equal(parties.groups.get(802)?.delimiter, 523);
});

Deno.test("Dictionaries.find() has none for other versions", () => {
  assert.deepEqual(["FIX.4.0", "FIX.4.3", "FIXT.1.2"].map((version) => dictionaries.find(version)), [
    undefined,
    undefined,
    undefined,
  ]);
});
