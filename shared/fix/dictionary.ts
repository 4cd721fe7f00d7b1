/**
 * One version's dictionary: its fields, messages and groups, by tag and by name. Tables are read from their
 * text at the version's first message, and a message's members at its own first.
 *
 * @module
 */

import type { DictionarySource } from "./dictionary_source.ts";
import { readLatin1 } from "./text.ts";
import { type EnumTables, toEnumTables } from "./enum_tables.ts";
import { STRING, toCheck, TYPE_CODES } from "./field_types.ts";
import {
  type GroupDefinition,
  layOpen,
  type Member,
  readMembers,
  requiredTags,
  toGroups,
} from "./members.ts";
import { Shapes } from "./shapes.ts";

export interface FieldDefinition {
  readonly tag: number;
  readonly name: string;
  /** As the standard spells it, in capitals: `UTCTIMESTAMP`. */
  readonly type: string;
  /** What each allowed value means; empty where any value of the type is allowed. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether values outside the list are allowed too. */
  readonly isOpen: boolean;
}

export interface MessageDefinition {
  readonly msgType: string;
  readonly name: string;
  readonly category: "admin" | "app";
  /** Header, body and trailer. */
  readonly members: readonly Member[];
  /** By tag: HEADER, BODY or TRAILER, with GROUP added to a group's count; 0 for what may not stand here. */
  readonly places: Uint8Array;
  readonly required: Int32Array;
  readonly groups: ReadonlyMap<number, GroupDefinition>;
}

/** A number holds a MsgType of up to four bytes; all but a broker's own have one or two. */
const PACKED_BYTES_MAX = 4;

export const HEADER = 1;
export const BODY = 2;
export const TRAILER = 3;
export const SECTION = 3;
export const GROUP = 4;

/** Required of every message, and the frame's to judge: BeginString, BodyLength, MsgType, CheckSum. */
const FRAME_TAGS: ReadonlySet<number> = new Set([8, 9, 35, 10]);

/** Its value has chosen the message; no list is asked once more. */
const MSG_TYPE = 35;

interface MessageLine {
  readonly name: string;
  readonly category: "admin" | "app";
  readonly members: string;
}

export class Dictionary {
  readonly version: string;
  readonly tagMax: number;
  /** By tag: a code of {@link TYPE_CODES}; 0 for tags the version does not define. */
  readonly types: Uint8Array;
  readonly enums: EnumTables;
  /** By tag: how a value is judged, by the list of its values where there is one, else by its type. */
  readonly checks: Uint8Array;
  /** Of messages that this dictionary found sound. */
  readonly shapes: Shapes = new Shapes();
  readonly #fields: ReadonlyMap<number, FieldDefinition>;
  readonly #fieldsByName: ReadonlyMap<string, FieldDefinition>;
  readonly #components: ReadonlyMap<string, string>;
  readonly #header: Member[];
  readonly #trailer: Member[];
  readonly #lines: ReadonlyMap<string, MessageLine>;
  readonly #messages = new Map<string, MessageDefinition>();
  readonly #messagesByBytes = new Map<number, MessageDefinition>();
  #lastPacked = -1;
  #last: MessageDefinition | undefined;

