/**
 * Holds the codec to QuickFIX/J: of random messages, valid and mutated, both accept or both refuse. Where they
 * differ by design, the reason is a line of {@link DIFFERENCES}.
 *
 * @module
 */

import assert from "node:assert/strict";
import { runJava } from "../bench/fix_peers/java.ts";
import {
  checkMessage,
  Dictionaries,
  encodeFrame,
  encodeMessage,
  type Fault,
  Fields,
  frameFaults,
  LENGTH_TAG_BY_DATA_TAG,
} from "../shared/fix/mod.ts";
import { anyMessage } from "../shared/fix/testdata/any_message.ts";
import { below, oneOf, type Random, seeded } from "../shared/fix/testdata/any_value.ts";

const MESSAGES = 5_000;
const VERSIONS = ["FIX.4.2", "FIX.4.4", "FIXT.1.1"];

interface Difference {
  readonly reason: string;
  readonly explains: (ours: readonly Fault[], theirs: string, text: string) => boolean;
}

const HEADER_AND_TRAILER = new Set(
  [
    1128,
    1156,
    1129,
    49,
    56,
    115,
    128,
    90,
    91,
    34,
    50,
    142,
    57,
    143,
    116,
    144,
    129,
    145,
    43,
    97,
    52,
    122,
    212,
    213,
    347,
    369,
  ]
    .concat([370, 627, 93, 89, 10]),
);
const HAS_DATA = new RegExp(`\\|(?:${[...LENGTH_TAG_BY_DATA_TAG.keys()].join("|")})=`);
const isOf = (tag: number | undefined, tags: ReadonlySet<number>) => tag !== undefined && tags.has(tag);

const DIFFERENCES: readonly Difference[] = [
  {
    reason: "QuickFIX/J keeps the last of a repeated header or trailer field and says nothing",
    explains: (ours, theirs) =>
      theirs === "ok" && ours.some(({ code, tag }) => code === "tag_twice" && isOf(tag, HEADER_AND_TRAILER)),
  },
  {
    reason: "QuickFIX/J ends the header or the group at a user's tag that the dictionary does not place",
    explains: (ours, theirs, text) =>
      ours.length === 0 && text.includes("|9000=x|") &&
      /out of required order|Out of order repeating|Incorrect NumInGroup/.test(theirs),
  },
  {
    reason:
      "QuickFIX/J does not find the length of a data field inside a group, and reads on inside the data",
    explains: (ours, theirs, text) => theirs !== "ok" && ours.length === 0 && HAS_DATA.test(text),
  },
  {
    reason: "QuickFIX/J does not ask for the header's required fields in a message of FIXT",
    explains: (ours, theirs, text) =>
      theirs === "ok" && text.startsWith("8=FIXT") &&
      ours.every(({ code, tag }) => code === "required_tag_missing" && isOf(tag, HEADER_AND_TRAILER)),
  },
  {
    reason:
      "QuickFIX/J takes any text for a LocalMktDate, MonthYear, TZTimeOnly or Currency, and a SeqNum below zero",
    explains: (ours, theirs) =>
      theirs === "ok" &&
      ours.every(({ code, text }) =>
        code === "bad_format" &&
        /is no (LOCALMKTDATE|MONTHYEAR|DAYOFMONTH|TZTIMEONLY|TZTIMESTAMP|CURRENCY|COUNTRY|SEQNUM)$/.test(text)
      ),
  },
  {
    reason: "QuickFIX/J keeps the last of a count that stands twice before its group",
    explains: (ours, theirs, text) =>
      theirs === "ok" && ours.some(({ code }) => code === "group_count") && /\|(\d+=\d+)\|\1\|/.test(text),
  },
  {
    reason: "QuickFIX/J reads on to the next SOH where the length of a data field is wrong",
    explains: (ours, theirs) =>
      theirs === "ok" && ours.some(({ code }) => code === "data_length" || code === "soh_in_value"),
  },
];

