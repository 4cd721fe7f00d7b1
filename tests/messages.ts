/**
 * Single messages written by hand, for tests that need one fact and not a market: both shapes of a booking, and
 * an execution report as a broker sends it.
 *
 * @module
 */

import { encodeMessage } from "../shared/fix/mod.ts";
import type { Outgoing } from "./broker.ts";

export type Attributes = Record<string, unknown>;

/** A booking in our own shape. `T-1`, version 1, answers the execution `E-1` of {@link execution}. */
export function booking(changes: Attributes = {}): Attributes {
  return {
    trade_id: "T-1",
    version: 1,
    event_type: "booked",
    exec_id: "E-1",
    order_id: "O-1",
    asset_class: "equity",
    instrument: "AAPL",
    side: "buy",
    quantity: "100",
    price: "271.50",
    currency: "USD",
    notional_value: "27150.00",
    counterparty: "Goldman Sachs",
    status: "pending_confirmation",
    settlement_venue: "DTCC",
    trade_date: "2026-11-23",
    settlement_date: "2026-11-24",
    brokerage_fee: "2.72",
    clearing_fee: "0.54",
    exchange_fee: "0.81",
    total_fees: "4.07",
    priority: "normal",
    stp_eligible: true,
    timestamp: "2026-11-23T14:30:05.125Z",
    processed_by: "sim-1",
    ...changes,
  };
}

/** A booking with exactly the 20 attributes of the post-trade seed, spelled as it spells them. */
export function seedBooking(changes: Attributes = {}): Attributes {
  return {
    trade_id: "TRD-1A2B3C4D5E6",
    asset_class: "Fixed Income",
    instrument: "US Treasury 10Y",
    side: "BUY",
    quantity: 1000,
    price: 98.41,
    notional_value: 98410.0,
    counterparty: "Goldman Sachs",
    status: "Confirmed",
    settlement_venue: "DTC",
    trade_date: "2026-11-23",
    settlement_date: "2026-11-25",
    brokerage_fee: 19.68,
    clearing_fee: 4.92,
    exchange_fee: 2.95,
    total_fees: 27.55,
    priority: "High",
    stp_eligible: false,
    timestamp: "2026-11-23T14:30:05.125000",
    processed_by: "System",
    ...changes,
  };
}

/** A booking as a record of the topic `trades`. */
export function tradeRecord(attributes: Attributes): Outgoing {
  return { key: String(attributes.trade_id), value: JSON.stringify(attributes) };
}

/** Bookings of different trades, all else alike. */
export function manyBookings(count: number, prefix = "G"): Attributes[] {
  return Array.from(
    { length: count },
    (_, n) =>
      booking({ trade_id: `T-${prefix}${n}`, exec_id: `E-${prefix}${n}`, order_id: `O-${prefix}${n}` }),
  );
}

/** What {@link execution} says unless told otherwise, by tag. */
const EXECUTION: Record<number, string> = {
  49: "GSCO",
  56: "BREAKWATER",
  34: "2",
  52: "20261123-14:30:05.125",
  37: "GS-1",
  11: "O-1",
  17: "E-1",
  150: "F",
  39: "2",
  55: "AAPL",
  54: "1",
  38: "100",
  44: "271.50",
  32: "100",
  31: "271.50",
  151: "0",
  14: "100",
  6: "271.50",
  15: "USD",
  75: "20261123",
  60: "20261123-14:30:05.100",
  64: "20261124",
};

/** A fill of `O-1` as Goldman Sachs reports it; `changes` by tag, an empty text leaves a field out. */
export function execution(changes: Record<number, string> = {}, msgType = "8"): Uint8Array {
  const fields = { ...EXECUTION, ...changes };
  return encodeMessage({
    beginString: "FIX.4.4",
    msgType,
    fields: Object.entries(fields).filter(([, value]) => value !== "").map((
      [tag, value],
    ) => [Number(tag), value]),
  });
}

/** Session traffic of a broker: it shows that the street's topic is alive and says nothing of any trade. */
export function heartbeat(): Uint8Array {
  return encodeMessage({
    beginString: "FIX.4.4",
    msgType: "0",
    fields: [[49, "GSCO"], [56, "BREAKWATER"], [34, "1"], [52, "20261123-14:30:00.000"]],
  });
}

export function fixRecord(value: Uint8Array | string | null, key = "O-1"): Outgoing {
  return { key, value };
}
