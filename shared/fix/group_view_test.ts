import assert from "node:assert/strict";
import { Dictionaries } from "./dictionaries.ts";
import { Fields } from "./fields.ts";
import { View } from "./group_view.ts";
import { framed } from "./testdata/fix.ts";

const dictionary = new Dictionaries().find("FIX.4.4")!;

function view(body: string): View {
  const bytes = framed(body);
  const fields = new Fields();
  fields.read(bytes, 0, bytes.length);
  return new View(fields, dictionary.message(fields.text(35)!)!);
}

Deno.test("View reads nested groups", () => {
  const order = view("35=D|453=2|448=X|447=D|802=2|523=a|803=1|523=b|448=Y|452=3|55=A|");
  const parties = order.group(453);
  assert.deepEqual(parties.map((party) => [party.text(448), party.text(447), party.text(452)]), [
    ["X", "D", undefined],
    ["Y", undefined, "3"],
  ]);
  assert.deepEqual(parties[0]!.group(802).map((sub) => sub.text(523)), ["a", "b"]);
  assert.equal(order.text(55), "A");
});

Deno.test("View does not take a member of a group for a field of the message", () => {
  const order = view("35=D|453=1|448=X|447=D|58=own|55=A|");
  assert.deepEqual([order.text(448), order.text(58)], [undefined, "own"]);
});

Deno.test("View has no instances where the group is absent, empty or unknown", () => {
  const order = view("35=D|453=0|55=A|");
  assert.deepEqual([order.group(453), order.group(78), order.group(9999)], [[], [], []]);
});
