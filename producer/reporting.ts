/**
 * Writes what happens in the market as the records of both sides, and keeps what only the order of sending
 * decides: sequence numbers, an order's cumulated fills, a booking's version.
 *
 * @module
 */

import type { Agenda } from "./agenda.ts";
import { BOOKED, nextStep } from "./booking_life.ts";
import { bookingRecord, type BookingStep, faultOf, type Fill } from "./bookings.ts";
import type { MarketClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import type { Happening, Sides } from "./happening.ts";
import type { Order } from "./orders.ts";
import {
  acknowledgement,
  cancellation,
  execution,
  fromBroker,
  newOrder,
  rejection,
  type Session,
  toBroker,
} from "./street_messages.ts";

export interface TapeRecord {
  readonly side: "trades" | "fix";
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly key: string;
  readonly value: Uint8Array;
  /** Whether this record is the first that tells of a fill. */
  readonly isFill: boolean;
  /** Fills whose booking is still to come: when there are none, the tape may stop here with its key complete. */
  readonly unbooked: number;
  /** A fault that is complete with this record. */
  readonly fault: Fault | null;
}

interface Reporting {
  readonly tag: string;
  readonly agenda: Agenda<Happening>;
  readonly clock: MarketClock;
  readonly sides: Sides;
  /** Nothing that is later will be asked for. */
  readonly horizonMs: number;
}

const utf8 = new TextEncoder();
const SOUND = { isFill: false, fault: null };

/** @returns A function that writes the record of a happening at a market time, if it has one. */
export function openReporting(
  { tag, agenda, clock, sides, horizonMs }: Reporting,
): (happening: Happening, atMs: number) => TapeRecord | null {
  const hasFix = sides !== "trades";
  const hasTrades = sides !== "fix";
  const nextSeqNum = countByKey();
  let reports = 0;
  let unbooked = 0;

  return (happening, atMs) => {
    switch (happening.kind) {
      case "filled":
        return reportFill(happening.fill, atMs);
      case "booked":
        return reportBooking(happening.fill, happening.step, atMs);
      default:
        return hasFix ? reportOrder(happening, atMs) : null;
    }
  };

  function reportOrder(
    happening: Exclude<Happening, { kind: "filled" | "booked" }>,
    atMs: number,
  ): TapeRecord {
    const { order } = happening;
    const session = sessionOf(happening.kind === "ordered" ? toBroker(order) : fromBroker(order), atMs);
    if (happening.kind === "ordered") return street(order, session, newOrder(session, order), SOUND);
    const reportId = `R-${tag}-${String(++reports).padStart(6, "0")}`;
    switch (happening.kind) {
      case "acknowledged":
        return street(order, session, acknowledgement(session, order, reportId), SOUND);
      case "rejected":
        return street(order, session, rejection(session, order, reportId, happening.reason), SOUND);
      case "cancelled":
        return street(order, session, cancellation(session, order, reportId), SOUND);
    }
  }

  /** The broker counts the fill even when its report gets lost. */
  function reportFill(fill: Fill, atMs: number): TapeRecord | null {
    const { order } = fill;
    order.cumQuantity += fill.quantity;
    order.cumTicks += fill.quantity * fill.ticks;
    if (hasTrades && fill.fault !== "missing_book") {
      unbooked++;
      agenda.add(atMs + fill.life.bookedMs, { kind: "booked", fill, step: BOOKED });
    }
    if (!hasFix || fill.fault === "missing_street") return null;
    const session = sessionOf(fromBroker(order), atMs);
    const fault = fill.fault === "missing_book" ? faultOf(fill) : null;
    return street(order, session, execution(session, fill), { isFill: true, fault });
  }

  function reportBooking(fill: Fill, step: BookingStep, atMs: number): TapeRecord {
    const epochMs = clock.toEpoch(atMs);
    const { booking } = fill;
    booking.version++;
    if (step.eventType === "amended") booking.priority = "high";
    const isFirst = step === BOOKED;
    if (isFirst) unbooked--;
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

  function sessionOf(ends: Pick<Session, "sender" | "target">, atMs: number): Session {
    return { ...ends, seqNum: nextSeqNum(`${ends.sender} ${ends.target}`), sentAtMs: clock.toEpoch(atMs) };
  }

  function street(
    order: Order,
    session: Session,
    value: Uint8Array,
    facts: Pick<TapeRecord, "isFill" | "fault">,
  ): TapeRecord {
    return { side: "fix", atMs: session.sentAtMs, key: order.clOrdId, value, unbooked, ...facts };
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
