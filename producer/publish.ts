/**
 * Sends a tape, each record when its time has come, and keeps the promise of the answer key: it holds exactly the
 * faults whose records were acknowledged. When it is asked to stop, it first sends the bookings of the fills that
 * were sent.
 *
 * @module
 */

import type { MarketClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import type { Held } from "./held.ts";
import type { TapeRecord } from "./reporting.ts";

export interface Publishing {
  readonly records: Iterator<TapeRecord, void>;
  readonly pace: Pace;
  readonly held: Held;
  /** Resolves when all of the records are acknowledged; their order is kept. */
  readonly send: (side: TapeRecord["side"], records: readonly TapeRecord[]) => Promise<void>;
  readonly writeFaults: (faults: readonly Fault[]) => void;
  readonly onSent: (sent: Sent) => void;
  /** Resolves after so many milliseconds, or early when `stop` fires. */
  readonly wait: (ms: number) => Promise<void>;
  readonly stop: AbortSignal;
}

/** What was sent and acknowledged so far. */
export interface Sent {
  readonly fills: number;
  readonly trades: number;
  readonly fix: number;
  readonly faults: number;
}

export const NOTHING_SENT: Sent = { fills: 0, trades: 0, fix: 0, faults: 0 };

/** Milliseconds until a record is due; 0 or less when it is. */
export type Pace = (record: TapeRecord) => number;

/** A batch is generated while the one before it is on its way, so this bounds what is lost to a crash. */
const BATCH_RECORDS_MAX = 4_000;

export const AT_ONCE: Pace = () => 0;

/** The market's clock runs from `startMs` at `speed` times the wall's, and never ahead of the wall. */
export function openPace(clock: MarketClock, startMs: number, speed: number, now: () => number): Pace {
  const beganMs = now();
  const marketStartMs = clock.fromEpoch(startMs);
  return ({ atMs }) => {
    const dueMs = beganMs + (clock.fromEpoch(atMs) - marketStartMs) / speed;
    return Math.max(dueMs, atMs) - now();
  };
}

export async function publish(publishing: Publishing): Promise<Sent> {
  const { records, wait, held, pace, stop } = publishing;
  const deliver = openDelivery(publishing);
  let sent = NOTHING_SENT;
  let onItsWay: Promise<Sent> = Promise.resolve(sent);
  let unbooked = 0;
  let next = records.next();
  for (;;) {
    const batch = takeDue();
    if (batch.length === 0) {
      sent = await onItsWay;
      if (held.isEmpty() && (next.done || isAtRest())) return sent;
      if (next.done) held.end();
      await wait(Math.max(0, Math.min(held.waitMs(), next.done ? Infinity : pace(next.value))));
      continue;
    }
    sent = await onItsWay;
    onItsWay = deliver(batch, sent);
    // It is awaited above in any case; until then a failure must not count as unhandled.
    onItsWay.catch(() => {});
  }

  function takeDue(): TapeRecord[] {
    const batch = stop.aborted ? held.takeAll() : held.takeDue();
    while (!next.done && batch.length < BATCH_RECORDS_MAX && !isAtRest() && pace(next.value) <= 0) {
      if (next.value.isHeld && !stop.aborted) held.add(next.value);
      else batch.push(next.value.isHeld ? { ...next.value, fault: null } : next.value);
      unbooked = next.value.unbooked;
      next = records.next();
    }
    return batch;
  }

  function isAtRest(): boolean {
    return stop.aborted && unbooked === 0;
  }
}

function openDelivery({ send, writeFaults, onSent }: Publishing) {
  return async (batch: readonly TapeRecord[], before: Sent): Promise<Sent> => {
    const trades = batch.filter(({ side }) => side === "trades");
    const fix = batch.filter(({ side }) => side === "fix");
    const faults = batch.flatMap(({ fault }) => fault === null ? [] : [fault]);
    await Promise.all([send("trades", trades), send("fix", fix)]);
    writeFaults(faults);
    const sent = {
      fills: before.fills + batch.filter(({ isFill }) => isFill).length,
      trades: before.trades + trades.length,
      fix: before.fix + fix.length,
      faults: before.faults + faults.length,
    };
    onSent(sent);
    return sent;
  };
}
