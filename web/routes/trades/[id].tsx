/**
 * `/trades/:id`: one trade with its versions, both sides of its pair, executions and breaks.
 *
 * @module
 */

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { loadTradeMessages } from "../../api/orders.ts";
import { Facts, Records } from "../../components/facts.tsx";
import { MessageItem } from "../../components/fix/MessageItem.tsx";
import { BreaksTable, Instant, Status } from "../../components/tables.tsx";
import { define } from "../../define.ts";
import type { BreakRow } from "../../../shared/kpi/mod.ts";
import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";

export const handler = define.handlers({
  GET: async ({ params, state: { store } }) => {
    const id = params.id ?? "";
    const trade = id.includes("\0") ? null : await store.trade(id);
    if (trade === null) throw new HttpError(404, `There is no trade ${id}.`);
    return page({ trade, messages: await loadTradeMessages(store, trade) });
  },
});

export default define.page<typeof handler>(({ data: { trade, messages } }) => {
  const { pair, currency } = trade;
  const money = (amount: string) => `${currency} ${formatAmount(amount)}`;
  return (
    <div class="page">
      <Head>
        <link rel="stylesheet" href={asset("/fix.css")} />
      </Head>
      <h1>Trade {trade.trade_id}</h1>
      <div class="card">
        <Facts
          facts={[
            ["Status", <Status key="status" status={trade.status} />],
            ["Stage", formatName(trade.stage)],
            ["Version", `${trade.version} (${trade.event_type})`],
            ["Booked, UTC", <Instant key="booked" at={trade.booked_at} isDated />],
            ["Instrument", `${trade.instrument}, ${formatName(trade.asset_class)}`],
            ["Side", formatName(trade.side)],
            ["Quantity", formatExact(trade.quantity)],
            ["Price", formatExact(trade.price)],
            ["Notional", money(trade.notional_value)],
            ["Notional, USD", formatAmount(trade.notional_usd)],
            ["Counterparty", trade.counterparty],
            ["Venue", trade.settlement_venue],
            ["Trade date", trade.trade_date],
            ["Settlement date", trade.settlement_date],
            ["Brokerage fee", money(trade.brokerage_fee)],
            ["Clearing fee", money(trade.clearing_fee)],
            ["Exchange fee", money(trade.exchange_fee)],
            ["Total fees", money(trade.total_fees)],
            ["ExecID", trade.exec_id ?? "none: not reconciled"],
            ["Order", trade.order_id === null ? "none" : <OrderLink key="order" id={trade.order_id} />],
            ["Priority", formatName(trade.priority)],
            ["Straight through", trade.stp_eligible ? "Yes" : "No"],
            ["Processed by", trade.processed_by],
            ...pair
              ? [
                ["Book: quantity at price", toSide(pair.book_quantity, pair.book_price)] as [string, string],
                ["Street: quantity at price", toSide(pair.street_quantity, pair.street_price)] as [
                  string,
                  string,
                ],
              ]
              : [],
          ]}
        />
      </div>
      <h2>Breaks</h2>
      <div class="card">
        {trade.breaks.length === 0 ? <p class="blank">None.</p> : (
          <div class="scroll">
            <BreaksTable rows={trade.breaks as unknown as BreakRow[]} caption="Breaks of this trade" />
          </div>
        )}
      </div>
      <h2>Versions</h2>
      <div class="card">
        <Records
          rows={trade.events}
          columns={[
            "version",
            "event_type",
            "stage",
            "quantity",
            "price",
            "timestamp",
            "recorded_at",
            "anomaly",
          ]}
        />
      </div>
      <h2>Executions</h2>
      <div class="card">
        {trade.executions.length === 0 ? <p class="blank">None came from the street.</p> : (
          <Records
            rows={trade.executions}
            columns={[
              "broker",
              "exec_id",
              "kind",
              "side",
              "quantity",
              "price",
              "trade_date",
              "transact_time",
            ]}
          />
        )}
      </div>
      <h2>FIX messages of the executions</h2>
      {messages.length === 0
        ? <p class="card blank">None is stored.</p>
        : (
          <ol class="fix-list" aria-label="FIX messages of the executions">
            {messages.map((message, place) => (
              <li key={place} class="card">
                <MessageItem message={message} id={`m${place}`} />
              </li>
            ))}
          </ol>
        )}
    </div>
  );
});

function OrderLink({ id }: { id: string }) {
  return <a href={`/orders/${encodeURIComponent(id)}`}>{id}</a>;
}

function toSide(quantity: unknown, price: unknown): string {
  if (typeof quantity !== "string" || typeof price !== "string") return "not there";
  return `${formatExact(quantity)} at ${formatExact(price)}`;
}
