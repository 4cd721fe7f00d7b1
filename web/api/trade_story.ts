/**
 * One trade with all that belongs to it, as its page shows it: `GET /api/v1/trades/{id}/story`. An id that is no trade's
 * and an execution's is told as a fill that nobody has booked.
 *
 * @module
 */

import type { ShownMessage } from "../components/fix/message.ts";
import type { Story } from "../components/trade/story.ts";
import type { Store } from "../store.ts";
import { loadMessagesOf } from "./orders.ts";

const ID_LENGTH_MAX = 200;

/**
 * @param asOf An instant: as we knew it then.
 * @returns Null: there is neither such a trade nor such an execution, or there was none then.
 */
export async function loadStoryOf(store: Store, id: string, asOf?: string): Promise<Story | null> {
  if (id === "" || id.length > ID_LENGTH_MAX || id.includes("\0")) return null;
  if (asOf !== undefined) {
    const trade = await store.tradeAsOf(id, asOf);
    return trade && { kind: "past", trade: trade as never };
  }
  const [trade, sides] = await Promise.all([store.trade(id), store.tradeSides(id)]);
  if (trade === null || sides === null) return await loadFill(store, id);
  const [history, messages] = await Promise.all([
    store.breakEvents(trade.breaks.map((row) => Number(row.id))),
    loadMessagesOf(store, trade.executions),
  ]);
  return { kind: "trade", trade: trade as never, sides, history, messages };
}

async function loadFill(store: Store, id: string): Promise<Story | null> {
  const fill = await store.unbookedFill(id);
  if (fill === null) return null;
  const [history, messages]: [never, ShownMessage[]] = await Promise.all([
    store.breakEvents(fill.breaks.map((row) => row.id)) as never,
    loadMessagesOf(store, fill.executions),
  ]);
  return { kind: "fill", fill: fill as never, history, messages };
}
