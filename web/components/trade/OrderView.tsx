/**
 * One order: how far it is, every message of its chain with the state after it, its executions and their bookings.
 *
 * @module
 */

import { formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Facts } from "../facts.tsx";
import { Story } from "../fix/Story.tsx";
import { BreaksTable, Instant, Status, toTradeAddress } from "../tables.tsx";
import type { Order, OrderFill } from "./order.ts";
import { Part } from "./TradeView.tsx";

export function OrderView({ order }: { order: Order }) {
  const { order_id, chain, state, messages, executions, breaks } = order;
  const amount = (value: string | null | undefined) => value ? formatExact(value) : "—";
  return (
    <>
      <div class="trade-head">
        <h1>Order {order_id}</h1>
        <p class="state">
          <b>{state?.meaning ?? "Not reported"}</b>
        </p>
        <p class="terms">
          <b>
            {order.side === null ? "" : formatName(order.side)} {amount(order.order_qty)}{" "}
            {order.instrument ?? ""}
          </b>{" "}
          {order.limit_price === null ? "without a limit" : `at ${amount(order.limit_price)} or better`}
          {(order.counterparty ?? messages[0]?.broker) !== undefined &&
            ` with ${order.counterparty ?? messages[0]?.broker}`}
        </p>
      </div>
      <div class="card">
        <Facts
          facts={[
            ["Done", amount(state?.cum_qty)],
            ["Left", amount(state?.leaves_qty)],
            ["Average price", state?.avg_px && Number(state.avg_px) !== 0 ? amount(state.avg_px) : "—"],
            ["Broker's OrderID", order.broker_order_id ?? "None yet"],
            ["ClOrdIDs of the chain", chain.join(", ")],
          ]}
        />
      </div>
      {breaks.length > 0 && (
        <Part id="breaks" title={`Breaks (${breaks.length})`}>
          <div class="card">
            <div class="scroll" tabIndex={0} role="region" aria-label="Breaks of this order, table">
              <BreaksTable rows={breaks} caption="Breaks of this order" />
            </div>
          </div>
        </Part>
      )}
      <Part id="messages" title="Messages">
        <p class="note">
          As they were sent, times in UTC. Open one to see its fields, or{" "}
          <a href={`/fix?order=${encodeURIComponent(order_id)}`}>compare them in the inspector</a>.
          {order.is_cut && ` The first ${messages.length} are shown.`}
        </p>
        {messages.length === 0
          ? <p class="card blank">No message of this order is stored.</p>
          : <Story messages={messages} />}
      </Part>
      <Part id="executions" title="Executions and bookings">
        <div class="card">
          {executions.length === 0 ? <p class="blank">None.</p> : <Executions rows={executions} />}
        </div>
      </Part>
    </>
  );
}

function Executions({ rows }: { rows: readonly OrderFill[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Executions and bookings, table">
      <table>
        <caption>Executions of this order and their bookings</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
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
                <Instant at={row.transact_time} isDated />
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
                  ? <a href={toTradeAddress(row.exec_ref_id ?? row.exec_id)}>not booked</a>
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
