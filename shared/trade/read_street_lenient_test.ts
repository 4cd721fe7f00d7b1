import assert from "node:assert/strict";
import { fix, framed } from "../fix/testdata/fix.ts";
import { accepted as read, FILL, rejectedCode as code, REPORT_42 } from "./testdata/street.ts";

const text = (value: Uint8Array) => new TextDecoder("latin1").decode(value);
const bars = (value: Uint8Array) =>
  fix(text(value).replaceAll("\x01", "!").replaceAll("|", "\x01")).map((byte) => byte === 33 ? 124 : byte);
const LENIENT: { name: string; value: Uint8Array; codes: string[] }[] = [
  { name: "a sound message", value: framed(FILL), codes: [] },
  {
    name: "a message without BodyLength",
    value: fix(`8=FIX.4.4|${FILL}10=000|`),
    codes: ["body_length", "checksum"],
  },
  {
    name: "a message without BodyLength and CheckSum",
    value: fix(`8=FIX.4.2|${REPORT_42}`),
    codes: ["body_length", "checksum"],
  },
  { name: "a message with bars for SOH", value: bars(framed(FILL)), codes: [] },
  { name: "a message without its last SOH", value: framed(FILL).slice(0, -1), codes: [] },
  { name: "a message that ends in a line break", value: new Uint8Array([...framed(FILL), 10]), codes: [] },
  {
    name: "a fill of 4.2 in 4.4",
    value: framed(FILL.replace("150=F", "150=2")),
    codes: ["value_out_of_range"],
  },
  {
    name: "a settlement date that is none",
    value: framed(FILL.replace("64=20261124", "64=soon")),
    codes: ["bad_format"],
  },
  { name: "a tag without value", value: framed(FILL + "58=|"), codes: ["tag_without_value"] },
];
for (const { name, value, codes } of LENIENT) {
  Deno.test(`readStreet() keeps under lenient ${name}`, () => {
    const { execution, faults } = read(value, "lenient");
    assert.equal(execution?.execId, "E-1");
    assert.deepEqual(faults.map((fault) => fault.split(":")[0]), codes);
  });
}

Deno.test("readStreet() keeps a seed's order that has no header", () => {
  const { order } = read(
    fix("8=FIX.4.2!35=D!11=X1!55=AAPL!54=1!38=100!44=1.5!60=20261123-10:00:00!10=1!".replaceAll("!", "|")),
    "lenient",
  );
  assert.equal(order?.orderId, "X1");
});

Deno.test("readStreet() rejects under lenient what it cannot read", () => {
  assert.equal(code(framed(FILL.replace("31=189.95", "31=x")), "lenient"), "bad_format");
  assert.equal(code(framed(FILL.replace("54=1|", "")), "lenient"), "required_tag_missing");
  assert.equal(code(fix("hello"), "lenient"), "garbled");
});
