/**
 * One break: what differs, what may be done to it now, what was refused, how it came to this.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { formatAmount, formatName } from "../../../shared/kpi/mod.ts";
import { Facts } from "../facts.tsx";
import { Instant, Status, toTradeAddress } from "../tables.tsx";
import { type Action, ACTION_NAMES, legalActions, toRequest, whyNot } from "./actions.ts";
import type { Bench } from "./bench.ts";
import type { Break, BreakStory } from "./break.ts";
import { ChaseText } from "./ChaseText.tsx";
import { History, toWords } from "./History.tsx";
import { Age, DueMark, SeverityMark } from "./marks.tsx";
import { Sides } from "./Sides.tsx";

interface Props {
  readonly bench: Bench;
  readonly story: BreakStory;
  readonly nowMs: ReadonlySignal<number>;
  /** Of its head line. */
  readonly children?: ComponentChildren;
}

export function BreakPanel({ bench, story, nowMs, children }: Props) {
  return (
    <>
      <header class="panel-head">
        <h2 id="break-title">{formatName(story.type)}, break {story.id}</h2>
        <p>
          <SeverityMark severity={story.severity} /> <Status status={story.status} />{" "}
          <DueMark row={story} nowMs={nowMs} />
        </p>
        {children}
      </header>
      <Refused bench={bench} story={story} />
      <Actions bench={bench} row={story} />
      <Sides story={story} />
      <Facts facts={toFacts(story, nowMs)} />
      <ChaseText id={story.id} version={story.version} />
      <h3>History</h3>
      <History events={story.events} />
    </>
  );
}

function toFacts(row: Break, nowMs: ReadonlySignal<number>): [string, ComponentChildren][] {
  const facts: [string, ComponentChildren][] = [
    [
      row.type === "missing_book" ? "Execution" : "Trade",
      <a key="trade" href={toTradeAddress(row.trade_id)}>{row.trade_id}</a>,
    ],
    ["Counterparty", row.counterparty ?? "unknown"],
    ["Value, USD", row.notional_usd === null ? "unknown" : formatAmount(row.notional_usd)],
    ["Owner", row.owner ?? "nobody"],
    ["Opened", <Instant key="opened" at={row.opened_at} isDated />],
    ["Age", <Age key="age" row={row} nowMs={nowMs} />],
    ["Business date", row.business_date ?? "—"],
    ["Due", row.due_at ? <Instant key="due" at={row.due_at} isDated /> : "—"],
  ];
  if (row.root_cause) facts.push(["Root cause", row.root_cause]);
  if (row.responsible) facts.push(["Responsible", formatName(row.responsible)]);
  if (row.closed_at !== null) {
    facts.push(["Closed", <Instant key="closed" at={row.closed_at} isDated />]);
    facts.push(["Closed by", row.closed_by === "system" ? "Breakwater" : row.closed_by]);
    if (row.reason) facts.push(["Reason", row.reason]);
  }
  return facts;
}

/** Asked before they are done; the others are done at once. */
const ASKED: ReadonlySet<Action> = new Set<Action>(
  ["comment", "resolve", "write-off", "force-match", "approve", "reject", "reopen"],
);
const PRIMARY: ReadonlySet<Action> = new Set<Action>(["resolve", "approve"]);

function Actions({ bench, row }: { bench: Bench; row: Break }) {
  const { user, asking, flight } = bench;
  const isBusy = flight.value.has(row.id);
  const refusedApproval = row.status === "pending_approval" ? whyNot("approve", row, user.value) : null;
  const start = (action: Action, isAsked: boolean) => {
    if (isAsked) asking.value = { action, rows: [row], isMany: false };
    else bench.perform(row.id, action);
  };
  return (
    <section class="actions" aria-label="Actions">
      {row.status === "pending_approval" && (
        <p class="request">
          <b>{row.requested_by}</b> asks for a{" "}
          {toRequest(row.requested_action)}. A second person approves or rejects it.
        </p>
      )}
      <div class="buttons">
        {legalActions(row).flatMap((action) => [
          <button
            key={action}
            type="button"
            class={PRIMARY.has(action) ? "primary" : undefined}
            disabled={isBusy || whyNot(action, row, user.value) !== null}
            aria-describedby={action === "approve" && refusedApproval ? "why-not" : undefined}
            onClick={() => start(action, ASKED.has(action))}
          >
            {action === "assign" ? "Assign to me" : ACTION_NAMES[action] + (ASKED.has(action) ? "…" : "")}
          </button>,
          action === "assign" && (
            <button
              key="other"
              type="button"
              disabled={isBusy || user.value === null}
              onClick={() => start(action, true)}
            >
              Assign to…
            </button>
          ),
        ])}
      </div>
      {(user.value === null || refusedApproval !== null) && (
        <p class="note" id="why-not">{refusedApproval ?? "Say who you are first."}</p>
      )}
    </section>
  );
}

/** An action that did not come about: why, and what the other person did. */
function Refused({ bench, story }: { bench: Bench; story: BreakStory }) {
  const refusal = bench.refusal.value;
  if (refusal === null || refusal.id !== story.id) return null;
  const { action, details, code, detail, current } = refusal;
  const [last] = current?.events ?? [];
  const name = ACTION_NAMES[action].toLowerCase();
  const isLegal = legalActions(story).includes(action) && whyNot(action, story, bench.user.value) === null;
  return (
    <div class="refused" role="alert">
      {code === "version" && last
        ? (
          <p>
            <b>{last.actor === "system" ? "Breakwater" : last.actor}</b> was faster and {toWords(last)} at
            {" "}
            {last.at.slice(11, 19)} UTC. It is {formatName(story.status).toLowerCase()}
            {story.owner && <>, owner {story.owner}</>}. Your "{name}" was not done.
          </p>
        )
        : <p>Your "{name}" was not done. {detail}</p>}
      {last?.text && code === "version" && <p class="said">{last.text}</p>}
      <div class="buttons">
        {isLegal && (
          <button type="button" onClick={() => bench.perform(story.id, action, details)}>
            {code === undefined ? "Try again" : `${ACTION_NAMES[action]} all the same`}
          </button>
        )}
        <button type="button" onClick={() => bench.refusal.value = null}>Leave it</button>
      </div>
    </div>
  );
}
