/**
 * What can happen in the simulated market. Each happening waits in the agenda for its time, and most of them
 * send one record.
 *
 * @module
 */

import type { BookingStep, Fill } from "./bookings.ts";
import type { Order } from "./orders.ts";
import type { Rejection } from "./street_messages.ts";

export type Happening =
  | { readonly kind: "ordered" | "acknowledged" | "cancelled"; readonly order: Order }
  | { readonly kind: "rejected"; readonly order: Order; readonly reason: Rejection }
  | { readonly kind: "filled"; readonly fill: Fill }
  | { readonly kind: "booked"; readonly fill: Fill; readonly step: BookingStep };

export type Sides = "both" | "trades" | "fix";
