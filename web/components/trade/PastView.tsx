/**
 * A trade as it was known at a past instant.
 *
 * @module
 */

import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Facts } from "../facts.tsx";
import { Instant, Status, toCompared, toTradeAddress } from "../tables.tsx";
import { Fees } from "./Fees.tsx";
import type { PastBreak, Story } from "./story.ts";
import { Timeline } from "./Timeline.tsx";
import { toTimeline } from "./timeline.ts";
import { Part, TradeHead } from "./TradeView.tsx";

export function PastView({ story: { trade } }: { story: Extract<Story, { kind: "past" }> }) {
  return (
    <>
      <p class="past-note" role="note">
        As of <Instant at={trade.asOf} isDated />, {trade.basis === "recorded"
          ? "as we knew it then."
          : "by the clock of its source: we were told of it only later."}{" "}
        <a href={toTradeAddress(trade.trade_id)}>Show it as it is now</a>
      </p>
      <TradeHead trade={trade} status={trade.status} />
      <div class="trade-parts">
        <Part id="attributes" title="The booking then" isWide>
          <div class="card">
            <Facts
              facts={[
                ["Version", `${trade.version} (${trade.event_type})`],
                ["Stage", formatName(trade.stage)],
                ["Quantity", formatExact(trade.quantity)],
                ["Price", formatExact(trade.price)],
                ["Notional", `${trade.currency} ${formatAmount(trade.notional_value)}`],
                ["Counterparty", trade.counterparty],
                ["Venue", trade.settlement_venue],
                ["Settles", trade.settlement_date],
                ["ExecID", trade.exec_id ?? "None"],
                ["Order", trade.order_id ?? "None"],
              ]}
            />
          </div>
        </Part>
        <Part id="fees" title="Fees">
          <Fees trade={trade} />
        </Part>
      </div>
      <Part id="breaks" title={`Breaks (${trade.breaks.length})`}>
        {trade.breaks.length === 0
          ? <p class="card blank">There was none.</p>
          : <PastBreaks rows={trade.breaks} />}
      </Part>
      <Part id="timeline" title="Timeline until then">
        <Timeline moments={toTimeline(trade)} />
      </Part>
    </>
  );
}

function PastBreaks({ rows }: { rows: readonly PastBreak[] }) {
  return (
    <ul class="break-list" aria-label="Breaks of this trade then">
      {rows.map((row) => (
        <li key={row.id} class="card">
          <p class="line">
            <a href={`/breaks/${row.id}`}>
              <b>{formatName(row.type)}</b>
            </a>
            <Status status={row.status} />
            <span>book {toCompared(row.book)}, street {toCompared(row.street)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
