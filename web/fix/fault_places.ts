/**
 * At which field of a message each fault is shown: at the one it names, else where a missing one would be shown.
 *
 * @module
 */

import type { DecodedMessage } from "../../shared/fix/mod.ts";

export interface FaultPlaces {
  /** By place among the fields: places among the errors. */
  readonly at: ReadonlyMap<number, readonly number[]>;
  /** By tag that should be there and is not: places among the errors. */
  readonly missing: ReadonlyMap<number, readonly number[]>;
}

export function placeFaults({ errors }: DecodedMessage): FaultPlaces {
  const at = new Map<number, number[]>();
  const missing = new Map<number, number[]>();
  errors.forEach(({ tag, index }, error) => {
    if (index !== undefined) add(at, index, error);
    else if (tag !== undefined) add(missing, tag, error);
  });
  return { at, missing };
}

function add(to: Map<number, number[]>, key: number, error: number): void {
  const errors = to.get(key);
  if (errors === undefined) to.set(key, [error]);
  else errors.push(error);
}
