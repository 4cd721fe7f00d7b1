/**
 * What happened to a break, the newest first.
 *
 * @module
 */

import { formatName } from "../../../shared/kpi/mod.ts";
import { type Action, ACTION_PAST } from "./actions.ts";
import { Instant } from "../tables.tsx";
import type { BreakEvent } from "./break.ts";
import { toCompared } from "./QueueTable.tsx";

const BY_SYSTEM: Readonly<Record<string, string>> = {
  open: "opened it",
  update: "saw other values",
  close: "closed it",
  reopen: "opened it again",
  record: "recorded it",
};
/** An event's action in words, after its actor. */
const BY_USER: Readonly<Record<string, string>> = {
  ...ACTION_PAST,
  "assign": "assigned it",
  "comment": "commented",
  "review": "started the review",
  "resolve": "resolved it",
  "write-off": "asked for a write-off",
  "force-match": "asked for a forced match",
  "approve": "approved",
  "reject": "rejected",
  "reopen": "opened it again",
} satisfies Record<Action, string>;

export function History({ events }: { events: readonly BreakEvent[] }) {
  if (events.length === 0) return <p class="note">Loading…</p>;
  return (
    <ol class="history" aria-label="History">
      {events.map((event) => (
        <li key={event.version}>
          <p>
            <b>{event.actor === "system" ? "Breakwater" : event.actor}</b> {toWords(event)}{" "}
            <span class="note">
              <Instant at={event.at} isDated />
            </span>
          </p>
          {event.text && <p class="said">{event.text}</p>}
          <Changed event={event} />
        </li>
      ))}
    </ol>
  );
}

/** `assigned it to ben` */
export function toWords({ action, actor, details }: BreakEvent): string {
  const words = (actor === "system" ? BY_SYSTEM : BY_USER)[action] ?? action;
  const owner = action === "assign" ? details?.owner : undefined;
  return typeof owner === "string" && owner !== actor ? `${words} to ${owner}` : words;
}

function Changed(
  { event: { action, from_status, to_status, book, street, details } }: { event: BreakEvent },
) {
  const facts = [
    from_status !== to_status && action !== "open" &&
    `${formatName(from_status)} to ${formatName(to_status).toLowerCase()}`,
    ["open", "update"].includes(action) && (book !== null || street !== null) &&
    `book ${toCompared(book)}, street ${toCompared(street)}`,
    typeof details?.root_cause === "string" && `root cause: ${details.root_cause}`,
    typeof details?.responsible === "string" && `responsible: ${details.responsible}`,
  ].filter((fact) => typeof fact === "string");
  return facts.length === 0 ? null : <p class="note">{facts.join(" · ")}</p>;
}
