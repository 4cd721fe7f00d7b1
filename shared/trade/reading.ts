/**
 * One message while its facts are read: what is needed of it, what may be missing, and what becomes of a value
 * that cannot be read.
 *
 * @module
 */

import { type Fault, FieldError, type Fields, type MessageDefinition } from "../fix/mod.ts";
import type { FieldReader } from "./street_values.ts";

/** One message while it is read. */
export interface Reading {
  readonly fields: Fields;
  readonly strict: boolean;
  readonly faults: Fault[];
  /** What the dictionary says of the message; undefined where it has none. */
  readonly definition: MessageDefinition | undefined;
}

/** Lenient reading does without facts that cannot be read, and says why they are missing. */
export function unlessBroken<T>({ strict, faults }: Reading, read: () => T): T | null {
  if (strict) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    if (!faults.some((fault) => fault.tag === error.tag)) {
      faults.push({ code: error.code, tag: error.tag, text: error.message });
    }
    return null;
  }
}

export function readRequired<T>({ fields }: Reading, tag: number, read: FieldReader<T>): T {
  const index = fields.find(tag);
  return index < 0 || fields.starts[index] === fields.ends[index] ? missing(tag) : read(fields, index);
}

/** A field we can do without, unless reading is strict and it is broken. */
export function readOptional<T>(reading: Reading, tag: number, read: FieldReader<T>): T | null {
  const { fields, strict } = reading;
  const index = fields.find(tag);
  if (index < 0 || fields.starts[index] === fields.ends[index]) return null;
  return strict ? read(fields, index) : readUnlessBroken(reading, index, read);
}

/** Apart, because a closure costs its function an allocation even where it is not made. */
function readUnlessBroken<T>(reading: Reading, index: number, read: FieldReader<T>): T | null {
  return unlessBroken(reading, () => read(reading.fields, index));
}

export function missing(tag: number): never {
  throw new FieldError(tag, "", "is missing", "required_tag_missing");
}
