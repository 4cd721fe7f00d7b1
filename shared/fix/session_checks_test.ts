import assert from "node:assert/strict";
import { Dictionaries } from "./dictionaries.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { checkSession, type SessionRules } from "./session_checks.ts";
import { framed } from "./testdata/fix.ts";

const NOW_MS = Date.parse("2026-11-23T14:30:05Z");
const RULES: SessionRules = {
  senderCompId: "GSCO",
  targetCompId: "BREAKWATER",
  sendingTimeToleranceMs: 120_000,
  supported: new Set(["8"]),
};
const dictionary = new Dictionaries().find("FIX.4.4")!;

const CASES: { name: string; body: string; want: [string, number][] }[] = [
  {
    name: "nothing in a message of the session",
    body: "35=0|49=GSCO|56=BREAKWATER|52=20261123-14:30:00|",
    want: [],
  },
  {
    name: "another sender",
    body: "35=0|49=JPMS|56=BREAKWATER|52=20261123-14:30:00|",
    want: [["comp_id", 49]],
  },
  { name: "another target", body: "35=0|49=GSCO|56=OTHER|52=20261123-14:30:00|", want: [["comp_id", 56]] },
  {
    name: "a time too early",
    body: "35=0|49=GSCO|56=BREAKWATER|52=20261123-14:28:00|",
    want: [["sending_time", 52]],
  },
  {
    name: "a time too late",
    body: "35=0|49=GSCO|56=BREAKWATER|52=20261123-14:33:00|",
    want: [["sending_time", 52]],
  },
  { name: "a time within the tolerance", body: "35=0|49=GSCO|56=BREAKWATER|52=20261123-14:32:05|", want: [] },
  {
    name: "a resend from the future",
    body: "35=0|49=GSCO|56=BREAKWATER|43=Y|52=20261123-14:30:00|122=20261123-14:30:01|",
    want: [["sending_time", 122]],
  },
  {
    name: "a message that is not taken",
    body: "35=D|49=GSCO|56=BREAKWATER|52=20261123-14:30:00|",
    want: [["unsupported_msg_type", 35]],
  },
  {
    name: "nothing in a message that is taken",
    body: "35=8|49=GSCO|56=BREAKWATER|52=20261123-14:30:00|",
    want: [],
  },
];
for (const { name, body, want } of CASES) {
  Deno.test(`checkSession() finds ${name}`, () => {
    const fields = new Fields();
    const bytes = framed(body);
    fields.read(bytes, 0, bytes.length);
    const found: Fault[] = [];
    checkSession(fields, dictionary.message(fields.text(35)!)!, RULES, NOW_MS, found);
    assert.deepEqual(found.map(({ code, tag }) => [code, tag]), want);
  });
}
