/**
 * Holds a message to its version's dictionary: fields, types, values, order and groups, in one pass that
 * allocates nothing while nothing is wrong.
 *
 * @module
 */

import { LENGTH_TAG_BY_DATA_TAG } from "./data_fields.ts";
import { BODY, type Dictionary, GROUP, HEADER, type MessageDefinition, SECTION } from "./dictionary.ts";
import { hasBit, isEnumValue } from "./enum_tables.ts";
import type { Fault, FaultCode } from "./faults.ts";
import { DATA, type Fractions, hasType, INT, ONE_OF_BYTES, SOME_OF_LIST, STRING } from "./field_types.ts";
import type { Fields } from "./fields.ts";
import type { GroupDefinition } from "./members.ts";
import type { Shape } from "./shapes.ts";

const SPACE = 32;
const ZERO = 48;
const SECTION_NAMES = ["", "header", "body", "trailer"];
const MSG_TYPE = 35;
/** It is the third field of every message whose header is in order. */
const MSG_TYPE_INDEX = 2;
/** Tags from here on belong to users and bilateral agreements; a dictionary need not know them. */
const USER_TAGS_FROM = 5_000;
/** Enough to see what is wrong; a broken group of a thousand instances would note a thousand. */
const FAULTS_MAX = 100;
const SHOWN_CHARS_MAX = 60;

const TAGS = 1 << 16;

/**
 * By depth and tag: the message (depth 0) or the instance of a group in which the tag was last seen. Never
 * cleared: each message and instance has a stamp of its own.
 */
const seenByDepth: Int32Array[] = [new Int32Array(TAGS)];
let lastStamp = 0;

/** One message being checked; a module variable, as the hot path makes no objects. */
let fields: Fields;
let dictionary: Dictionary;
let message: MessageDefinition;
let faults: Fault[];
let fractions: Fractions;

/**
 * Adds to `found` what the dictionary holds against the fields.
 *
 * @param anyFractions Whether seconds may have any fraction; versions before 5.0 SP2 know milliseconds only.
 * @returns The message's definition, or undefined for a MsgType the version does not have.
 */
export function checkMessage(
  of: Fields,
  by: Dictionary,
  found: Fault[],
  anyFractions = by.version === "FIX.5.0SP2",
): MessageDefinition | undefined {
  const isThird = of.count > MSG_TYPE_INDEX && of.tags[MSG_TYPE_INDEX] === MSG_TYPE;
  const at = isThird ? MSG_TYPE_INDEX : of.find(MSG_TYPE);
  const definition = at < 0 ? undefined : by.messageAt(of.bytes, of.starts[at]!, of.ends[at]!);
  if (definition === undefined) {
    const text = `MsgType (35) "${at < 0 ? "" : of.textAt(at)}" is no message of ${by.version}`;
    found.push({ code: "invalid_msg_type", tag: MSG_TYPE, ...(at < 0 ? {} : { index: at }), text });
    return undefined;
  }
  fields = of;
  dictionary = by;
  message = definition;
  faults = found;
  fractions = anyFractions ? "any" : "milliseconds";
  if (lastStamp > 0x3fffffff) {
    for (const seen of seenByDepth) seen.fill(0);
    lastStamp = 0;
  }
  const { row } = of;
  const shape = row === undefined ? undefined : by.shapes.find(row, definition);
  if (shape !== undefined && isAsShaped(shape)) return definition;
  const before = found.length;
  countsFound.clear();
  checkFields();
  if (row !== undefined && found.length === before) {
    by.shapes.add(row, definition, by.checks, STRING, countsFound);
  }
  return definition;
}

/** By the place of a group's count: the instances of it in this message. */
const countsFound = new Map<number, number>();

