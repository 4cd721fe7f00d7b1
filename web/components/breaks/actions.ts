/**
 * What may be done to a break in which state, by whom, and what it will look like when the server agrees. The rule is
 * the database's (`break_actions`); this copy lets the page offer only what can succeed and answer at once. A test
 * holds the two together.
 *
 * @module
 */

import type { BreakRow } from "../../../shared/kpi/mod.ts";
import { isSamePerson } from "../who.ts";

/** In the order they are offered. */
export const ACTIONS = ["assign", "review", "comment", "approve", "reject", "reopen"]
  .concat("resolve", "write-off", "force-match") as Action[];

export type Action =
  | "assign"
  | "comment"
  | "review"
  | "resolve"
  | "write-off"
  | "force-match"
  | "approve"
  | "reject"
  | "reopen";

/** What goes with an action, as the API takes it. */
export interface ActionDetails {
  readonly text?: string;
  readonly owner?: string;
  readonly rootCause?: string;
  readonly responsible?: string;
}

const WORKED_ON = ["open", "assigned", "in_review"];
const CLOSED = ["resolved", "written_off"];

/** The states an action may start from, and where it leads; null: the state stays, or depends on the request. */
export const STEPS: Readonly<
  Record<Action, { readonly from: readonly string[]; readonly to: string | null }>
> = {
  "assign": { from: WORKED_ON, to: "assigned" },
  "comment": { from: [...WORKED_ON, "pending_approval", ...CLOSED], to: null },
  "review": { from: ["open", "assigned"], to: "in_review" },
  "resolve": { from: WORKED_ON, to: "resolved" },
  "write-off": { from: WORKED_ON, to: "pending_approval" },
  "force-match": { from: WORKED_ON, to: "pending_approval" },
  "approve": { from: ["pending_approval"], to: null },
  "reject": { from: ["pending_approval"], to: "in_review" },
  "reopen": { from: CLOSED, to: "open" },
};

export const ACTION_NAMES: Readonly<Record<Action, string>> = {
  "assign": "Assign",
  "comment": "Comment",
  "review": "Start review",
  "resolve": "Resolve",
  "write-off": "Write off",
  "force-match": "Force match",
  "approve": "Approve",
  "reject": "Reject",
  "reopen": "Reopen",
};

/** What an outcome calls it: `3 of 3 resolved`. */
export const ACTION_PAST: Readonly<Record<Action, string>> = {
  "assign": "assigned",
  "comment": "commented on",
  "review": "taken into review",
  "resolve": "resolved",
  "write-off": "sent for approval to be written off",
  "force-match": "sent for approval to be matched",
  "approve": "approved",
  "reject": "rejected",
  "reopen": "reopened",
};

export function legalActions({ status }: Pick<BreakRow, "status">): Action[] {
  return ACTIONS.filter((action) => STEPS[action].from.includes(status));
}

/** Why an action that the state allows is not this person's to take, or null. */
export function whyNot(
  action: Action,
  { requested_by, requested_action }: Pick<BreakRow, "requested_by" | "requested_action">,
  user: string | null,
): string | null {
  if (user === null) return "Say who you are first.";
  if (action !== "approve" || !isSamePerson(requested_by, user)) return null;
  return `You asked for this ${toRequest(requested_action)} yourself: a second person must approve it.`;
}

/** `write-off` or `forced match`. */
export function toRequest(requested: string | null): string {
  return requested === "force-match" ? "forced match" : requested ?? "change";
}

/** The break as it will be once the server has agreed. Its version stays: the server's answer is newer. */
export function withAction(row: BreakRow, action: Action, details: ActionDetails, user: string): BreakRow {
  const { owner, rootCause, responsible, text } = details;
  const isApproved = action === "approve";
  const status = isApproved
    ? row.requested_action === "write-off" ? "written_off" : "resolved"
    : STEPS[action].to ?? row.status;
  const isClosing = CLOSED.includes(status) && row.closed_at === null;
  const isRequest = action === "write-off" || action === "force-match";
  const keepsRequest = isApproved || status === "pending_approval";
  return {
    ...row,
    status,
    owner: action === "assign" ? owner ?? user : action === "review" ? row.owner ?? user : row.owner,
    root_cause: rootCause ?? row.root_cause,
    responsible: responsible ?? row.responsible,
    requested_action: isRequest ? action : keepsRequest ? row.requested_action : null,
    requested_by: isRequest ? user : keepsRequest ? row.requested_by : null,
    ...isClosing ? { closed_at: new Date().toISOString(), closed_by: user, reason: text ?? row.reason } : {},
    ...action === "reopen" ? { closed_at: null, closed_by: null, reason: null } : {},
  };
}
