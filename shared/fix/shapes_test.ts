import assert from "node:assert/strict";
import { checkMessage } from "./check.ts";
import { Dictionaries } from "./dictionaries.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { encodeFrame } from "./encode.ts";

const HEADER = "49=GSCO|56=BREAKWATER|34=7|52=20261123-14:30:05.125|";
const ORDER = `35=D|${HEADER}11=O-1|55=AAPL|54=1|60=20261123-14:30:05.125|40=1|38=100|75=20261123|`;

/** Each case comes after a sound message of the same shape, and its fault must be found all the same. */
const CASES: { name: string; sound: string; broken: string; code: Fault["code"] }[] = [
  {
    name: "a value",
    sound: "35=0|" + HEADER,
    broken: "35=0|" + HEADER.replace("34=7", "34=x"),
    code: "bad_format",
  },
  {
    name: "a code",
    sound: ORDER,
    broken: ORDER.replace("54=1", "54=~"),
    code: "value_out_of_range",
  },
  {
    name: "a day",
    sound: ORDER,
    broken: ORDER.replace("75=20261123", "75=20261131"),
    code: "bad_format",
  },
  {
    name: "a second",
    sound: ORDER,
    broken: ORDER.replace("60=20261123-14:30:05", "60=20261123-14:30:0x"),
    code: "bad_format",
  },
  {
    name: "a count",
    sound: `${ORDER}78=1|79=F1|80=100|`,
    broken: `${ORDER}78=2|79=F1|80=100|`,
    code: "group_count",
  },
  {
    name: "a type with other fields",
    sound: "35=0|" + HEADER,
    broken: "35=1|" + HEADER,
    code: "required_tag_missing",
  },
];

for (const { name, sound, broken, code } of CASES) {
  Deno.test(`checkMessage() sees ${name} go wrong in a shape it knows`, () => {
    assert.deepEqual(faultsOf(sound), []);
    assert.deepEqual(faultsOf(sound), []);
    assert.deepEqual(faultsOf(broken), [code]);
    assert.deepEqual(faultsOf(sound), []);
  });
}

const fields = new Fields();
const dictionary = new Dictionaries().find("FIX.4.4")!;

function faultsOf(body: string): Fault["code"][] {
  const bytes = new TextEncoder().encode(body.replaceAll("|", "\x01"));
  const frame = encodeFrame("FIX.4.4", bytes);
  assert.equal(fields.readFrame(frame, 0, frame.length), frame.length);
  const faults: Fault[] = [];
  checkMessage(fields, dictionary, faults);
  return faults.map((fault) => fault.code);
}
