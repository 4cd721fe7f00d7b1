/**
 * An order's messages as the server sends them to be shown.
 *
 * @module
 */

import type { ShownMessage } from "./message.ts";

/** Where an order stands, in the values of FIX. */
export interface OrderState {
  /** OrdStatus (39) */
  readonly ord_status: string;
  readonly meaning: string;
  readonly cum_qty: string | null;
  readonly leaves_qty: string | null;
  readonly avg_px: string | null;
}

/** A message that we have stored, and what it did. */
export interface StoryMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** When it was sent, UTC. */
  readonly at: string;
  readonly direction: "ours" | "broker";
  readonly broker: string;
  readonly msg_type: string;
  readonly msg_name: string;
  /** For a person: `Filled 100 at 271.5`. */
  readonly did: string;
  readonly exec_id: string | null;
  /** After this message; null: nobody has said yet. */
  readonly state: OrderState | null;
  /** Whether this message itself says so. */
  readonly is_stated: boolean;
  readonly message: ShownMessage;
}
