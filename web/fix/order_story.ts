/**
 * An order's messages as a story: who said what when, what it did, and where the order stood after it.
 *
 * @module
 */

import { counterpartyName, FUND_COMP_ID } from "../../shared/trade/counterparties.ts";
import { type ShownMessage, valueOf } from "../components/fix/message.ts";
import type { OrderState, StoryMessage } from "../components/fix/story.ts";
import type { StoredMessage } from "../store/orders.ts";
import { decodeStored } from "./decoder.ts";
import { tellDeed } from "./deeds.ts";

/** In the order in which they were sent, each with the state after it. */
export function toStory(messages: readonly StoredMessage[]): StoryMessage[] {
  const entries = messages.map((stored) => ({ stored, decoded: decodeStored(stored.raw) }));
  entries.sort((a, b) => compare(toPlace(a), toPlace(b)));
  let state: OrderState | null = null;
  return entries.map(({ stored, decoded }) => {
    const stated = readState(decoded, state);
    state = stated ?? state;
    const { sender_comp_id: from, target_comp_id: to } = stored;
    const isOurs = from === FUND_COMP_ID;
    return {
      topic: stored.topic,
      partition: stored.partition,
      offset: stored.offset,
      at: stored.sending_time ?? stored.recorded_at,
      direction: isOurs ? "ours" : "broker",
      broker: counterpartyName((isOurs ? to : from) ?? ""),
      msg_type: decoded.msgType,
      msg_name: decoded.msgName,
      did: tellDeed(decoded),
      exec_id: valueOf(decoded, 17) ?? null,
      state,
      is_stated: stated !== null,
      message: decoded,
    };
  });
}

type Place = readonly [sentAt: string, transactAt: string, cumQty: number, seqNum: number];

/** Messages of one instant stand as the order went on: by TransactTime (60), CumQty (14), MsgSeqNum (34). */
function toPlace({ stored, decoded }: { stored: StoredMessage; decoded: ShownMessage }): Place {
  return [
    stored.sending_time ?? stored.recorded_at,
    valueOf(decoded, 60) ?? "",
    Number(valueOf(decoded, 14) ?? 0) || 0,
    stored.msg_seq_num ?? 0,
  ];
}

function compare(a: Place, b: Place): number {
  for (let at = 0; at < a.length; at++) {
    if (a[at]! !== b[at]!) return a[at]! < b[at]! ? -1 : 1;
  }
  return 0;
}

/** Where the order stands by an ExecutionReport, an OrderCancelReject or its own beginning; null: it does not say. */
function readState(message: ShownMessage, before: OrderState | null): OrderState | null {
  const quantity = (tag: number) => {
    const value = valueOf(message, tag);
    return value !== undefined && /^-?\d*\.?\d+$/.test(value) ? value : null;
  };
  if (message.msgType === "D") {
    return { ord_status: "A", meaning: "Pending new", cum_qty: "0", leaves_qty: quantity(38), avg_px: null };
  }
  const ordStatus = valueOf(message, 39);
  if (ordStatus === undefined) return null;
  const status = { ord_status: ordStatus, meaning: meaningOf(message, 39) ?? ordStatus };
  if (message.msgType === "9") {
    return { cum_qty: null, leaves_qty: null, avg_px: null, ...before, ...status };
  }
  if (message.msgType !== "8") return null;
  return {
    ...status,
    cum_qty: quantity(14),
    leaves_qty: quantity(151),
    avg_px: quantity(6),
  };
}

export function meaningOf({ tree }: ShownMessage, tag: number): string | null {
  for (const { fields } of tree) {
    const field = fields.find((other) => other.tag === tag);
    if (field !== undefined) return field.meaning;
  }
  return null;
}