/** Whether a message of a sound shape has sound values and counts. Where not, the whole check says why. */
function isAsShaped(shape: Shape): boolean {
  const { starts, ends, bytes } = fields;
  const { valueIndexes, valueChecks, countIndexes, counts, row: { tags } } = shape;
  const { enums } = dictionary;
  const { bits } = enums;
  for (let at = 0; at < valueIndexes.length; at++) {
    const index = valueIndexes[at]!;
    const start = starts[index]!;
    const end = ends[index]!;
    const check = valueChecks[at]!;
    if (check === ONE_OF_BYTES) {
      if (end - start !== 1 || !hasBit(bits, tags[index]!, bytes[start]!)) return false;
    } else if (check < ONE_OF_BYTES) {
      if (!hasType(check, bytes, start, end, fractions)) return false;
    } else if (!isOfList(check, tags[index]!, bytes, start, end)) return false;
  }
  for (let at = 0; at < countIndexes.length; at++) {
    if (readCount(countIndexes[at]!) !== counts[at]) return false;
  }
  return true;
}

function checkFields(): void {
  const { count, tags, starts, ends, bytes } = fields;
  const { places, required } = message;
  const { checks, enums: { bits } } = dictionary;
  const placesEnd = places.length;
  const seen = seenByDepth[0]!;
  const stamp = ++lastStamp;
  let section = HEADER;
  for (let index = 0; index < count;) {
    const tag = tags[index]!;
    const place = tag < placesEnd ? places[tag]! : 0;
    if (place === 0) {
      noteStray(index, tag);
      index++;
      continue;
    }
    const own = place & SECTION;
    if (own < section) noteSection(index, own, section);
    else section = own;
    if (seen[tag] === stamp) note("tag_twice", index, "stands in the message twice");
    seen[tag] = stamp;
    const check = checks[tag]!;
    // Text, and one byte of a list, are most values, and judged without a call.
    const isPlain = check === STRING || (check === ONE_OF_BYTES && ends[index]! - starts[index]! === 1 &&
      hasBit(bits, tag, bytes[starts[index]!]!));
    if (!isPlain) checkValue(index, tag, check);
    index = (place & GROUP) === 0 ? index + 1 : checkGroup(message.groups.get(tag)!, index, 1);
  }
  for (let at = 0; at < required.length; at++) {
    if (seen[required[at]!] !== stamp) noteMissing(required[at]!);
  }
}

/** @returns Where the fields after the group go on. */
function checkGroup(group: GroupDefinition, countIndex: number, depth: number): number {
  const { count, tags } = fields;
  const { ranks, delimiter } = group;
  const seen = seenByDepth[depth] ??= new Int32Array(TAGS);
  let instances = 0;
  let instanceAt = countIndex;
  let stamp = 0;
  let lastRank = 0;
  let index = countIndex + 1;
  while (index < count) {
    const tag = tags[index]!;
    const rank = tag < ranks.length ? ranks[tag]! : 0;
    if (rank === 0) {
      if (tag < USER_TAGS_FROM || isKnownHere(tag)) break;
      index++;
      continue;
    }
    if (tag === delimiter) {
      if (instances++ > 0) checkInstance(group, seen, stamp, instanceAt);
      instanceAt = index;
      stamp = ++lastStamp;
    } else if (rank <= lastRank || instances === 0) {
      if (isBodyField(tag) && instances === readCount(countIndex)) break;
      noteDisorder(index, instances > 0 && seen[tag] === stamp, instances, group);
    }
    lastRank = rank;
    seen[tag] = stamp;
    const check = dictionary.checks[tag]!;
    if (check !== STRING) checkValue(index, tag, check);
    const nested = group.groups.get(tag);
    index = nested === undefined ? index + 1 : checkGroup(nested, index, depth + 1);
  }
  if (instances > 0) checkInstance(group, seen, stamp, instanceAt);
  const said = readCount(countIndex);
  const isCount = said >= 0 || dictionary.types[group.countTag] === INT;
  countsFound.set(countIndex, said);
  if (isCount && said !== instances) note("group_count", countIndex, `but ${instances} follow`);
  return index;
}

/** What an instance lacks is shown at its first field. */
function checkInstance(group: GroupDefinition, seen: Int32Array, stamp: number, index: number): void {
  const { required } = group;
  for (let at = 0; at < required.length; at++) {
    if (seen[required[at]!] === stamp) continue;
    noteMissing(required[at]!, ` in its group ${nameOf(group.countTag)}`, index);
  }
}

