/**
 * A fill that nobody has booked, known by its ExecID alone.
 *
 * @module
 */

import { formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Records } from "../facts.tsx";
import { Status, toTradeAddress } from "../tables.tsx";
import { BreakList } from "./BreakList.tsx";
import { Messages } from "./Messages.tsx";
import type { Story } from "./story.ts";
import { Timeline } from "./Timeline.tsx";
import { toTimeline } from "./timeline.ts";
import { Part } from "./TradeView.tsx";

export function FillView({ story }: { story: Extract<Story, { kind: "fill" }> }) {
  const { fill, history, messages } = story;
  const { exec_id, executions, breaks, candidates, trade_ids } = fill;
  const first = executions[0]!;
  const orders = [...new Set(executions.flatMap(({ order_id }) => order_id ?? []))];
  const open = breaks.some(({ closed_at }) => closed_at === null);
  return (
    <>
      <div class="trade-head">
        <h1>Execution {exec_id}</h1>
        <p class="state">
          {open ? <Status status="break" /> : trade_ids.length === 0 ? "Not booked" : "Booked"}
        </p>
        <p class="terms">
          <b>{formatName(first.side)} {formatExact(first.quantity)} {first.instrument}</b> at{" "}
          {formatExact(first.price)} {first.currency} with {first.counterparty}
          <span class="note">traded {first.trade_date}, reported by {first.broker}</span>
        </p>
      </div>
      <div class="card blank">
        {trade_ids.length === 0
          ? <p>The street has reported this execution and no booking states it.</p>
          : (
            <p>
              Booked as {trade_ids.map((id) => <a key={id} href={toTradeAddress(id)}>{id}</a>)}.
            </p>
          )}
        {orders.length > 0 && (
          <p>
            Of order {orders.map((id) => <a key={id} href={`/orders/${encodeURIComponent(id)}`}>{id}</a>)}.
          </p>
        )}
        {candidates.length > 0 && (
          <>
            <p>Bookings that it might be:</p>
            <ul aria-label="Candidates">
              {candidates.map(({ tradeId, differs = [] }) => (
                <li key={tradeId}>
                  <a href={toTradeAddress(tradeId)}>{tradeId}</a>
                  <span class="note">
                    {" "}
                    {differs.length === 0
                      ? "all alike"
                      : `differs in ${differs.map(formatName).join(", ").toLowerCase()}`}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {breaks.length > 0 && (
        <Part id="breaks" title={`Breaks (${breaks.length})`}>
          <BreakList breaks={breaks} history={history} />
        </Part>
      )}
      <Part id="executions" title="What the street reported">
        <div class="card">
          <Records
            rows={executions as never}
            columns={[
              "broker",
              "exec_id",
              "kind",
              "side",
              "quantity",
              "price",
              "currency",
              "trade_date",
              "settlement_date",
              "transact_time",
            ]}
            caption="Executions"
          />
        </div>
      </Part>
      <Part id="timeline" title="Timeline">
        <Timeline moments={toTimeline({ events: [], executions, breaks, history })} />
      </Part>
      <Part id="messages" title="FIX messages of the executions">
        <Messages messages={messages} />
      </Part>
    </>
  );
}
