import assert from "node:assert/strict";
import { SettingError } from "../shared/platform/env.ts";
import { readDictionaries } from "./fix_dictionary.ts";

const OVERLAY = { "FIX.4.4": { fields: { 5001: { name: "DeskCode", type: "CHAR" } }, header: "5001" } };

Deno.test("readDictionaries() knows the standard's tags alone without a file", () => {
  assert.equal(readDictionaries(new Map()).find("FIX.4.4")!.field(5001), undefined);
});

Deno.test("readDictionaries() adds what the file names", () => {
  const dictionaries = readDictionaries(env("broker.json"), () => JSON.stringify(OVERLAY));
  assert.equal(dictionaries.find("FIX.4.4")!.field(5001)!.name, "DeskCode");
  assert.equal(dictionaries.find("FIX.4.2")!.field(5001), undefined);
});

const REFUSED: { name: string; text: string; says: RegExp }[] = [
  { name: "what is no JSON", text: "{", says: /JSON/ },
  { name: "a version without a dictionary", text: `{"FIX.4.9": {}}`, says: /FIX\.4\.9 is no version/ },
  {
    name: "a message with a field that nobody defines",
    text: `{"FIX.5.0SP2": {"messages": {"8": {"members": "6001"}}}}`,
    says: /names tag 6001, which no field defines/,
  },
];

for (const { name, text, says } of REFUSED) {
  Deno.test(`readDictionaries() refuses ${name}, in one line`, () => {
    const faults = faultsOf(() => readDictionaries(env("broker.json"), () => text));
    assert.equal(faults.length, 1);
    assert.match(faults[0]!, /^FIX_DICTIONARY ".+" cannot be used: .+$/);
    assert.match(faults[0]!, says);
  });
}

Deno.test("readDictionaries() refuses a file that is not there", () => {
  assert.match(faultsOf(() => readDictionaries(env("/no/such/file.json")))[0]!, /^FIX_DICTIONARY/);
});

const env = (path: string) => new Map([["FIX_DICTIONARY", path]]);

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    assert(error instanceof SettingError);
    return error.faults;
  }
  throw new Error("was taken");
}
