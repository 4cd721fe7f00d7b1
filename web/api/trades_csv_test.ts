import assert from "node:assert/strict";
import { toRow } from "./trades_csv.ts";

const CELLS: [name: string, value: string, cell: string][] = [
  ["keeps a plain text", "Goldman Sachs", "Goldman Sachs"],
  ["keeps a negative amount", "-12.50", "-12.50"],
  ["quotes a comma", "Smith, Jones", '"Smith, Jones"'],
  ["doubles a quote", 'the "desk"', '"the ""desk"""'],
  ["quotes a line break", "a\r\nb", '"a\r\nb"'],
  ["disarms a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["disarms a formula that needs quotes", '=A1&","', `"'=A1&"",""" `.trim()],
  ["disarms what begins with a sign and is no number", "-1+1", "'-1+1"],
  ["disarms a tab before a formula", "\t=1", "'\t=1"],
  ["disarms an at sign", "@SUM(A1)", "'@SUM(A1)"],
];

for (const [name, value, cell] of CELLS) {
  Deno.test(`toRow() ${name}`, () => {
    assert(toRow({ processed_by: value }).includes(`,${cell},`), toRow({ processed_by: value }));
  });
}

Deno.test("toRow() ends with CRLF and leaves null empty", () => {
  assert.match(toRow({ trade_id: "T-1", exec_id: null }), /^T-1,.*,,.*\r\n$/);
});