  /** What a later source defines again replaces what an earlier one said. */
  constructor(version: string, sources: readonly DictionarySource[]) {
    this.version = version;
    const fields = sources.flatMap((source) => linesOf(source.fields).map(readField));
    this.#fields = new Map(fields.map((field) => [field.tag, field]));
    this.#fieldsByName = new Map(fields.map((field) => [field.name, field]));
    this.tagMax = Math.max(...this.#fields.keys());
    this.types = new Uint8Array(this.tagMax + 1);
    for (const field of this.#fields.values()) this.types[field.tag] = TYPE_CODES[field.type] ?? 0;
    this.enums = toEnumTables([...this.#fields.values()], this.tagMax);
    this.checks = this.types.map((type, tag) => toCheck(type, this.enums.kinds[tag]!));
    this.checks[MSG_TYPE] = STRING;
    this.#components = new Map(sources.flatMap((source) => linesOf(source.components).map(nameAndRest)));
    this.#header = this.#layOpen(sources.map((source) => source.header).join(" "));
    this.#trailer = this.#layOpen(sources.map((source) => source.trailer).join(" "));
    this.#lines = readMessageLines(sources);
  }

  field(tag: number): FieldDefinition | undefined {
    return this.#fields.get(tag);
  }

  fieldByName(name: string): FieldDefinition | undefined {
    return this.#fieldsByName.get(name);
  }

  msgTypes(): string[] {
    return [...this.#lines.keys()];
  }

  /** The message whose MsgType stands in `[start, end)`; makes no text for those it has met. */
  messageAt(bytes: Uint8Array, start: number, end: number): MessageDefinition | undefined {
    if (end - start > PACKED_BYTES_MAX) return this.message(readLatin1(bytes, start, end));
    let packed = 0;
    for (let at = start; at < end; at++) packed = packed * 256 + bytes[at]!;
    if (packed === this.#lastPacked) return this.#last;
    let message = this.#messagesByBytes.get(packed);
    if (message === undefined) {
      message = this.message(readLatin1(bytes, start, end));
      if (message === undefined) return undefined;
      this.#messagesByBytes.set(packed, message);
    }
    this.#lastPacked = packed;
    this.#last = message;
    return message;
  }

  message(msgType: string): MessageDefinition | undefined {
    const known = this.#messages.get(msgType);
    if (known !== undefined) return known;
    const line = this.#lines.get(msgType);
    if (line === undefined) return undefined;
    const message = this.#toMessage(msgType, line);
    this.#messages.set(msgType, message);
    return message;
  }

  #toMessage(msgType: string, line: MessageLine): MessageDefinition {
    const body = this.#layOpen(line.members);
    const places = new Uint8Array(this.tagMax + 1);
    const sections: [number, Member[]][] = [[BODY, body], [HEADER, this.#header], [TRAILER, this.#trailer]];
    for (const [section, members] of sections) {
      for (const { tag, group } of members) {
        places[tag] = section + (group === null ? 0 : GROUP);
      }
    }
    const members = [...this.#header, ...body, ...this.#trailer];
    return {
      msgType,
      name: line.name,
      category: line.category,
      members,
      places,
      required: requiredTags(members).filter((tag) => !FRAME_TAGS.has(tag)),
      groups: toGroups(members, this.tagMax),
    };
  }

  #layOpen(text: string): Member[] {
    return layOpen(readMembers(text), this.#components);
  }
}

function linesOf(table: string): string[] {
  return table.split("\n").filter((line) => line !== "");
}

function nameAndRest(line: string): [string, string] {
  const space = line.indexOf(" ");
  return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1)];
}

function readField(line: string): FieldDefinition {
  const [tag, name, type, ...values] = line.split(" ");
  return {
    tag: Number(tag),
    name: name!,
    type: type!.replace("*", ""),
    values: new Map(values.map((value) => {
      const equals = value.lastIndexOf("=");
      return [value.slice(0, equals), value.slice(equals + 1)];
    })),
    isOpen: type!.endsWith("*"),
  };
}

/** A message that an earlier source knows gains the members of the later one. */
function readMessageLines(sources: readonly DictionarySource[]): Map<string, MessageLine> {
  const messages = new Map<string, MessageLine>();
  for (const line of sources.flatMap((source) => linesOf(source.messages))) {
    const [msgType, name, category, ...members] = line.split(" ");
    const before = messages.get(msgType!);
    messages.set(msgType!, {
      name: before?.name ?? name!,
      category: category === "admin" ? "admin" : "app",
      members: [before?.members ?? "", ...members].join(" ").trim(),
    });
  }
  return messages;
}
