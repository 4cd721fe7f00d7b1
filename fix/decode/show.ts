/**
 * How a decoded message is written: for a person, or as a line of JSON.
 *
 * @module
 */

import type { DecodedMessage, Fault, GroupDefinition } from "../../shared/fix/mod.ts";

export interface Colours {
  readonly name: (text: string) => string;
  readonly meaning: (text: string) => string;
  readonly fault: (text: string) => string;
}

const plain = (text: string) => text;
export const NO_COLOURS: Colours = { name: plain, meaning: plain, fault: plain };
export const TERMINAL_COLOURS: Colours = {
  name: (text) => `\x1b[36m${text}\x1b[0m`,
  meaning: (text) => `\x1b[32m${text}\x1b[0m`,
  fault: (text) => `\x1b[31m${text}\x1b[0m`,
};

const GARBLED_LINE = JSON.stringify({ ok: false, fields: [], errors: [{ code: "garbled" }] });

export function garbledJson(text: string): string {
  const error: Fault = { code: "garbled", text: `"${text}" holds no FIX message` };
  return GARBLED_LINE.replace('{"code":"garbled"}', () => JSON.stringify(error));
}

export function messageJson({ ok, beginString, msgType, msgName, fields, errors }: DecodedMessage): string {
  return JSON.stringify({ ok, beginString, msgType, msgName, fields, errors });
}

/** A line a field, groups indented, and each fault below its field. */
export function messageText(message: DecodedMessage, colours: Colours): string {
  const { fields, errors, dictionary } = message;
  const depths = groupDepths(message);
  const title = [message.msgType, message.msgName, message.beginString, sessionOf(message)].filter(Boolean);
  const lines = [colours.name(title.join("  "))];
  const untold = new Set(errors);
  fields.forEach(([tag, value], index) => {
    const field = dictionary.field(tag);
    const meaning = field?.values.get(value);
    const name = `${"  ".repeat(depths[index]!)}${String(tag).padStart(5)} ${
      colours.name(field?.name ?? "?")
    }`;
    lines.push(`${name} = ${printable(value)}${meaning ? ` ${colours.meaning(meaning)}` : ""}`);
    for (const error of untold) {
      if (error.index !== index) continue;
      untold.delete(error);
      lines.push(faultLine(error, colours));
    }
  });
  return [...lines, ...[...untold].map((error) => faultLine(error, colours)), ""].join("\n");
}

export function sessionOf({ fields }: DecodedMessage): string {
  const value = (tag: number) => fields.find(([other]) => other === tag)?.[1] ?? "?";
  return `${value(49)} > ${value(56)}  #${value(34)}  ${value(52)}`;
}

function faultLine({ code, text }: Fault, colours: Colours): string {
  return colours.fault(`      ! ${code}: ${printable(text)}`);
}

/** How deep in groups each field stands. */
function groupDepths({ fields, definition }: DecodedMessage): number[] {
  const depths = fields.map(() => 0);
  for (let index = 0; index < fields.length; index++) {
    const group = definition?.groups.get(fields[index]![0]);
    if (group !== undefined) index = indent(group, index + 1, 1) - 1;
  }
  return depths;

  function indent(group: GroupDefinition, start: number, depth: number): number {
    let index = start;
    while (index < fields.length && (group.ranks[fields[index]![0]] ?? 0) > 0) {
      depths[index] = depth;
      const nested = group.groups.get(fields[index]![0]);
      index = nested === undefined ? index + 1 : indent(nested, index + 1, depth + 1);
    }
    return index;
  }
}

/** Bytes that would disturb a terminal are shown as their number. */
function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
