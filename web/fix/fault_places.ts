/**
 * At which field of a message each fault is shown. A fault names its tag; where that stands several times, the value
 * that its text quotes tells which one it is.
 *
 * @module
 */

import type { DecodedMessage, Fault } from "../../shared/fix/mod.ts";

export interface FaultPlaces {
  /** By place among the fields: places among the errors. */
  readonly at: ReadonlyMap<number, readonly number[]>;
  /** By tag that should be there and is not: places among the errors. */
  readonly missing: ReadonlyMap<number, readonly number[]>;
}

/** As the checks quote values. */
const QUOTED_CHARS_MAX = 60;

export function placeFaults({ fields, errors }: DecodedMessage): FaultPlaces {
  const at = new Map<number, number[]>();
  const missing = new Map<number, number[]>();
  const add = (to: Map<number, number[]>, key: number, value: number) => {
    const values = to.get(key);
    if (values === undefined) to.set(key, [value]);
    else values.push(value);
  };
  const placesOf = new Map<number, number[]>();
  fields.forEach(([tag], place) => add(placesOf, tag, place));

  errors.forEach((fault, error) => {
    if (fault.tag === undefined) return;
    const isMarked = (place: number) =>
      at.get(place)?.some((other) => isSame(errors[other]!, fault)) ?? false;
    const group = groupOf(fault);
    const places = placesOf.get(group ?? fault.tag) ?? [];
    const isLacking = fault.code === "required_tag_missing" && group === null;
    if (places.length === 0 || isLacking) return add(missing, fault.tag, error);
    const isMeant = (place: number) => means(fault, fields[place]![1]) && !isMarked(place);
    // Of two equal fields it is the second that is one too many.
    const place = fault.code === "tag_twice" ? places.findLast(isMeant) : places.find(isMeant);
    add(at, place ?? places.find((other) => !isMarked(other)) ?? places[0]!, error);
  });
  return { at, missing };
}

function isSame(a: Fault, b: Fault): boolean {
  return a.code === b.code && a.text === b.text;
}

function means({ code, text }: Fault, value: string): boolean {
  if (code === "tag_without_value") return value === "";
  return text.includes(`"${value.slice(0, QUOTED_CHARS_MAX)}"`);
}

/** The count field of the group in which a required field is missing. */
function groupOf({ code, text }: Fault): number | null {
  if (code !== "required_tag_missing") return null;
  const [, tag] = / in its group .*?\(?(\d+)\)?$/.exec(text) ?? [];
  return tag === undefined ? null : Number(tag);
}
