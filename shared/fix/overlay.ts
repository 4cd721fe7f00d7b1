/**
 * A broker's own tags and messages, added to a version's dictionary.
 *
 * @module
 */

import { type Dictionary } from "./dictionary.ts";
import type { DictionarySource } from "./dictionary_source.ts";
import { TYPE_CODES } from "./field_types.ts";
import { readMembers } from "./members.ts";

/**
 * Reads an overlay such as
 *
 * ```json
 * { "FIX.4.4": {
 *   "fields": { "5001": { "name": "DeskCode", "type": "CHAR", "values": { "A": "ALGO", "M": "MANUAL" } } },
 *   "header": "5002",
 *   "messages": { "8": { "members": "5001 5010{5011! 5012}" }, "U1": { "name": "Note", "members": "58!" } } } }
 * ```
 *
 * A version is `FIX.4.2`, `FIX.4.4` or `FIX.5.0SP2`. Members are as in the generated tables: `58!` is
 * required, `5010{5011! 5012}` a group. A message the version has gains the members, another is new.
 *
 * @throws {SyntaxError} If the text is no JSON, or says what no dictionary can hold; the text names the place.
 */
export function readOverlay(text: string): Map<string, DictionarySource> {
  const overlay = record("the overlay", JSON.parse(text));
  return new Map(
    Object.entries(overlay).map(([version, part]) => {
      if (!/^FIX\.(4\.2|4\.4|5\.0SP2)$/.test(version)) {
        throw wrong(version, "is no version with a dictionary");
      }
      const { fields = {}, header = "", messages = {} } = record(version, part);
      const source: DictionarySource = {
        version,
        fields: Object.entries(record(`${version}.fields`, fields)).map(toFieldLine).join("\n"),
        components: "",
        header: members(`${version}.header`, header),
        trailer: "",
        messages: Object.entries(record(`${version}.messages`, messages)).map(toMessageLine).join("\n"),
      };
      return [version, source];
    }),
  );
}

/** Names a member of the overlay that no field stands for. @throws {SyntaxError} as {@link readOverlay}. */
export function checkOverlay(dictionary: Dictionary, source: DictionarySource): void {
  for (const line of source.messages.split("\n").filter((text) => text !== "")) {
    for (const tag of line.split(" ").slice(3).join(" ").match(/\d+/g) ?? []) {
      if (dictionary.field(Number(tag)) === undefined) {
        throw wrong(`${source.version}.messages`, `names tag ${tag}, which no field defines`);
      }
    }
  }
}

function toFieldLine([tag, part]: [string, unknown]): string {
  const place = `field ${tag}`;
  const { name, type, values = {} } = record(place, part);
  if (!/^[1-9]\d{0,8}$/.test(tag) || Number(tag) >= TAGS_MAX) throw wrong(place, "has no tag below 65536");
  if (typeof name !== "string" || !/^\w+$/.test(name)) {
    throw wrong(place, "needs a name of letters and digits");
  }
  if (typeof type !== "string" || !Object.hasOwn(TYPE_CODES, type)) {
    throw wrong(place, `has type "${type}", which is none of ${Object.keys(TYPE_CODES).join(", ")}`);
  }
  const pairs = Object.entries(record(place, values)).map(([value, meaning]) => {
    const pair = `${value}=${String(meaning).replaceAll(" ", "_")}`;
    if (value === "" || /\s/.test(pair)) throw wrong(place, `has value "${value}", which holds a space`);
    return pair;
  });
  return [tag, name, type, ...pairs].join(" ");
}

const TAGS_MAX = 1 << 16;

function toMessageLine([msgType, part]: [string, unknown]): string {
  const place = `message ${msgType}`;
  const { name = msgType, members: list = "" } = record(place, part);
  if (!/^\w{1,8}$/.test(msgType)) throw wrong(place, "is no MsgType");
  if (typeof name !== "string" || !/^\w+$/.test(name)) {
    throw wrong(place, "needs a name of letters and digits");
  }
  return `${msgType} ${name} app ${members(place, list)}`.trimEnd();
}

function members(place: string, list: unknown): string {
  if (typeof list !== "string") throw wrong(place, "needs its members as text");
  readMembers(list);
  return list;
}

function record(place: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(place, "is no object");
  return value as Record<string, unknown>;
}

function wrong(place: string, problem: string): SyntaxError {
  return new SyntaxError(`Cannot read the FIX dictionary overlay: ${place} ${problem}`);
}
