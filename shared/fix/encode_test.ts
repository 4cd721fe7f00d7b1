import assert from "node:assert/strict";
import { encodeMessage } from "./encode.ts";
import { FieldError } from "./values.ts";

const show = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes).replaceAll("\x01", "|");

Deno.test("encodeMessage() writes header order, BodyLength and CheckSum", () => {
  const bytes = encodeMessage({
    beginString: "FIX.4.2",
    msgType: "A",
    fields: [[98, "0"], [108, "30"], [34, "177"], [52, "20090107-18:15:16"], [49, "SERVER"], [56, "CLIENT"]],
  });
  const body = "35=A|49=SERVER|56=CLIENT|34=177|52=20090107-18:15:16|98=0|108=30|";
  assert.equal(show(bytes), `8=FIX.4.2|9=${body.length}|${body}10=062|`);
});

Deno.test("encodeMessage() writes a heartbeat", () => {
  const bytes = encodeMessage({ beginString: "FIX.4.4", msgType: "0", fields: [] });
  assert.equal(show(bytes), "8=FIX.4.4|9=5|35=0|10=163|");
});

Deno.test("encodeMessage() writes a data field with SOH in it", () => {
  const bytes = encodeMessage({ beginString: "FIX.4.4", msgType: "B", fields: [[95, "3"], [96, "a\x01b"]] });
  assert.match(show(bytes), /\|95=3\|96=a\|b\|10=/);
});

const REFUSED: { name: string; field: [number, string] }[] = [
  { name: "an empty value", field: [58, ""] },
  { name: "SOH in text", field: [58, "a\x01b"] },
  { name: "text beyond Latin-1", field: [58, "\u20ac"] },
  { name: "a data field without its length", field: [96, "abc"] },
  { name: "a field it computes", field: [9, "5"] },
];
for (const { name, field } of REFUSED) {
  Deno.test(`encodeMessage() refuses ${name}`, () => {
    const message = { beginString: "FIX.4.4", msgType: "B", fields: [field] };
    assert.throws(() => encodeMessage(message), FieldError);
  });
}
