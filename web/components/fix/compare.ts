/**
 * Two messages side by side: which fields stand for the same, and where they differ.
 *
 * @module
 */

import type { ShownField, ShownMessage } from "./message.ts";

export interface ComparedRow {
  /** The field's way down the groups, the same in both messages. */
  readonly key: string;
  /** How many groups it stands in. */
  readonly depth: number;
  readonly left: ShownField | null;
  readonly right: ShownField | null;
  readonly isSame: boolean;
  /** Differs between any two messages: length, checksum, sequence number, sending time. */
  readonly isRoutine: boolean;
}

const ROUTINE_TAGS: ReadonlySet<number> = new Set([9, 10, 34, 52]);

type Flat = { key: string; depth: number; field: ShownField };

/** In the order of the left message; what only the right one has stands where it has it. */
export function compareMessages(left: ShownMessage, right: ShownMessage): ComparedRow[] {
  const ofLeft = flatten(left.tree.flatMap(({ fields }) => fields));
  const ofRight = flatten(right.tree.flatMap(({ fields }) => fields));
  const places = new Map(ofRight.map(({ key }, place) => [key, place]));
  const inLeft = new Set(ofLeft.map(({ key }) => key));
  const rows: ComparedRow[] = [];
  let next = 0;
  const takeOwn = (until: number) => {
    for (; next < until; next++) {
      if (!inLeft.has(ofRight[next]!.key)) rows.push(toRow(null, ofRight[next]!));
    }
  };
  for (const own of ofLeft) {
    const place = places.get(own.key);
    if (place !== undefined && place >= next) {
      takeOwn(place);
      next = place + 1;
    }
    rows.push(toRow(own, place === undefined ? null : ofRight[place]!));
  }
  takeOwn(ofRight.length);
  return rows;
}

function toRow(left: Flat | null, right: Flat | null): ComparedRow {
  const { key, depth, field } = (left ?? right)!;
  return {
    key,
    depth,
    left: left?.field ?? null,
    right: right?.field ?? null,
    isSame: left !== null && right !== null && left.field.value === right.field.value,
    isRoutine: ROUTINE_TAGS.has(field.tag),
  };
}

function flatten(fields: readonly ShownField[], above = "", depth = 0): Flat[] {
  const seen = new Map<number, number>();
  return fields.filter(({ at }) => at !== null).flatMap((field) => {
    const nth = (seen.get(field.tag) ?? 0) + 1;
    seen.set(field.tag, nth);
    const key = `${above}/${field.tag}${nth > 1 ? `#${nth}` : ""}`;
    const below = (field.instances ?? []).flatMap((instance, n) =>
      flatten(instance, `${key}[${n + 1}]`, depth + 1)
    );
    return [{ key, depth, field }, ...below];
  });
}