function checkValue(index: number, tag: number, check: number): void {
  const start = fields.starts[index]!;
  const end = fields.ends[index]!;
  if (start === end) return;
  if (check >= ONE_OF_BYTES) {
    if (!isOfList(check, tag, fields.bytes, start, end)) noteUnlisted(index, tag, start, end);
  } else if (!hasType(check, fields.bytes, start, end, fractions)) noteFormat(index, tag);
  else if (check === DATA) checkLength(index, tag);
}

/** Without its length right before it, a data field ends at its first SOH, wherever it should have. */
function checkLength(index: number, tag: number): void {
  const lengthTag = LENGTH_TAG_BY_DATA_TAG.get(tag);
  if (lengthTag === undefined || fields.tags[index - 1] === lengthTag) return;
  note("data_length", index, `does not follow its length, ${nameOf(lengthTag)}`);
}

function isOfList(check: number, tag: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (check === SOME_OF_LIST) return areEnumValues(tag, bytes, start, end);
  return isEnumValue(dictionary.enums, tag, bytes, start, end);
}

/** A value of the list is right even where the list has outgrown the type, as MiscFeeType (139) has. */
function noteUnlisted(index: number, tag: number, start: number, end: number): void {
  if (!hasType(dictionary.types[tag]!, fields.bytes, start, end, fractions)) noteFormat(index, tag);
  else note("value_out_of_range", index, `is no value of ${dictionary.version}`);
}

function noteFormat(index: number, tag: number): void {
  note("bad_format", index, `is no ${dictionary.field(tag)?.type}`);
}

function areEnumValues(tag: number, bytes: Uint8Array, start: number, end: number): boolean {
  let valueAt = start;
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] !== SPACE) continue;
    if (!isEnumValue(dictionary.enums, tag, bytes, valueAt, at)) return false;
    valueAt = at + 1;
  }
  return true;
}

/** The number of instances a count field promises, or -1 where it is no number. */
function readCount(index: number): number {
  let value = 0;
  for (let at = fields.starts[index]!; at < fields.ends[index]!; at++) {
    const digit = fields.bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** A few tags are members of a group and of the body beside it; then the count tells where the group ends. */
function isBodyField(tag: number): boolean {
  return (message.places[tag]! & SECTION) === BODY;
}

function isKnownHere(tag: number): boolean {
  return tag < message.places.length && message.places[tag] !== 0;
}

function noteStray(index: number, tag: number): void {
  const isDefined = tag < dictionary.types.length && dictionary.types[tag] !== 0;
  if (isDefined) {
    note("tag_not_defined_for_message", index, `does not belong in ${message.name} (${message.msgType})`);
  } else if (tag < USER_TAGS_FROM) note("undefined_tag", index, `is no field of ${dictionary.version}`);
}

function noteSection(index: number, own: number, section: number): void {
  const text = `belongs to the ${SECTION_NAMES[own]} and stands in the ${SECTION_NAMES[section]}`;
  note("tag_out_of_order", index, text);
}

function noteDisorder(index: number, isRepeat: boolean, instances: number, group: GroupDefinition): void {
  const name = nameOf(group.countTag);
  if (instances === 0) {
    note("group_order", index, `begins an instance of ${name}, which begins with ${nameOf(group.delimiter)}`);
  } else if (isRepeat) note("tag_twice", index, `stands in one instance of ${name} twice`);
  else note("group_order", index, `is out of order in its group ${name}`);
}

function noteMissing(tag: number, where = "", index?: number): void {
  if (faults.length >= FAULTS_MAX) return;
  const text = `${message.name} (${message.msgType}) lacks ${nameOf(tag)}${where}`;
  const fault = { code: "required_tag_missing", tag, text } as const;
  faults.push(index === undefined ? fault : { ...fault, index });
}

function note(code: FaultCode, index: number, problem: string): void {
  if (faults.length >= FAULTS_MAX) return;
  const tag = fields.tags[index]!;
  const text = `${nameOf(tag)} "${fields.textAt(index).slice(0, SHOWN_CHARS_MAX)}" ${problem}`;
  faults.push({ code, tag, index, text });
}

function nameOf(tag: number): string {
  const name = dictionary.field(tag)?.name;
  return name === undefined ? `Field ${tag}` : `${name} (${tag})`;
}
