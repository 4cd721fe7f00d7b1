import assert from "node:assert/strict";
import { judge } from "./judge.ts";

const latin1 = (text: string) => Uint8Array.from(text.replaceAll("|", "\x01"), (char) => char.charCodeAt(0));
const SOUND = "8=FIX.4.4|9=5|35=0|10=163|\n";
const INDEX = "line\tbegin\tstatus\n1\tFIX.4.4\tbadsum\n2\tFIX.4.4\tbadlen\n";

Deno.test("judge() finds nothing wrong with sound messages that decode", () => {
  assert.deepEqual(judge("valid", latin1(SOUND + SOUND), undefined), { messages: 2, wrong: [] });
});

Deno.test("judge() names a sound message that is refused", () => {
  const { wrong } = judge("valid", latin1(SOUND.replace("163", "164")), undefined);
  assert.deepEqual(wrong, ["valid.fix:1: found checksum, expected no fault"]);
});

Deno.test("judge() names a broken message that passes or has another code", () => {
  const { wrong } = judge("malformed", latin1(SOUND + SOUND.replace("163", "164")), INDEX);
  assert.deepEqual(wrong, [
    "malformed.fix:1: found no fault, expected checksum",
    "malformed.fix:2: found checksum, expected body_length",
  ]);
});
