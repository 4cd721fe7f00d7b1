/**
 * What became of a trade after its execution: allocated, confirmed, affirmed, settled.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Facts } from "../facts.tsx";
import { Instant } from "../tables.tsx";
import type { PostTrade, Trade } from "./story.ts";

export function After({ trade }: { trade: Trade }) {
  const { settlement: s, post_trade, currency } = trade;
  const isMoved = s.expected_settlement_date !== null && s.expected_settlement_date !== s.settlement_date;
  return (
    <div class="card">
      <Facts
        facts={[
          ["Allocated", <Step key="a" step="allocation" post={post_trade} />],
          ["Confirmed", <Step key="c" step="confirmation" post={post_trade} />],
          ["Affirmed", <Step key="f" step="affirmation" post={post_trade} />],
          ["Settles", s.settlement_date],
          [
            "Expected by our calendars",
            s.expected_settlement_date === null
              ? <span key="x" class="note">Market not known</span>
              : isMoved
              ? <b key="x" class="alarm">≠ {s.expected_settlement_date}</b>
              : <span key="x" class="agree">{s.expected_settlement_date}</span>,
          ],
          ["Settlement", <Settled key="s" trade={trade} />],
          ...s.settled_quantity === null ? [] : [
            [
              "Settled quantity",
              `${formatExact(s.settled_quantity)} of ${formatExact(trade.quantity)}`,
            ] as const,
          ],
          ...s.claim === null || s.days_late <= 0 ? [] : [
            [
              "Claim, estimated",
              <span key="claim" title={s.claim.source}>
                {s.claim.currency} {formatAmount(s.claim.amount)}{" "}
                <span class="note">{s.claim.days} days, {s.claim.source}</span>
              </span>,
            ] as const,
          ],
          ["Principal", `${currency} ${formatAmount(trade.notional_value)}`],
        ]}
      />
    </div>
  );
}

interface StepProps {
  readonly step: "allocation" | "confirmation" | "affirmation";
  readonly post: PostTrade | null;
}

const DONE = ["accepted", "confirmed", "affirmed"];

function Step({ step, post }: StepProps): ComponentChildren {
  const status = post?.[`${step}_status`] ?? null;
  const reason = post?.[`${step}_reason`] ?? null;
  const by = step === "allocation" ? post?.allocate_by : step === "affirmation" ? post?.affirm_by : null;
  const isDone = status !== null && DONE.includes(status);
  return (
    <>
      {status === null
        ? <span class="note">Nothing was said</span>
        : <span class={isDone ? "agree" : "open-step"}>{formatName(status)}</span>}
      {reason !== null && <b class="alarm after">{reason}</b>}
      {step === "affirmation" && post?.affirmed_at && (
        <>
          {" "}
          <Instant at={post.affirmed_at} isDated />
          {post.is_late && <b class="alarm after">after the cut-off</b>}
        </>
      )}
      {by && !isDone && (
        <span class="note after">
          by <Instant at={by} isDated />
        </span>
      )}
    </>
  );
}

function Settled({ trade }: { trade: Trade }) {
  const { settlement: s, stage } = trade;
  if (stage === "cancelled") return <span class="note">Cancelled</span>;
  if (s.is_settled) return <span class="agree">Settled</span>;
  const late = s.days_late > 0 ? `, ${s.days_late} ${s.days_late === 1 ? "day" : "days"} late` : "";
  if (s.status === "failed") {
    return (
      <b class="alarm">
        Failed{late}
        {s.reason_text && `: ${s.reason_text}`}
        {s.responsible && ` (${s.responsible})`}
      </b>
    );
  }
  const said = s.status === null ? formatName(stage) : formatName(s.status);
  return late ? <b class="alarm">{said}{late}, no word of it</b> : <span>{said}</span>;
}
