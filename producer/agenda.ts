/**
 * What the market still has to do, soonest first; of two at the same time, the one that was added first.
 *
 * @module
 */

interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly value: T;
}

export interface Agenda<T> {
  add(atMs: number, value: T): void;
  /** Takes the soonest, unless it is later than `untilMs` or there is none. */
  take(untilMs: number): { readonly atMs: number; readonly value: T } | null;
}

/** A binary heap. */
export function openAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let added = 0;

  const isBefore = (a: Entry<T>, b: Entry<T>) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

  function siftUp(entry: Entry<T>): void {
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  function siftDown(entry: Entry<T>): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, entry)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = entry;
  }

  return {
    add(atMs, value) {
      siftUp({ atMs, order: added++, value });
    },
    take(untilMs) {
      const first = heap[0];
      if (first === undefined || first.atMs > untilMs) return null;
      const last = heap.pop()!;
      if (heap.length > 0) siftDown(last);
      return first;
    },
  };
}
