import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeFrame } from "../../shared/fix/mod.ts";
import type { ShownField, ShownMessage } from "../components/fix/message.ts";
import { decodeLog, decodeStored } from "./decoder.ts";

/** The body in a frame that is right, `|` for SOH. */
function frame(body: string): Uint8Array {
  return encodeFrame("FIX.4.4", new TextEncoder().encode(`${body}|`.replaceAll("|", "\x01")));
}

function withInstances(field: ShownField): ShownField[] {
  return [field, ...(field.instances ?? []).flat().flatMap(withInstances)];
}

const HEADER = "49=A|56=B|34=1|52=20261123-14:30:05.125";
const ORDER = "11=O-1|55=AAPL|54=1|60=20261123-14:30:05.125|38=1|40=1";

// Which field each fault is shown at: its place in the message and its tag.
const CASES: { name: string; body: string; marks: string[] }[] = [
  {
    name: "a wrong value",
    body: `35=D|${HEADER}|${ORDER.replace("54=1", "54=X")}`,
    marks: ["54=X value_out_of_range"],
  },
  {
    name: "the second of two equal fields",
    body: `35=D|${HEADER}|${ORDER}|55=AAPL`,
    marks: ["55=AAPL tag_twice"],
  },
  {
    name: "the empty one of two fields",
    body: `35=D|${HEADER}|${ORDER}|453=2|448=P|447=D|452=1|448=Q|447=D|452=`,
    marks: ["452= tag_without_value"],
  },
  {
    name: "a wrong value in the second instance of a group",
    body: `35=D|${HEADER}|${ORDER}|453=2|448=P|447=D|452=1|448=Q|447=D|452=x`,
    marks: ["452=x bad_format"],
  },
  {
    name: "the second of two members with one wrong value, where the first has it too",
    body: `35=D|${HEADER}|${ORDER}|453=2|448=P|447=D|452=x|448=P|447=~|452=x`,
    marks: ["452=x bad_format", "447=~ value_out_of_range", "452=x bad_format"],
  },
  {
    name: "the instance that lacks a field",
    body: `35=E|${HEADER}|66=L|394=3|68=2|73=2|11=O-1|67=1|55=A|54=1|11=O-2|55=A|54=1`,
    marks: ["11=O-2 required_tag_missing"],
  },
  {
    name: "a count that is wrong",
    body: `35=D|${HEADER}|${ORDER}|453=3|448=P|447=D|452=1`,
    marks: ["453=3 group_count"],
  },
  {
    name: "a missing field",
    body: `35=D|${HEADER}|${ORDER.replace("11=O-1|", "")}`,
    marks: ["11 missing required_tag_missing"],
  },
];

function marksOf({ errors, tree }: ShownMessage): string[] {
  const fields = tree.flatMap((section) => section.fields).flatMap(withInstances);
  return fields.flatMap(({ at, tag, value, errors: own }) =>
    own.map((error) => `${at === null ? `${tag} missing` : `${tag}=${value}`} ${errors[error]!.code}`)
  );
}

Deno.test("decodeStored() marks the faults of a frame at its fields", () => {
  const text = new TextDecoder().decode(frame(`35=0|${HEADER}`));
  const broken = text.replace(/9=\d+/, "9=7").replace(/10=\d+/, "10=999");
  const marks = marksOf(decodeStored(new TextEncoder().encode(broken)));
  assert.deepEqual(marks, ["9=7 body_length", "10=999 checksum"]);
});

for (const { name, body, marks } of CASES) {
  Deno.test(`decodeStored() marks ${name}`, () => {
    const message = decodeStored(frame(body));
    assert.deepEqual(marksOf(message), marks);
    assert.equal(message.errors.length, marks.length);
  });
}

Deno.test("decodeStored() marks the second of two equal fields, not the first", () => {
  const { tree } = decodeStored(frame(`35=D|${HEADER}|${ORDER}|55=AAPL`));
  const marked = tree[1]!.fields.filter(({ tag }) => tag === 55).map(({ errors }) => errors.length);
  assert.deepEqual(marked, [0, 1]);
});

Deno.test("decodeLog() shows every field of any text exactly once, in the message's order", () => {
  const pieces = [
    "8=FIX.4.4|",
    "9=5|",
    "35=D|",
    "453=2|",
    "448=P|",
    "447=D|",
    "452=1|",
    "802=1|",
    "523=x|",
    "803=1|",
  ]
    .concat("55=A|", "5001=u|", "58=|", "10=000|", "=|", "x|", "34=1|", "78=1|", "79=a|", "\n");
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
    const { items } = decodeLog(new TextEncoder().encode(`8=FIX.4.4|${parts.join("")}`), "strict");
    for (const { fields, tree, errors } of items) {
      if (tree.length === 0) continue;
      const shown = tree.flatMap((section) => section.fields).flatMap(withInstances);
      const places = shown.flatMap(({ at }) => at ?? []);
      assert.deepEqual(places, fields.map((_, place) => place));
      const marked = shown.flatMap((field) => field.errors);
      assert.deepEqual(
        marked.toSorted((a, b) => a - b),
        errors.flatMap(({ tag }, error) => tag === undefined ? [] : error),
      );
    }
  }));
});

Deno.test("decodeLog() reads values beyond ASCII as UTF-8 where they are, else as Latin-1", () => {
  const text = (value: number[]) => {
    const bytes = [...new TextEncoder().encode("8=FIX.4.4|35=B|148="), ...value, 124];
    return decodeLog(Uint8Array.from(bytes), "strict").items[0]!.tree.flatMap(({ fields }) => fields)
      .find(({ tag }) => tag === 148)!.value;
  };
  assert.equal(text([0xc3, 0xa9]), "é");
  assert.equal(text([0xe9]), "é");
});
