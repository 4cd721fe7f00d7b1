import assert from "node:assert/strict";
import { checkMessage } from "./check.ts";
import { Dictionaries } from "./dictionaries.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { framed } from "./testdata/fix.ts";

const dictionaries = new Dictionaries();
const HEADER = "49=A|56=B|34=7|52=20261123-14:30:05.125|";
const ORDER = "11=O-1|55=AAPL|54=1|60=20261123-14:30:05|40=2|38=100|44=190.5|";
const LIST = "66=L1|394=3|68=1|";

function check(body: string, version = "FIX.4.4"): Fault[] {
  const bytes = framed(body, version);
  const fields = new Fields();
  fields.read(bytes, 0, bytes.length);
  const faults = [...fields.faults];
  checkMessage(fields, dictionaries.find(version, fields.text(1128))!, faults);
  return faults;
}

const SOUND: { name: string; body: string; version?: string }[] = [
  { name: "an order", body: `35=D|${HEADER}${ORDER}` },
  { name: "an order of 4.2", body: `35=D|${HEADER}21=1|${ORDER}`, version: "FIX.4.2" },
  { name: "an order of 5.0 SP2", body: `35=D|1128=9|${HEADER}${ORDER}`, version: "FIXT.1.1" },
  { name: "an order of 4.4 inside FIXT", body: `35=D|1128=6|${HEADER}${ORDER}`, version: "FIXT.1.1" },
  { name: "a logon of FIXT", body: `35=A|${HEADER}98=0|108=30|1137=9|`, version: "FIXT.1.1" },
  { name: "a group", body: `35=D|${HEADER}453=2|448=X|447=D|452=1|448=Y|447=D|452=3|${ORDER}` },
  {
    name: "a nested group",
    body: `35=D|${HEADER}453=1|448=X|447=D|452=1|802=2|523=a|803=1|523=b|803=2|${ORDER}`,
  },
  { name: "a group of none", body: `35=D|${HEADER}453=0|${ORDER}` },
  {
    name: "tags of users, in a group too",
    body: `35=D|${HEADER}453=1|448=X|5001=u|447=D|452=1|${ORDER}20001=x|`,
  },
  { name: "several values in one field", body: `35=D|${HEADER}18=1 G|${ORDER}` },
  { name: "data with SOH", body: `35=D|${HEADER}${ORDER}354=3|355=a|b|` },
  {
    name: "nanoseconds in 5.0 SP2",
    body: `35=0|${HEADER.replace(".125", ".123456789")}`,
    version: "FIXT.1.1",
  },
  { name: "a leap second", body: `35=0|49=A|56=B|34=7|52=20161231-23:59:60|` },
];
for (const { name, body, version } of SOUND) {
  Deno.test(`checkMessage() finds nothing wrong with ${name}`, () => {
    assert.deepEqual(check(body, version), []);
  });
}

