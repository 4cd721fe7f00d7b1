/**
 * What a dictionary found of messages that were sound, by their row of tags. Place, order, repeats, required
 * fields and groups follow from the tags and the counts of groups alone, so of a message with a row that is
 * known only the values are left to judge.
 *
 * @module
 */

import type { MessageDefinition } from "./dictionary.ts";
import { TAG_ROWS_MAX, type TagRow } from "./tag_rows.ts";

export interface Shape {
  readonly row: TagRow;
  readonly definition: MessageDefinition;
  /** Where values stand that are more than text, and how each is judged. */
  readonly valueIndexes: Uint8Array;
  readonly valueChecks: Uint8Array;
  /** Where counts of groups stand, and the instances that follow. */
  readonly countIndexes: Uint8Array;
  readonly counts: Int32Array;
}

/** One shape a row: with other counts, or another MsgType, the later takes the place. */
export class Shapes {
  readonly #shapes: (Shape | undefined)[] = new Array(TAG_ROWS_MAX).fill(undefined);

  find(row: TagRow, definition: MessageDefinition): Shape | undefined {
    const shape = this.#shapes[row.place];
    return shape !== undefined && shape.row === row && shape.definition === definition ? shape : undefined;
  }

  /** @param checks By tag, as of the dictionary. @param plain The check that any value passes. */
  add(
    row: TagRow,
    definition: MessageDefinition,
    checks: Uint8Array,
    plain: number,
    counts: ReadonlyMap<number, number>,
  ): void {
    const { tags } = row;
    const isValued = (at: number) =>
      tags[at]! < checks.length && checks[tags[at]!] !== plain && checks[tags[at]!] !== 0;
    // Values that are judged alike stand together: the processor then foresees each judgement.
    const byCheck = (one: number, other: number) =>
      checks[tags[one]!]! - checks[tags[other]!]! || one - other;
    const valueIndexes = Uint8Array.from([...tags.keys()].filter(isValued).sort(byCheck));
    this.#shapes[row.place] = {
      row,
      definition,
      valueIndexes,
      valueChecks: valueIndexes.map((at) => checks[tags[at]!]!),
      countIndexes: Uint8Array.from(counts.keys()),
      counts: Int32Array.from(counts.values()),
    };
  }
}
