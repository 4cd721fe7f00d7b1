import assert from "node:assert/strict";
import { encodeFrame } from "../shared/fix/mod.ts";
import { SettingError } from "../shared/platform/env.ts";
import { STANDARD_RULES } from "../shared/trade/street_facts.ts";
import { readConfig } from "./config.ts";
import { decode } from "./decode.ts";
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

const OWN_TAG = "3001";
const REPORT =
  "35=8|49=CITI|56=BREAKWATER|34=2|52=20261120-14:30:00.279|37=C-1|11=O-1|17=E-1|150=F|39=2|55=TTE|54=1|" +
  `38=300|32=300|31=56.14|75=20261120|151=0|14=300|6=56.14|60=20261120-14:30:00.279|${OWN_TAG}=1|`;

for (const { file, want } of [{ file: true, want: "message" }, { file: false, want: "undefined_tag" }]) {
  Deno.test(`a strict consumer ${file ? "with" : "without"} a broker's file makes of its own tag: ${want}`, async () => {
    const path = await Deno.makeTempFile();
    const fields = { [OWN_TAG]: { name: "ClearFlag", type: "INT" } };
    await Deno.writeTextFile(
      path,
      JSON.stringify({ "FIX.4.4": { fields, messages: { "8": { members: OWN_TAG } } } }),
    );
    const settings = new Map([["DATABASE_URL", "postgres://u:p@localhost/d"], [
      "KAFKA_BROKERS",
      "localhost:9092",
    ]]);
    const config = readConfig(file ? settings.set("FIX_DICTIONARY", path) : settings);
    await Deno.remove(path);
    const value = encodeFrame("FIX.4.4", new TextEncoder().encode(REPORT.replaceAll("|", "\x01")));
    const record = { topic: config.topics.fix, partition: 0, offset: "0", key: null, value, recordTimeMs: 0 };
    const street = { ...STANDARD_RULES, dictionaries: config.dictionaries };
    const decoded = decode(record, { fixTopic: config.topics.fix, validation: config.validation, street });
    assert.equal(decoded.kind === "rejected" ? decoded.code : decoded.kind, want);
  });
}
