/**
 * `GET /api/v1/orders/{id}`: an order as its broker last reported it, and how it came there.
 *
 * @module
 */

import type { BreakRow } from "../../shared/kpi/mod.ts";
import { type ShownMessage, valueOf } from "../components/fix/message.ts";
import type { OrderState, StoryMessage } from "../components/fix/story.ts";
import type { OrderExecution, OrderRow, Store } from "../store.ts";
import { ORDER_MESSAGES_MAX } from "../store/orders.ts";

type Reported = { readonly [K in keyof OrderRow]: OrderRow[K] | null };

/** The order as it was last reported; null where no report came yet. */
export interface OrderPage extends Reported {
  /** The chain's first ClOrdID. */
  readonly order_id: string;
  /** All ClOrdIDs of the chain, from the first on. */
  readonly chain: readonly string[];
  /** After the last message. */
  readonly state: OrderState | null;
  readonly messages: readonly StoryMessage[];
  /** There are more messages than these. */
  readonly is_cut: boolean;
  readonly executions: readonly OrderExecution[];
  readonly breaks: readonly BreakRow[];
}

const ID_LENGTH_MAX = 200;
const UNREPORTED: Reported = {
  order_id: null,
  broker_order_id: null,
  ord_status: null,
  instrument: null,
  side: null,
  order_qty: null,
  limit_price: null,
  cum_qty: null,
  leaves_qty: null,
  avg_px: null,
  counterparty: null,
  transact_time: null,
};

/** Null: there is no such order. */
export async function loadOrderPage(store: Store, id: string): Promise<OrderPage | null> {
  if (id === "" || id.length > ID_LENGTH_MAX || id.includes("\0")) return null;
  const story = await store.order(id);
  if (story === null) return null;
  const { chain, orders, executions, breaks } = story;
  const { toStory } = await import("../fix/order_story.ts");
  const messages = toStory(story.messages.slice(0, ORDER_MESSAGES_MAX));
  const named = messages.flatMap(({ message }) => valueOf(message, 11) ?? []);
  const inOrder = [...new Set([...named.filter((other) => chain.includes(other)), ...chain])];
  return {
    ...newestOf(orders),
    order_id: inOrder[0]!,
    chain: inOrder,
    state: messages.at(-1)?.state ?? null,
    messages,
    is_cut: story.messages.length > ORDER_MESSAGES_MAX,
    executions,
    breaks,
  };
}

/** Each fact as the newest state says it; a late one need not repeat the limit or the quantity. */
function newestOf(orders: readonly OrderRow[]): Reported {
  const names = Object.keys(UNREPORTED) as (keyof OrderRow)[];
  const told = names.map((name) => [name, orders.find((row) => row[name] !== null)?.[name] ?? null]);
  return { ...UNREPORTED, ...Object.fromEntries(told) };
}

/** The FIX messages that reported these executions, decoded. */
export async function loadMessagesOf(
  store: Store,
  executions: readonly Readonly<Record<string, unknown>>[],
): Promise<ShownMessage[]> {
  const named = executions.map(({ broker, exec_id }) => ({
    broker: String(broker),
    exec_id: String(exec_id),
  }));
  const stored = await store.executionMessages(named);
  if (stored.length === 0) return [];
  const { decodeStored } = await import("../fix/decoder.ts");
  return stored.map(({ raw }) => decodeStored(raw));
}
