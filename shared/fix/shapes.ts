/**
 * The shapes of messages that were sound: which tags, in which order, with how many instances of each group.
 * Place, order, repeats, required fields and groups follow from the shape alone, so of a message whose shape
 * is known only the values are left to judge. Neighbouring messages share few shapes.
 *
 * @module
 */

import type { MessageDefinition } from "./dictionary.ts";
import type { Fields } from "./fields.ts";

export interface Shape {
  readonly definition: MessageDefinition;
  readonly tags: Int32Array;
  /** By tag: the place of its first field, from 1; 0 where it has none. */
  readonly slots: Uint8Array;
  /** Where values stand that are more than text, and how each is judged. */
  readonly valueIndexes: Uint8Array;
  readonly valueChecks: Uint8Array;
  /** Where counts of groups stand, and the instances that follow. */
  readonly countIndexes: Uint8Array;
  readonly counts: Int32Array;
}

/** A place in a shape fits a byte. */
const FIELDS_MAX = 254;
const TAGS_MAX = 4_096;
/** Bounds the memory that a hostile sender can fill; a shape has two places and may take another's. */
const SHAPES_MAX = 1_024;

export class Shapes {
  readonly #shapes: (Shape | undefined)[] = new Array(SHAPES_MAX).fill(undefined);

  find(fields: Fields, definition: MessageDefinition): Shape | undefined {
    const first = place(fields.tagsHash);
    const shape = this.#shapes[first];
    if (shape !== undefined && isOf(shape, fields, definition)) return shape;
    const other = this.#shapes[first ^ 1];
    return other !== undefined && isOf(other, fields, definition) ? other : undefined;
  }

  /** @param checks By tag, as of the dictionary. @param plain The check that any value passes. */
  add(
    fields: Fields,
    definition: MessageDefinition,
    checks: Uint8Array,
    plain: number,
    counts: ReadonlyMap<number, number>,
  ): void {
    if (fields.tagsHash === 0 || fields.count > FIELDS_MAX) return;
    const tags = fields.tags.slice(0, fields.count);
    const slots = new Uint8Array(Math.min(TAGS_MAX, Math.max(...tags) + 1));
    for (let at = tags.length - 1; at >= 0; at--) if (tags[at]! < TAGS_MAX) slots[tags[at]!] = at + 1;
    const isValued = (at: number) =>
      tags[at]! < checks.length && checks[tags[at]!] !== plain && checks[tags[at]!] !== 0;
    const valueIndexes = Uint8Array.from([...tags.keys()].filter(isValued));
    const first = place(fields.tagsHash);
    this.#shapes[this.#shapes[first] === undefined ? first : first ^ 1] = {
      definition,
      tags,
      slots,
      valueIndexes,
      valueChecks: valueIndexes.map((at) => checks[tags[at]!]!),
      countIndexes: Uint8Array.from(counts.keys()),
      counts: Int32Array.from(counts.values()),
    };
  }
}

function isOf({ definition, tags }: Shape, fields: Fields, wanted: MessageDefinition): boolean {
  const { count, tags: seen } = fields;
  if (definition !== wanted || tags.length !== count) return false;
  for (let at = 0; at < count; at++) if (tags[at] !== seen[at]) return false;
  return true;
}

function place(hash: number): number {
  return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SHAPES_MAX - 1);
}