const dictionaries = new Dictionaries();
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const toBytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function judgeOurs(bytes: Uint8Array): Fault[] {
  const faults = frameFaults(bytes);
  if (faults.length > 0) return faults;
  const fields = new Fields();
  fields.read(bytes, 0, bytes.length);
  faults.push(...fields.faults);
  const dictionary = dictionaries.find(fields.text(8)!, fields.text(1128));
  if (dictionary === undefined) return [{ code: "unsupported_version", text: "" }];
  checkMessage(fields, dictionary, faults);
  return faults;
}

function anyBytes(random: Random): { bytes: Uint8Array; beginString: string } {
  const beginString = oneOf(random, VERSIONS);
  const dictionary = dictionaries.find(beginString)!;
  const msgType = oneOf(random, dictionary.msgTypes());
  return {
    beginString,
    bytes: encodeMessage({ beginString, msgType, fields: anyMessage(dictionary, msgType, random) }),
  };
}

/** One field taken out, doubled, moved, emptied or changed, in a frame that is right again. */
function mutate(bytes: Uint8Array, beginString: string, random: Random): Uint8Array {
  const all = latin1(bytes).split("\x01").slice(0, -1);
  const [type, ...fields] = all.slice(2, -1);
  const at = below(random, fields.length);
  const tag = fields[at]!.split("=")[0];
  switch (below(random, 7)) {
    case 0:
      fields.splice(at, 1);
      break;
    case 1:
      fields.splice(at, 0, fields[at]!);
      break;
    case 2:
      fields.splice(below(random, fields.length), 0, ...fields.splice(at, 1));
      break;
    case 3:
      fields[at] = `${tag}=`;
      break;
    case 4:
      fields[at] = `${tag}=${oneOf(random, ["x", "-1", "Y", "20261301", "1.5", "ZZZ", "99999"])}`;
      break;
    case 5:
      fields.splice(at, 0, oneOf(random, ["4999=x", "9000=x", "58=text", "0=x", "abc=1", "58"]));
      break;
    default: {
      const changed = bytes.slice();
      changed[below(random, bytes.length)] = 32 + below(random, 90);
      return changed;
    }
  }
  return encodeFrame(beginString, toBytes([type, ...fields].map((field) => `${field}\x01`).join("")));
}

function framed(messages: readonly Uint8Array[]): Uint8Array {
  const input = new Uint8Array(messages.reduce((sum, bytes) => sum + 4 + bytes.length, 0));
  const view = new DataView(input.buffer);
  let at = 0;
  for (const bytes of messages) {
    view.setInt32(at, bytes.length);
    input.set(bytes, at + 4);
    at += 4 + bytes.length;
  }
  return input;
}

Deno.test("the codec and QuickFIX/J accept and refuse the same messages", async () => {
  const random = seeded(7);
  const messages = Array.from({ length: MESSAGES }, (_, index) => {
    const { bytes, beginString } = anyBytes(random);
    return index % 2 === 0 ? bytes : mutate(bytes, beginString, random);
  });
  const answers = (await runJava("Judge", framed(messages))).trimEnd().split("\n");
  assert.equal(answers.length, messages.length);
  const unexplained: string[] = [];
  const counts = new Map<string, number>();
  messages.forEach((bytes, index) => {
    const ours = judgeOurs(bytes);
    const theirs = answers[index]!;
    if ((ours.length === 0) === (theirs === "ok")) {
      return count(counts, theirs === "ok" ? "both accept" : "both refuse");
    }
    const text = latin1(bytes).replaceAll("\x01", "|");
    const difference = DIFFERENCES.find((one) => one.explains(ours, theirs, text));
    if (difference !== undefined) return count(counts, difference.reason);
    const codes = ours.map((fault) => `${fault.code} ${fault.text}`).join("; ") || "ok";
    unexplained.push(`${text}\n  ours:   ${codes}\n  theirs: ${theirs}`);
  });
  for (const [what, times] of counts) console.log(`${String(times).padStart(6)} ${what}`);
  assert.deepEqual(unexplained.slice(0, 5), [], `${unexplained.length} differences without a reason`);
});

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
