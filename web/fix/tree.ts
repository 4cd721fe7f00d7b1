/**
 * A decoded message as a tree: header, body and trailer, groups below the field that counts them, and every fault
 * at its field.
 *
 * @module
 */

import {
  BODY,
  type DecodedMessage,
  type GroupDefinition,
  HEADER,
  type MessageDefinition,
  SECTION,
  TRAILER,
} from "../../shared/fix/mod.ts";
import type { ShownField, ShownSection } from "../components/fix/message.ts";
import { placeFaults } from "./fault_places.ts";

const NAMES = { [HEADER]: "header", [BODY]: "body", [TRAILER]: "trailer" } as const;
/** A message of every version, for header and trailer where the message itself is unknown. */
const HEARTBEAT = "0";
/** Tags of users may stand in an instance without being members of it. */
const USER_TAGS_FROM = 5_000;

/** More than any message has; what follows is in the flat list alone. */
const FIELDS_SHOWN_MAX = 10_000;

type Groups = ReadonlyMap<number, GroupDefinition>;

export function toTree(message: DecodedMessage): ShownSection[] {
  const { fields, dictionary } = message;
  const definition = message.definition ?? dictionary.message(HEARTBEAT)!;
  const faults = placeFaults(message);
  const shown = toFields(0, Math.min(fields.length, FIELDS_SHOWN_MAX), definition.groups);
  const lastOfHeader = shown.findLastIndex(({ tag }) => sectionOf(definition, tag) === HEADER);
  const sections: Record<number, ShownField[]> = { [HEADER]: [], [BODY]: [], [TRAILER]: [] };
  let section = HEADER;
  shown.forEach((field, place) => {
    const own = sectionOf(definition, field.tag);
    // What no message has stands in the section around it.
    const isInHeader = own === 0 && section === HEADER && place < lastOfHeader;
    if (!isInHeader) section = Math.max(section, own === 0 ? BODY : own);
    sections[section]!.push(field);
  });
  for (const [tag, errors] of faults.missing) {
    const to = sectionOf(definition, tag) || BODY;
    const name = dictionary.field(tag)?.name ?? null;
    sections[to]!.push({ at: null, tag, name, value: "", meaning: null, errors });
  }
  return [HEADER, BODY, TRAILER].map((at) => ({
    name: NAMES[at as keyof typeof NAMES],
    fields: sections[at]!,
  }));

  function toFields(start: number, end: number, groups: Groups): ShownField[] {
    const list: ShownField[] = [];
    for (let at = start; at < end;) {
      const group = groups.get(fields[at]![0]);
      if (group === undefined) {
        list.push(toField(at));
        at++;
        continue;
      }
      const starts = findInstances(group, at, end);
      const after = starts.pop()!;
      const instances = starts.map((from, n) => toFields(from, starts[n + 1] ?? after, group.groups));
      list.push({ ...toField(at), instances });
      at = after;
    }
    return list;
  }

  /** Where each instance of a group begins, and where the fields after the group go on. */
  function findInstances(group: GroupDefinition, countAt: number, end: number): number[] {
    const { ranks, delimiter } = group;
    const said = Number(fields[countAt]![1]);
    const starts: number[] = [];
    let lastRank = 0;
    let at = countAt + 1;
    while (at < end) {
      const tag = fields[at]![0];
      const rank = ranks[tag] ?? 0;
      if (rank === 0 && (tag < USER_TAGS_FROM || sectionOf(definition, tag) !== 0)) break;
      const isOver = rank > 0 && rank <= lastRank && starts.length === said;
      if (tag !== delimiter && isOver && sectionOf(definition, tag) === BODY) break;
      // An instance that does not begin as it should is one all the same.
      if (tag === delimiter || starts.length === 0) starts.push(at);
      if (rank > 0) lastRank = rank;
      const nested = group.groups.get(tag);
      at = nested === undefined ? at + 1 : findInstances(nested, at, end).at(-1)!;
    }
    return [...starts, at];
  }

  function toField(at: number): ShownField {
    const [tag, value] = fields[at]!;
    const field = dictionary.field(tag);
    return {
      at,
      tag,
      name: field?.name ?? null,
      value: toText(value),
      meaning: field === undefined ? null : meaningOf(field.values, value),
      errors: faults.at.get(at) ?? [],
    };
  }
}

function sectionOf({ places }: MessageDefinition, tag: number): number {
  return (places[tag] ?? 0) & SECTION;
}

/** `FILL_OR_KILL` to `Fill or kill`; of several values, all of them. */
function meaningOf(values: ReadonlyMap<string, string>, value: string): string | null {
  if (values.size === 0) return null;
  const meanings = values.has(value)
    ? [values.get(value)!]
    : value.split(" ").flatMap((part) => values.get(part) ?? []);
  return meanings.length === 0 ? null : meanings.map(toWords).join(", ");
}

function toWords(meaning: string): string {
  const words = meaning.replaceAll("_", " ").trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Values are bytes. Most senders mean UTF-8 by those beyond ASCII; what is none stays Latin-1. */
function toText(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  try {
    return utf8.decode(Uint8Array.from(value, (char) => char.charCodeAt(0)));
  } catch (error) {
    if (error instanceof TypeError) return value;
    throw error;
  }
}