const FAULTY: { name: string; body: string; version?: string; code: string; tag: number }[] = [
  { name: "a MsgType that is none", body: `35=zz|${HEADER}`, code: "invalid_msg_type", tag: 35 },
  {
    name: "a MsgType of a later version",
    body: `35=AE|${HEADER}`,
    version: "FIX.4.2",
    code: "invalid_msg_type",
    tag: 35,
  },
  { name: "no sender", body: "35=0|56=B|34=7|52=20261123-14:30:05|", code: "required_tag_missing", tag: 49 },
  {
    name: "no side",
    body: `35=D|${HEADER}${ORDER.replace("54=1|", "")}`,
    code: "required_tag_missing",
    tag: 54,
  },
  {
    name: "no HandlInst in 4.2",
    body: `35=D|${HEADER}${ORDER}`,
    version: "FIX.4.2",
    code: "required_tag_missing",
    tag: 21,
  },
  {
    name: "a field of another message",
    body: `35=D|${HEADER}${ORDER}39=0|`,
    code: "tag_not_defined_for_message",
    tag: 39,
  },
  {
    name: "a field of a later version",
    body: `35=D|${HEADER}${ORDER}1094=1|`,
    code: "undefined_tag",
    tag: 1094,
  },
  { name: "a field of no version", body: `35=D|${HEADER}${ORDER}4999=1|`, code: "undefined_tag", tag: 4999 },
  { name: "a field without value", body: `35=D|${HEADER}${ORDER}58=|`, code: "tag_without_value", tag: 58 },
  {
    name: "a side that is none",
    body: `35=D|${HEADER}${ORDER.replace("54=1", "54=Z")}`,
    code: "value_out_of_range",
    tag: 54,
  },
  {
    name: "one of several values that is none",
    body: `35=D|${HEADER}18=1 ~|${ORDER}`,
    code: "value_out_of_range",
    tag: 18,
  },
  {
    name: "a long value that is none",
    body: `35=D|${HEADER}${ORDER}167=NONESUCH|`,
    code: "value_out_of_range",
    tag: 167,
  },
  {
    name: "a price that is none",
    body: `35=D|${HEADER}${ORDER.replace("44=190.5", "44=1e5")}`,
    code: "bad_format",
    tag: 44,
  },
  {
    name: "a quantity that is none",
    body: `35=D|${HEADER}${ORDER.replace("38=100", "38=-")}`,
    code: "bad_format",
    tag: 38,
  },
  {
    name: "a char of two",
    body: `35=D|${HEADER}${ORDER.replace("40=2", "40=22")}`,
    code: "bad_format",
    tag: 40,
  },
  { name: "a Boolean that is none", body: `35=D|${HEADER}${ORDER}114=y|`, code: "bad_format", tag: 114 },
  {
    name: "a sequence number below zero",
    body: "35=0|49=A|56=B|34=-7|52=20261123-14:30:05|",
    code: "bad_format",
    tag: 34,
  },
  { name: "an int with a point", body: "35=A|" + HEADER + "98=0|108=30.0|", code: "bad_format", tag: 108 },
  {
    name: "microseconds in 4.4",
    body: `35=0|${HEADER.replace(".125", ".125000")}`,
    code: "bad_format",
    tag: 52,
  },
  {
    name: "tenths of seconds in 4.4",
    body: `35=0|${HEADER.replace(".125", ".1")}`,
    code: "bad_format",
    tag: 52,
  },
  {
    name: "thirteen decimals in 5.0 SP2",
    body: `35=0|${HEADER.replace(".125", ".1234567890123")}`,
    version: "FIXT.1.1",
    code: "bad_format",
    tag: 52,
  },
  {
    name: "a second after the leap second",
    body: "35=0|49=A|56=B|34=7|52=20161231-23:59:61|",
    code: "bad_format",
    tag: 52,
  },
  {
    name: "two spaces between several values",
    body: `35=D|${HEADER}18=1  G|${ORDER}`,
    code: "bad_format",
    tag: 18,
  },
  { name: "a date that is none", body: `35=D|${HEADER}${ORDER}64=20261131|`, code: "bad_format", tag: 64 },
  { name: "a month that is none", body: `35=D|${HEADER}${ORDER}200=202613|`, code: "bad_format", tag: 200 },
  { name: "a currency that is none", body: `35=D|${HEADER}${ORDER}15=usd|`, code: "bad_format", tag: 15 },
  { name: "a field twice", body: `35=D|${HEADER}${ORDER}11=O-2|`, code: "tag_twice", tag: 11 },
  {
    name: "a header field in the body",
    body: `35=D|${HEADER}${ORDER}43=Y|`,
    code: "tag_out_of_order",
    tag: 43,
  },
  {
    name: "a body field after the trailer",
    body: `35=D|${HEADER}${ORDER}93=1|89=x|58=x|`,
    code: "tag_out_of_order",
    tag: 58,
  },
  {
    name: "too few instances",
    body: `35=D|${HEADER}453=2|448=X|447=D|452=1|${ORDER}`,
    code: "group_count",
    tag: 453,
  },
  {
    name: "too many instances",
    body: `35=D|${HEADER}453=1|448=X|448=Y|${ORDER}`,
    code: "group_count",
    tag: 453,
  },
  { name: "instances of none", body: `35=D|${HEADER}453=0|448=X|${ORDER}`, code: "group_count", tag: 453 },
  {
    name: "a group without delimiter",
    body: `35=D|${HEADER}453=1|447=D|448=X|${ORDER}`,
    code: "group_order",
    tag: 447,
  },
  {
    name: "members out of order",
    body: `35=D|${HEADER}453=1|448=X|452=1|447=D|${ORDER}`,
    code: "group_order",
    tag: 447,
  },
  {
    name: "a member twice",
    body: `35=D|${HEADER}453=1|448=X|447=D|447=D|${ORDER}`,
    code: "tag_twice",
    tag: 447,
  },
  {
    name: "a required member missing",
    body: `35=E|${HEADER}${LIST}73=1|11=O-1|54=1|`,
    code: "required_tag_missing",
    tag: 67,
  },
  {
    name: "a wrong count inside a group",
    body: `35=D|${HEADER}453=1|448=X|802=2|523=a|803=1|${ORDER}`,
    code: "group_count",
    tag: 802,
  },
  {
    name: "a stray member",
    body: `35=D|${HEADER}${ORDER}448=X|`,
    code: "tag_not_defined_for_message",
    tag: 448,
  },
  { name: "data without its length", body: `35=D|${HEADER}${ORDER}355=x|`, code: "data_length", tag: 355 },
  {
    name: "a count below zero where the version counts with an int",
    body: `35=Z|${HEADER}117=Q|298=1|295=-1|55=A|`,
    version: "FIX.4.2",
    code: "group_count",
    tag: 295,
  },
  { name: "SOH in text", body: `35=D|${HEADER}${ORDER}58=a|b|`, code: "soh_in_value", tag: 58 },
];
for (const { name, body, version, code, tag } of FAULTY) {
  Deno.test(`checkMessage() finds ${name}`, () => {
    const found = check(body, version).map((fault) => [fault.code, fault.tag]);
    assert.deepEqual(found[0], [code, tag]);
    assert(found.length <= 2, JSON.stringify(found));
  });
}
