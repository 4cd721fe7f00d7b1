/**
 * `/orders/:id`: one order with every message of its chain, its executions and what became of them.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadOrderPage } from "../../api/orders.ts";
import { define } from "../../define.ts";
import OrderPage from "../../islands/OrderPage.tsx";

export const handler = define.handlers({
  GET: async ({ params, state: { store, feed } }) => {
    const id = params.id ?? "";
    const position = feed.position;
    const order = await loadOrderPage(store, id);
    if (order === null) throw new HttpError(404, `There is no order ${id}.`);
    return page({ order, position, now: new Date().toISOString() }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

export default define.page<typeof handler>(({ data: { order, position, now } }) => (
  <>
    <Head>
      <title>Order {order.order_id} · Breakwater</title>
      <link rel="stylesheet" href={asset("/fix.css")} />
      <link rel="stylesheet" href={asset("/trades.css")} />
    </Head>
    <OrderPage order={order} position={position} asOf={now} />
  </>
));
