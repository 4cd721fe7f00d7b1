/**
 * Writes what happens in the market as the records of both sides, and keeps what only the order of sending
 * decides: sequence numbers, an order's cumulated fills, a booking's version.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { BOOKED, CANCELLED, FAILED, nextStep } from "./booking_life.ts";
import { bookingRecord, type BookingStep, faultOf, type Fill } from "./bookings.ts";
import type { MarketClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { bust, correction, execution } from "./broker_reports.ts";
import type { FixVersion } from "./fix_version.ts";
import type { Happening, Sides } from "./happening.ts";
import type { Order } from "./orders.ts";
import { openLatest } from "./latest.ts";
import {
  encodeStreet,
  type Moment,
  sessionOf,
  type StreetMessage,
  type Tell,
  type Teller,
} from "./street_message.ts";

export interface TapeRecord {
  readonly side: "trades" | "fix";
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly key: string;
  readonly value: Uint8Array;
  /** Whether this record is the first that tells of a fill. */
  readonly isFill: boolean;
  /** Bookings, their cancels and busts that are still to come: without any the tape may stop, its key complete. */
  readonly unbooked: number;
  /** It belongs to the side that comes late: to be sent only after the other has waited for long. */
  readonly isHeld: boolean;
  /** A fault that is complete with this record. */
  readonly fault: Fault | null;
}

export interface Reporting {
  /** The record of a happening at a market time, if it has one. */
  report(happening: Happening, atMs: number): TapeRecord | null;
  /** A record once more, byte for byte. */
  repeat(record: TapeRecord, atMs: number): TapeRecord;
  /** The last fills, corrections and busts once more, under new sequence numbers and marked as PossResend. */
  resend(atMs: number): TapeRecord[];
}

interface Options {
  readonly tag: string;
  readonly agenda: Agenda<Happening>;
  readonly clock: MarketClock;
  readonly sides: Sides;
  readonly fixVersion: FixVersion;
  /** Nothing that is later will be asked for. */
  readonly horizonMs: number;
  readonly resendsMax: number;
}

const utf8 = new TextEncoder();
const SOUND = { isFill: false, fault: null, isHeld: false };

