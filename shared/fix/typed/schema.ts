/**
 * Typed messages by declaration: a schema names the fields of a message that a program works with, and its
 * TypeScript type, its reader and its writer follow from it.
 *
 * @module
 */

import type { MessageDefinition } from "../dictionary.ts";
import type { FieldToEncode } from "../encode.ts";
import type { View } from "../group_view.ts";
import type { GroupDefinition } from "../members.ts";
import { FieldError, readCount, readDate, readDecimal, readTimestamp } from "../values.ts";

/** One field: how its text becomes a value and back. A value is null where the field may be absent and is. */
export interface FieldSchema<T> {
  readonly kind: "field";
  readonly tag: number;
  readonly isOptional: boolean;
  readonly read: (tag: number, text: string) => T;
  readonly write: (value: T) => string;
}

export interface GroupSchema<S extends Schema> {
  readonly kind: "group";
  readonly countTag: number;
  readonly members: S;
}

/** Names to fields and groups. */
export interface Schema {
  // The type parameters differ from entry to entry; `ValueOf` finds them again.
  // deno-lint-ignore no-explicit-any
  readonly [name: string]: FieldSchema<any> | GroupSchema<any>;
}

export type ValueOf<S extends Schema> = {
  readonly [Name in keyof S]: S[Name] extends FieldSchema<infer T> ? T
    : S[Name] extends GroupSchema<infer Members> ? readonly ValueOf<Members>[]
    : never;
};

/** @throws {FieldError} If a field that is not optional is missing, or a value is none of its type. */
export function readValue<S extends Schema>(schema: S, view: View): ValueOf<S> {
  const value: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(schema)) {
    value[name] = entry.kind === "group"
      ? view.group(entry.countTag).map((instance) => readValue(entry.members, instance))
      : readField(entry, view.text(entry.tag));
  }
  return value as ValueOf<S>;
}

/** Body fields in the schema's order, and those of an instance in the order the version asks for. */
export function toFields<S extends Schema>(
  schema: S,
  value: ValueOf<S>,
  { groups, required }: Pick<MessageDefinition | GroupDefinition, "groups" | "required">,
): FieldToEncode[] {
  return Object.entries(schema).flatMap(([name, entry]): FieldToEncode[] => {
    const part = value[name];
    if (entry.kind === "field") return part === null ? [] : [[entry.tag, entry.write(part)]];
    const instances = part as readonly ValueOf<Schema>[];
    if (instances.length === 0) return required.includes(entry.countTag) ? [[entry.countTag, "0"]] : [];
    const group = groups.get(entry.countTag);
    if (group === undefined) {
      throw new FieldError(entry.countTag, String(instances.length), "counts no group of this message");
    }
    return [
      [entry.countTag, String(instances.length)],
      ...instances.flatMap((instance) => inOrder(toFields(entry.members, instance, group), group)),
    ];
  });
}

/** Moves each member, with its nested group behind it, to its rank. */
function inOrder(fields: FieldToEncode[], { ranks }: GroupDefinition): FieldToEncode[] {
  const chunks: { rank: number; fields: FieldToEncode[] }[] = [];
  for (const field of fields) {
    const rank = ranks[field[0]] ?? 0;
    if (rank > 0 || chunks.length === 0) chunks.push({ rank, fields: [field] });
    else chunks.at(-1)!.fields.push(field);
  }
  return chunks.sort((a, b) => a.rank - b.rank).flatMap((chunk) => chunk.fields);
}

function readField<T>({ tag, isOptional, read }: FieldSchema<T>, text: string | undefined): T {
  if (text !== undefined && text !== "") return read(tag, text);
  if (isOptional) return null as T;
  throw new FieldError(tag, "", "is missing", "required_tag_missing");
}

function field<T>(
  read: (tag: number, text: string) => T,
  write: (value: T) => string,
): (tag: number) => FieldSchema<T> {
  return (tag) => ({ kind: "field", tag, isOptional: false, read, write });
}

export const text = field((_, value) => value, (value: string) => value);
/** Qty, Price and Amt stay decimal text. */
export const decimal = field(readDecimal, (value: string) => value);
/** SeqNum, NumInGroup and the ints that count or list. */
export const integer = field(readInteger, (value: number) => String(value));
export const count = field(readCount, (value: number) => String(value));
export const flag = field(readFlag, (value: boolean) => value ? "Y" : "N");
/** `2026-03-02` */
export const date = field(readDate, (value: string) => value.replaceAll("-", ""));
/** `2026-03-02T14:30:05.125000Z`; written with milliseconds, finer only where there is more. */
export const timestamp = field(readTimestamp, writeTimestamp);

export function optional<T>(schema: FieldSchema<T>): FieldSchema<T | null> {
  return { ...schema, isOptional: true, write: (value) => schema.write(value as T) };
}

export function group<S extends Schema>(countTag: number, members: S): GroupSchema<S> {
  return { kind: "group", countTag, members };
}

function readInteger(tag: number, value: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw new FieldError(tag, value.slice(0, 80), "is no whole number");
  return Number(value);
}

function readFlag(tag: number, value: string): boolean {
  if (value !== "Y" && value !== "N") throw new FieldError(tag, value.slice(0, 80), "is neither Y nor N");
  return value === "Y";
}

function writeTimestamp(value: string): string {
  const [, day, time, fraction = ""] = /^([\d-]{10})T([\d:]{8})(?:\.(\d+))?Z$/.exec(value) ?? [];
  if (day === undefined) throw new FieldError(0, value, "is no instant such as 2026-03-02T14:30:05.125Z");
  const digits = fraction.replace(/0+$/, "");
  return `${day.replaceAll("-", "")}-${time}.${digits.padEnd(3, "0")}`;
}
