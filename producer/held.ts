/**
 * The side that comes late waits here, until the other side has waited for so long that it counts as missing.
 *
 * @module
 */

import type { TapeRecord } from "./reporting.ts";

export interface Holding {
  readonly lateAfterMs: number;
  /** True: nothing is let go before the tape's end, since a consumer may be far behind. */
  readonly untilEnd: boolean;
  /** Milliseconds, of the wall's clock. */
  readonly now: () => number;
}

export interface Held {
  add(record: TapeRecord): void;
  /** The tape has no more records. */
  end(): void;
  /** What has waited for long enough. */
  takeDue(): TapeRecord[];
  /** Everything, of which nothing has waited for long enough to be a fault. */
  takeAll(): TapeRecord[];
  isEmpty(): boolean;
  /** Milliseconds until the first is due. */
  waitMs(): number;
}

/** What no longer fits goes out before its time, and is no fault then. */
const HELD_MAX = 100_000;

export function openHeld({ lateAfterMs, untilEnd, now }: Holding): Held {
  let waiting: { readonly record: TapeRecord; readonly sinceMs: number }[] = [];
  let endedMs: number | null = null;

  const waitOf = ({ sinceMs }: { sinceMs: number }) => {
    if (untilEnd && endedMs === null) return Infinity;
    return Math.max(sinceMs, untilEnd ? endedMs! : 0) + lateAfterMs - now();
  };
  const isDue = (entry: { sinceMs: number }) => waitOf(entry) <= 0;

  return {
    add(record) {
      waiting.push({ record, sinceMs: now() });
    },
    end() {
      endedMs ??= now();
    },
    takeDue() {
      const tooMany = Math.max(0, waiting.length - HELD_MAX);
      const first = waiting.findIndex((entry) => !isDue(entry));
      const taken = waiting.splice(0, Math.max(tooMany, first === -1 ? waiting.length : first));
      return taken.map((entry) => isDue(entry) ? entry.record : { ...entry.record, fault: null });
    },
    takeAll() {
      const taken = waiting.map(({ record }) => ({ ...record, fault: null }));
      waiting = [];
      return taken;
    },
    isEmpty: () => waiting.length === 0,
    waitMs: () => waiting.length === 0 ? Infinity : waitOf(waiting[0]!),
  };
}
