import assert from "node:assert/strict";
import { compareMessages } from "./compare.ts";
import type { ShownField, ShownMessage } from "./message.ts";

function field(tag: number, value: string, instances?: ShownField[][]): ShownField {
  return { at: 0, tag, name: null, value, meaning: null, errors: [], ...instances && { instances } };
}

function message(...fields: ShownField[]): ShownMessage {
  const tree = [{ name: "body", fields }] as const;
  return {
    line: 1,
    ok: true,
    beginString: "",
    msgType: "8",
    msgName: "",
    fields: [],
    errors: [],
    tree,
    pipeline: null,
  };
}

// A row as `key left right`, a dash for what is not there.
const CASES: { name: string; left: ShownField[]; right: ShownField[]; rows: string[] }[] = [
  { name: "equal fields", left: [field(11, "A")], right: [field(11, "A")], rows: ["/11 A A"] },
  {
    name: "what only the right one has where it has it",
    left: [field(17, "1"), field(39, "2")],
    right: [field(17, "1"), field(19, "0"), field(39, "2"), field(58, "x")],
    rows: ["/17 1 1", "/19 - 0", "/39 2 2", "/58 - x"],
  },
  {
    name: "fields in another order",
    left: [field(54, "1"), field(55, "A")],
    right: [field(55, "A"), field(54, "1")],
    rows: ["/54 1 1", "/55 A A"],
  },
  {
    name: "instances of groups by their number",
    left: [field(453, "2", [[field(448, "P")], [field(448, "Q")]])],
    right: [field(453, "1", [[field(448, "P")]])],
    rows: ["/453 2 1", "/453[1]/448 P P", "/453[2]/448 Q -"],
  },
  {
    name: "a tag that stands twice",
    left: [field(58, "a"), field(58, "b")],
    right: [field(58, "a")],
    rows: ["/58 a a", "/58#2 b -"],
  },
];

for (const { name, left, right, rows } of CASES) {
  Deno.test(`compareMessages() shows ${name}`, () => {
    const compared = compareMessages(message(...left), message(...right));
    assert.deepEqual(
      compared.map((row) => `${row.key} ${row.left?.value ?? "-"} ${row.right?.value ?? "-"}`),
      rows,
    );
    for (const { isSame, left, right } of compared) assert.equal(isSame, left?.value === right?.value);
  });
}
