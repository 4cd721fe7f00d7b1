import assert from "node:assert/strict";
import { checkMessage } from "./check.ts";
import { Dictionaries } from "./dictionaries.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { readOverlay } from "./overlay.ts";
import { framed } from "./testdata/fix.ts";

const OVERLAY = JSON.stringify({
  "FIX.4.4": {
    fields: {
      "5001": { name: "DeskCode", type: "CHAR", values: { A: "ALGO", M: "BY HAND" } },
      "5010": { name: "NoNotes", type: "NUMINGROUP" },
      "5011": { name: "Note", type: "STRING" },
    },
    messages: { "0": { members: "5001" }, "U1": { name: "BrokerNote", members: "58! 5010{5011!}" } },
  },
});
const HEADER = "49=A|56=B|34=7|52=20261123-14:30:05|";

function check(body: string): Fault[] {
  const fields = new Fields();
  const bytes = framed(body);
  fields.read(bytes, 0, bytes.length);
  const faults: Fault[] = [];
  checkMessage(fields, new Dictionaries(readOverlay(OVERLAY)).find("FIX.4.4")!, faults);
  return faults;
}

const CASES: { name: string; body: string; codes: string[] }[] = [
  { name: "takes a broker's own tag", body: `35=0|${HEADER}112=x|5001=A|`, codes: [] },
  { name: "checks its values", body: `35=0|${HEADER}5001=Z|`, codes: ["value_out_of_range"] },
  { name: "takes a broker's own message", body: `35=U1|${HEADER}58=x|5010=2|5011=a|5011=b|`, codes: [] },
  {
    name: "checks its members",
    body: `35=U1|${HEADER}5010=2|5011=a|`,
    codes: ["group_count", "required_tag_missing"],
  },
];
for (const { name, body, codes } of CASES) {
  Deno.test(`an overlay ${name}`, () => assert.deepEqual(check(body).map((fault) => fault.code), codes));
}

const REFUSED: { name: string; text: string }[] = [
  { name: "no JSON", text: "{" },
  { name: "another version", text: '{"FIX.3.0":{}}' },
  { name: "a type that is none", text: '{"FIX.4.4":{"fields":{"5001":{"name":"A","type":"DECIMAL"}}}}' },
  { name: "a tag that is none", text: '{"FIX.4.4":{"fields":{"x":{"name":"A","type":"INT"}}}}' },
  { name: "an open group", text: '{"FIX.4.4":{"messages":{"8":{"members":"5010{5011"}}}}' },
  { name: "a tag that no field defines", text: '{"FIX.4.4":{"messages":{"8":{"members":"5010"}}}}' },
];
for (const { name, text } of REFUSED) {
  Deno.test(`an overlay refuses ${name}`, () => {
    assert.throws(() => new Dictionaries(readOverlay(text)).find("FIX.4.4"), SyntaxError);
  });
}
