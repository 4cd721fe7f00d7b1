/**
 * Messages that a dictionary allows, chosen by chance: any of its messages, with nested groups and data.
 *
 * @module
 */

import { LENGTH_TAG_BY_DATA_TAG } from "../data_fields.ts";
import type { Dictionary } from "../dictionary.ts";
import type { FieldToEncode } from "../encode.ts";
import type { Member } from "../members.ts";
import { anyValue, below, oneOf, type Random } from "./any_value.ts";

export interface AnyMessageOptions {
  /** How likely a field is that may be absent. */
  readonly share: number;
  readonly instancesMax: number;
}

const FEW: AnyMessageOptions = { share: 0.12, instancesMax: 2 };
/** What the encoder writes itself. */
const WRITTEN = new Set([8, 9, 35, 10]);
const LENGTH_TAGS = new Set(LENGTH_TAG_BY_DATA_TAG.values());
/** Only a session of FIXT names versions; any other than this would ask for another dictionary. */
const FIXED_VALUES: ReadonlyMap<number, string> = new Map([[1128, "9"]]);
/** Bytes that a data field may hold and text may not. */
const DATA_PARTS = ["a", "\x01", "10=", "8=FIX.4.4\x01", "\xff", "\x00", "x"];

/** Fields for the encoder: header, body and trailer as the dictionary orders them. */
export function anyMessage(
  dictionary: Dictionary,
  msgType: string,
  random: Random,
  options: AnyMessageOptions = FEW,
): FieldToEncode[] {
  return anyMembers(dictionary, dictionary.message(msgType)!.members, random, options, new Set());
}

/** @param taken Tags of the levels above: a member of the same tag would end the group it stands in. */
function anyMembers(
  dictionary: Dictionary,
  members: readonly Member[],
  random: Random,
  options: AnyMessageOptions,
  taken: ReadonlySet<number>,
): FieldToEncode[] {
  const written = new Set(taken);
  const fields: FieldToEncode[] = [];
  members.forEach((member, index) => {
    const { tag, isRequired, group } = member;
    const isFirstOfInstance = index === 0 && !members.some((other) => other.tag === 8);
    const isWanted = isRequired || isFirstOfInstance || random() < options.share;
    if (WRITTEN.has(tag) || written.has(tag) || LENGTH_TAGS.has(tag) || !isWanted) return;
    written.add(tag);
    if (group !== null) fields.push(...anyGroup(dictionary, member, random, options, written));
    else fields.push(...anyField(dictionary, tag, random));
  });
  return fields;
}

function anyGroup(
  dictionary: Dictionary,
  { tag, group }: Member,
  random: Random,
  options: AnyMessageOptions,
  taken: ReadonlySet<number>,
): FieldToEncode[] {
  const count = 1 + below(random, options.instancesMax);
  const deeper = { ...options, share: options.share / 2 };
  const instances = Array.from(
    { length: count },
    () => anyMembers(dictionary, group!, random, deeper, new Set([...taken].filter((one) => one !== tag))),
  );
  return [[tag, String(count)], ...instances.flat()];
}

function anyField(dictionary: Dictionary, tag: number, random: Random): FieldToEncode[] {
  const lengthTag = LENGTH_TAG_BY_DATA_TAG.get(tag);
  if (lengthTag === undefined) {
    return [[tag, FIXED_VALUES.get(tag) ?? anyValue(random, dictionary.field(tag)!)]];
  }
  const data = Array.from({ length: 1 + below(random, 4) }, () => oneOf(random, DATA_PARTS)).join("");
  const bytes = Uint8Array.from(data, (char) => char.charCodeAt(0));
  return [[lengthTag, String(bytes.length)], [tag, bytes]];
}