export function openReporting(
  { tag, agenda, clock, sides, fixVersion, horizonMs, resendsMax }: Options,
): Reporting {
  const hasFix = sides !== "trades";
  const hasTrades = sides !== "fix";
  const nextSeqNum = countByKey();
  let reports = 0;
  const reportId = () => `R-${tag}-${String(++reports).padStart(6, "0")}`;
  let unbooked = 0;
  const resendable = openLatest<{ order: Order; message: StreetMessage }>(resendsMax);

  function report(happening: Happening, atMs: number): TapeRecord | null {
    switch (happening.kind) {
      case "told":
        return street(happening.order, happening.by, happening.tell, atMs, {
          ...SOUND,
          fault: happening.completes === undefined ? null : faultOf(happening.completes),
          isHeld: happening.isHeld ?? false,
        });
      case "filled":
        return reportFill(happening.fill, atMs);
      case "repeated":
        return reportAgain(happening.fill, atMs);
      case "corrected":
        return reportCorrection(happening.fill, atMs);
      case "busted":
        return reportBust(happening.fill, atMs);
      case "booked":
        return reportBooking(happening.fill, happening.step, atMs);
    }
  }

  function repeat(record: TapeRecord, atMs: number): TapeRecord {
    return { ...record, ...SOUND, atMs: clock.toEpoch(atMs), unbooked };
  }

  function resend(atMs: number): TapeRecord[] {
    return resendable.all().flatMap(({ order, message }) => {
      const record = street(order, "broker", () => ({ ...message, isResent: true }), atMs);
      return record === null ? [] : [record];
    });
  }

  /** The broker counts the fill even when its report gets lost. */
  function reportFill(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, change, life, again } = fill;
    order.state.cumQuantity += quantity;
    order.state.cumTicks += quantity * ticks;
    if (change?.kind === "correction") agenda.add(atMs + change.afterMs, { kind: "corrected", fill });
    if (change?.kind === "bust") agenda.add(atMs + change.afterMs, { kind: "busted", fill });
    if (hasTrades && fill.fault !== "missing_book") {
      unbooked += change?.kind === "bust" || change?.kind === "unbooking" ? 2 : 1;
      const heldMs = change?.kind === "correction" ? change.afterMs : 0;
      agenda.add(atMs + heldMs + life.bookedMs, { kind: "booked", fill, step: BOOKED });
    }
    if (again?.side === "book") {
      unbooked++;
      agenda.add(atMs + again.afterMs, { kind: "booked", fill: again.fill, step: BOOKED });
    } else if (again !== null) agenda.add(atMs + again.afterMs, { kind: "repeated", fill: again.fill });
    if (fill.fault === "missing_street") return null;
    const isLate = fill.lateSide === "street";
    const fault = fill.fault === "missing_book" || isLate ? faultOf(fill) : null;
    return street(order, "broker", (moment) => execution(fill, moment), atMs, {
      isFill: true,
      fault,
      isHeld: isLate,
    });
  }

  /** The same execution under another ExecID: nothing more is filled. */
  function reportAgain(fill: Fill, atMs: number): TapeRecord | null {
    return street(fill.order, "broker", (moment) => execution(fill, moment), atMs, {
      ...SOUND,
      fault: faultOf(fill),
    });
  }

  function reportCorrection(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, amounts, change } = fill;
    if (change?.kind !== "correction") return null;
    order.state.cumTicks += quantity * (change.ticks - ticks);
    return street(order, "broker", (moment) => correction(fill, amounts.price, moment), atMs);
  }

  function reportBust(fill: Fill, atMs: number): TapeRecord | null {
    const { order, quantity, ticks, life, change } = fill;
    order.state.cumQuantity -= quantity;
    order.state.cumTicks -= quantity * ticks;
    const isFollowed = change?.kind === "bust" && change.isFollowed;
    if (hasTrades && isFollowed) agenda.add(atMs + life.bookedMs, { kind: "booked", fill, step: CANCELLED });
    if (hasTrades && !isFollowed) unbooked--;
    const fault = isFollowed ? null : faultOf(fill);
    return street(order, "broker", (moment) => bust(fill, moment), atMs, { ...SOUND, fault });
  }

  function reportBooking(fill: Fill, step: BookingStep, atMs: number): TapeRecord {
    const epochMs = clock.toEpoch(atMs);
    const { booking } = fill;
    booking.version++;
    if (step.eventType === "amended") booking.priority = "high";
    const isFirst = step === BOOKED;
    if (isFirst || step === CANCELLED) unbooked--;
    const next = nextStep(fill, step, atMs, clock, horizonMs);
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
      isHeld: fill.lateSide === "book",
      fault: step === completingStep(fill) ? faultOf(fill) : null,
    };
  }

  function street(
    order: Order,
    by: Teller,
    tell: Tell,
    atMs: number,
    facts: Pick<TapeRecord, "isFill" | "fault" | "isHeld"> = SOUND,
  ): TapeRecord | null {
    if (!hasFix) return null;
    const moment: Moment = { version: fixVersion, atMs: clock.toEpoch(atMs), reportId };
    const message = tell(moment);
    if (message === null) return null;
    const session = sessionOf(by, order);
    const seqNum = nextSeqNum(`${session.sender} ${session.target}`);
    const value = encodeStreet(message, session, seqNum, moment);
    if (message.isExecution && !message.isResent && !facts.isHeld) resendable.add({ order, message });
    return { side: "fix", atMs: moment.atMs, key: message.key ?? order.clOrdId, value, unbooked, ...facts };
  }

  return { report, repeat, resend };
}

/** The booking's step with which its fault is there; null for those that something else completes. */
function completingStep({ fault, change, lateSide }: Fill): BookingStep | null {
  switch (fault) {
    case "settlement_fail":
      return FAILED;
    case "bust":
      return change?.kind === "unbooking" ? CANCELLED : null;
    case "late":
      return lateSide === "book" ? BOOKED : null;
    case "allocation":
    case "unaffirmed":
      return null;
    default:
      return BOOKED;
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
