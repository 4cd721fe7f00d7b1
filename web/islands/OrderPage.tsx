/**
 * One order's page, brought up to date as messages of it come in.
 *
 * @module
 */

import { useRef } from "preact/hooks";
import { Connection } from "../components/Connection.tsx";
import { useStory } from "../components/trade/live.ts";
import type { Order } from "../components/trade/order.ts";
import { OrderView } from "../components/trade/OrderView.tsx";

interface Props {
  readonly order: Order;
  readonly position: string;
  readonly asOf: string;
}

export default function OrderPage({ order, position, asOf }: Props) {
  const own = useRef(order);
  const { story, updates, ...live } = useStory({
    first: order,
    address: `/api/v1/orders/${encodeURIComponent(order.order_id)}`,
    position,
    asOf,
    isOwn: (row) =>
      "order_id" in row && row.order_id !== null && own.current.chain.includes(row.order_id) ||
      own.current.executions.some(({ exec_id }) => exec_id === row.exec_id),
    // A message that fills nothing changes no trade.
    isNews: (now, before) => now.fixMessages !== before.fixMessages,
  });
  own.current = story.value;
  return (
    <div class="page trade-page">
      <Connection {...live} />
      <p class="hidden" role="status">
        {updates.value > 0 && `This page was brought up to date. ${story.value.state?.meaning ?? ""}`}
      </p>
      <OrderView order={story.value} />
    </div>
  );
}
