/**
 * The last few of many, in their order.
 *
 * @module
 */

export interface Latest<T> {
  add(value: T): void;
  all(): T[];
}

export function openLatest<T>(keptMax: number): Latest<T> {
  const ring: T[] = [];
  let added = 0;
  return {
    add(value) {
      if (keptMax > 0) ring[added++ % keptMax] = value;
    },
    all: () => [...ring.slice(added % keptMax), ...ring.slice(0, added % keptMax)],
  };
}
