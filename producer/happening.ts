/**
 * What can happen in the simulated market. Each happening waits in the agenda for its time, and most of them
 * send one record.
 *
 * @module
 */

import type { BookingStep, Fill } from "./bookings.ts";
import type { Order } from "./orders.ts";
import type { Tell, Teller } from "./street_message.ts";

export type Happening =
  | {
    readonly kind: "told";
    readonly order: Order;
    readonly by: Teller;
    readonly tell: Tell;
    /** A fill whose fault is complete with this message. */
    readonly completes?: Fill | undefined;
    readonly isHeld?: boolean;
  }
  | { readonly kind: "filled" | "repeated" | "corrected" | "busted"; readonly fill: Fill }
  | { readonly kind: "booked"; readonly fill: Fill; readonly step: BookingStep };

export type Sides = "both" | "trades" | "fix";
