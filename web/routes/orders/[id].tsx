/**
 * `/orders/:id`: one order with every message of its chain, its executions and what became of them.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { loadOrderPage } from "../../api/orders.ts";
import { Facts } from "../../components/facts.tsx";
import { Story } from "../../components/fix/Story.tsx";
import { BreaksTable, Instant, Status, toTradeAddress } from "../../components/tables.tsx";
import { define } from "../../define.ts";
import type { OrderExecution } from "../../store.ts";

export const handler = define.handlers({
  GET: async ({ params, state: { store } }) => {
    const id = params.id ?? "";
    const order = await loadOrderPage(store, id);
    if (order === null) throw new HttpError(404, `There is no order ${id}.`);
    return page(order);
  },
});

export default define.page<typeof handler>(({ data: order }) => {
  const { order_id, chain, state, messages, executions, breaks } = order;
  const amount = (value: string | null | undefined) => value ? formatExact(value) : "—";
  return (
    <div class="page">
      <Head>
        <title>Order {order_id} · Breakwater</title>
        <link rel="stylesheet" href={asset("/fix.css")} />
      </Head>
      <h1>Order {order_id}</h1>
      <div class="card">
        <Facts
          facts={[
            ["State", state?.meaning ?? "Not reported"],
            ["Instrument", order.instrument ?? "—"],
            ["Side", order.side === null ? "—" : formatName(order.side)],
            ["Ordered", amount(order.order_qty)],
            ["Limit", order.limit_price === null ? "None" : amount(order.limit_price)],
            ["Done", amount(state?.cum_qty)],
            ["Left", amount(state?.leaves_qty)],
            ["Average price", state?.avg_px && Number(state.avg_px) !== 0 ? amount(state.avg_px) : "—"],
            ["Broker", order.counterparty ?? messages[0]?.broker ?? "—"],
            ["Broker's OrderID", order.broker_order_id ?? "none yet"],
            ["ClOrdIDs of the chain", chain.join(", ")],
          ]}
        />
      </div>
      <h2>Messages</h2>
      <p class="note">
        As they were sent, times in UTC. Open one to see its fields, or{" "}
        <a href={`/fix?order=${encodeURIComponent(order_id)}`}>compare them in the inspector</a>.
        {order.is_cut && ` The first ${messages.length} are shown.`}
      </p>
      {messages.length === 0
        ? <p class="card blank">No message of this order is stored.</p>
        : <Story messages={messages} />}
      <h2>Executions</h2>
      <div class="card">
        {executions.length === 0 ? <p class="blank">None.</p> : <Executions rows={executions} />}
      </div>
      <h2>Breaks</h2>
      <div class="card">
        {breaks.length === 0 ? <p class="blank">None.</p> : (
          <div class="scroll" tabIndex={0}>
            <BreaksTable rows={breaks} caption="Breaks of this order" />
          </div>
        )}
      </div>
    </div>
  );
});

function Executions({ rows }: { rows: readonly OrderExecution[] }) {
  return (
    <div class="scroll" tabIndex={0}>
      <table>
        <caption>Executions of this order and their bookings</caption>
        <thead>
          <tr>
            <th scope="col">Time UTC</th>
            <th scope="col">ExecID</th>
            <th scope="col">Kind</th>
            <th scope="col" class="num">Quantity</th>
            <th scope="col" class="num">Price</th>
            <th scope="col">Trade date</th>
            <th scope="col">Booked as</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.broker} ${row.trade_date} ${row.exec_id}`}>
              <td>
                <Instant at={row.transact_time} />
              </td>
              <td>{row.exec_id}</td>
              <td>
                {row.exec_ref_id === null
                  ? formatName(row.kind)
                  : `${formatName(row.kind)} of ${row.exec_ref_id}`}
              </td>
              <td class="num">{formatExact(row.quantity)}</td>
              <td class="num">{formatExact(row.price)}</td>
              <td>{row.trade_date}</td>
              <td>
                {row.trade_id === null
                  ? "not booked"
                  : <a href={toTradeAddress(row.trade_id)}>{row.trade_id}</a>}
              </td>
              <td>{row.trade_status === null ? "—" : <Status status={row.trade_status} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
