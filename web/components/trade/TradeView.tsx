/**
 * One trade, from its breaks to its raw messages.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Facts, Records } from "../facts.tsx";
import { Instant, Status } from "../tables.tsx";
import { After } from "./After.tsx";
import { BreakList } from "./BreakList.tsx";
import { Fees } from "./Fees.tsx";
import { Messages } from "./Messages.tsx";
import type { Story, Trade } from "./story.ts";
import { Timeline } from "./Timeline.tsx";
import { toTimeline } from "./timeline.ts";
import { TradeSides } from "./TradeSides.tsx";

export function TradeView({ story }: { story: Extract<Story, { kind: "trade" }> }) {
  const { trade, sides, history, messages } = story;
  return (
    <>
      <TradeHead trade={trade} status={trade.status} />
      {trade.breaks.length > 0 && (
        <Part id="breaks" title={`Breaks (${trade.breaks.length})`}>
          <BreakList breaks={trade.breaks} history={history} />
        </Part>
      )}
      <div class="trade-parts">
        <Part id="sides" title="Book and street" isWide>
          <TradeSides sides={sides} whyNone={whyNoStreet(trade)} />
        </Part>
        <Part id="settlement" title="Confirmation and settlement">
          <After trade={trade} />
        </Part>
        <Part id="fees" title="Fees">
          <Fees trade={trade} />
        </Part>
      </div>
      <Part id="timeline" title="Timeline">
        <Timeline
          moments={toTimeline({ ...trade, history })}
          pastOf={(at) => `?asOf=${encodeURIComponent(at)}`}
        />
      </Part>
      <Part id="messages" title="FIX messages of the executions">
        <Messages messages={messages} orderId={trade.order_id ?? trade.executions[0]?.order_id} />
      </Part>
      <Part id="audit" title="Versions, as they came in">
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
            caption="Every version of the booking"
          />
        </div>
      </Part>
      <Part id="attributes" title="All attributes">
        <Attributes trade={trade} />
      </Part>
    </>
  );
}

type Headed = Pick<
  Trade,
  | "side"
  | "quantity"
  | "instrument"
  | "price"
  | "counterparty"
  | "trade_date"
  | "asset_class"
  | "trade_id"
  | "currency"
>;

export function TradeHead({ trade, status }: { trade: Headed; status: string }) {
  const { side, quantity, instrument, price, counterparty, trade_date, asset_class, currency } = trade;
  return (
    <div class="trade-head">
      <h1>Trade {trade.trade_id}</h1>
      <p class="state">
        <Status status={status} />
      </p>
      <p class="terms">
        <b>{formatName(side)} {formatExact(quantity)} {instrument}</b> at {formatExact(price)} {currency} with
        {" "}
        {counterparty}
        <span class="note">{formatName(asset_class)}, traded {trade_date}</span>
      </p>
    </div>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

export function Part({ id, title, isWide = false, children }: PartProps) {
  return (
    <section class={isWide ? "part wide" : "part"} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Attributes({ trade }: { trade: Trade }) {
  const money = (amount: string) => `${trade.currency} ${formatAmount(amount)}`;
  const { order_id, exec_id, usd_rate, usd_rate_as_of } = trade;
  return (
    <div class="card">
      <Facts
        facts={[
          ["Notional", money(trade.notional_value)],
          [
            "Notional, USD",
            `${formatAmount(trade.notional_usd)}${
              usd_rate ? ` at ${formatExact(usd_rate)}, ${usd_rate_as_of}` : ""
            }`,
          ],
          ["Stage", formatName(trade.stage)],
          ["Version", `${trade.version} (${trade.event_type})`],
          [
            "Order",
            order_id === null
              ? "None"
              : <a key="o" href={`/orders/${encodeURIComponent(order_id)}`}>{order_id}</a>,
          ],
          ["ExecID", exec_id ?? "None"],
          ["Venue", trade.settlement_venue],
          ["Priority", formatName(trade.priority)],
          ["Straight through", trade.stp_eligible ? "Yes" : "No"],
          ["Processed by", trade.processed_by],
          ["Booked", <Instant key="b" at={trade.booked_at} isDated />],
          ["First seen", <Instant key="f" at={trade.first_seen_at} isDated />],
          ["Changed", <Instant key="u" at={trade.updated_at} isDated />],
          ...trade.reported_break === null ? [] : [["Reported by its source", trade.reported_break] as const],
        ]}
      />
    </div>
  );
}

function whyNoStreet({ exec_id, order_id, breaks }: Trade): string {
  if (breaks.some(({ type, closed_at }) => type === "missing_street" && closed_at === null)) {
    return "The street has not reported this trade: see its break.";
  }
  if (exec_id !== null) return "The street has not reported this execution yet.";
  return order_id === null
    ? "The booking states neither execution nor order: it is not reconciled."
    : "The booking states no execution: it is compared by its order, once that is done.";
}
