/**
 * Writes what happens in the market as the records of both sides, and keeps what only the order of sending
 * decides: sequence numbers, an order's cumulated fills, a booking's version.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { BOOKED, CANCELLED, nextStep } from "./booking_life.ts";
import { bookingRecord, type BookingStep, faultOf, type Fill } from "./bookings.ts";
import type { MarketClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { bust, correction, execution } from "./broker_reports.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening, Sides } from "./happening.ts";
import type { Order } from "./orders.ts";
import { encodeStreet, type Moment, sessionOf, type Tell, type Teller } from "./street_message.ts";

export interface TapeRecord {
  readonly side: "trades" | "fix";
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly key: string;
  readonly value: Uint8Array;
  /** Whether this record is the first that tells of a fill. */
  readonly isFill: boolean;
  /** Bookings and their cancels that are still to come: without any the tape may stop, its key complete. */
  readonly unbooked: number;
  /** A fault that is complete with this record. */
  readonly fault: Fault | null;
}

interface Reporting {
  readonly tag: string;
  readonly agenda: Agenda<Happening>;
  readonly clock: MarketClock;
  readonly sides: Sides;
  readonly fixVersion: FixVersion;
  /** Nothing that is later will be asked for. */
  readonly horizonMs: number;
}

const utf8 = new TextEncoder();
const SOUND = { isFill: false, fault: null };

/** @returns A function that writes the record of a happening at a market time, if it has one. */
export function openReporting(
  { tag, agenda, clock, sides, fixVersion, horizonMs }: Reporting,
): (happening: Happening, atMs: number) => TapeRecord | null {
  const hasFix = sides !== "trades";
  const hasTrades = sides !== "fix";
  const nextSeqNum = countByKey();
  let reports = 0;
  const reportId = () => `R-${tag}-${String(++reports).padStart(6, "0")}`;
  let unbooked = 0;

  return (happening, atMs) => {
    switch (happening.kind) {
      case "told":
        return street(happening.order, happening.by, happening.tell, atMs);
      case "filled":
        return reportFill(happening.fill, atMs);
      case "corrected":
        return reportCorrection(happening.fill, atMs);
      case "busted":
        return reportBust(happening.fill, atMs);
      case "booked":
        return reportBooking(happening.fill, happening.step, atMs);
    }
  };

  /** The broker counts the fill even when its report gets lost. */
  function reportFill(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, change, life } = fill;
    order.state.cumQuantity += quantity;
    order.state.cumTicks += quantity * ticks;
    if (change?.kind === "correction") agenda.add(atMs + change.afterMs, { kind: "corrected", fill });
    if (change?.kind === "bust") agenda.add(atMs + change.afterMs, { kind: "busted", fill });
    if (hasTrades && fill.fault !== "missing_book") {
      unbooked += change?.kind === "bust" ? 2 : 1;
      const heldMs = change?.kind === "correction" ? change.afterMs : 0;
      agenda.add(atMs + heldMs + life.bookedMs, { kind: "booked", fill, step: BOOKED });
    }
    if (fill.fault === "missing_street") return null;
    const fault = fill.fault === "missing_book" ? faultOf(fill) : null;
    return street(order, "broker", (moment) => execution(fill, moment), atMs, { isFill: true, fault });
  }

  function reportCorrection(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, amounts, change } = fill;
    if (change?.kind !== "correction") return null;
    order.state.cumTicks += quantity * (change.ticks - ticks);
    return street(order, "broker", (moment) => correction(fill, amounts.price, moment), atMs);
  }

  function reportBust(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, life } = fill;
    order.state.cumQuantity -= quantity;
    order.state.cumTicks -= quantity * ticks;
    if (hasTrades) agenda.add(atMs + life.bookedMs, { kind: "booked", fill, step: CANCELLED });
    return street(order, "broker", (moment) => bust(fill, moment), atMs);
  }

  function reportBooking(fill: Fill, step: BookingStep, atMs: number): TapeRecord {
    const epochMs = clock.toEpoch(atMs);
    const { booking } = fill;
    booking.version++;
    if (step.eventType === "amended") booking.priority = "high";
    const isFirst = step === BOOKED;
    if (isFirst || step === CANCELLED) unbooked--;
    const next = nextStep(fill, step, atMs, clock);
    if (next !== null && next.atMs <= horizonMs) {
      agenda.add(next.atMs, { kind: "booked", fill, step: next.step });
    }
    return {
      side: "trades",
      atMs: epochMs,
      key: fill.tradeId,
      value: utf8.encode(bookingRecord(fill, step, new Date(epochMs).toISOString(), hasFix)),
      isFill: isFirst && (!hasFix || fill.fault === "missing_street"),
      unbooked,
      fault: isFirst ? faultOf(fill) : null,
    };
  }

  function street(
    order: Order,
    by: Teller,
    tell: Tell,
    atMs: number,
    facts: Pick<TapeRecord, "isFill" | "fault"> = SOUND,
  ): TapeRecord | null {
    if (!hasFix) return null;
    const moment: Moment = { version: fixVersion, atMs: clock.toEpoch(atMs), reportId };
    const message = tell(moment);
    if (message === null) return null;
    const session = sessionOf(by, order);
    const seqNum = nextSeqNum(`${session.sender} ${session.target}`);
    const value = encodeStreet(message, session, seqNum, moment);
    return { side: "fix", atMs: moment.atMs, key: message.key ?? order.clOrdId, value, unbooked, ...facts };
  }
}

function countByKey(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
