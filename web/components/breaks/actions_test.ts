import assert from "node:assert/strict";
import type { BreakRow } from "../../../shared/kpi/mod.ts";
import { type Action, type ActionDetails, legalActions, whyNot, withAction } from "./actions.ts";

const OPEN = {
  id: 1,
  version: 1,
  type: "price",
  status: "open",
  owner: null,
  closed_at: null,
  closed_by: null,
  requested_action: null,
  requested_by: null,
  root_cause: null,
  responsible: null,
  reason: null,
} as unknown as BreakRow;
const ASKED: BreakRow = {
  ...OPEN,
  status: "pending_approval",
  requested_action: "write-off",
  requested_by: "ben",
};

const STATES: { status: string; want: string[] }[] = [
  { status: "open", want: ["assign", "review", "comment", "resolve", "write-off", "force-match"] },
  { status: "in_review", want: ["assign", "comment", "resolve", "write-off", "force-match"] },
  { status: "pending_approval", want: ["comment", "approve", "reject"] },
  { status: "written_off", want: ["comment", "reopen"] },
];
for (const { status, want } of STATES) {
  Deno.test(`legalActions() of a break that is ${status} are ${want.join(", ")}`, () => {
    assert.deepEqual(legalActions({ status }), want);
  });
}

const AFTER: {
  name: string;
  from: BreakRow;
  action: Action;
  details?: ActionDetails;
  want: Partial<BreakRow>;
}[] = [
  { name: "assigns to oneself", from: OPEN, action: "assign", want: { status: "assigned", owner: "anna" } },
  {
    name: "assigns to another",
    from: OPEN,
    action: "assign",
    details: { owner: "ben" },
    want: { owner: "ben" },
  },
  { name: "leaves the state with a comment", from: OPEN, action: "comment", want: { status: "open" } },
  {
    name: "asks for a write-off",
    from: OPEN,
    action: "write-off",
    details: { responsible: "broker" },
    want: { status: "pending_approval", requested_by: "anna", responsible: "broker", closed_at: null },
  },
  {
    name: "writes off what was asked for",
    from: ASKED,
    action: "approve",
    want: { status: "written_off", closed_by: "anna", requested_by: "ben" },
  },
  {
    name: "matches what was asked for",
    from: { ...ASKED, requested_action: "force-match" },
    action: "approve",
    want: { status: "resolved" },
  },
  {
    name: "forgets what was rejected",
    from: ASKED,
    action: "reject",
    want: { status: "in_review", requested_action: null, requested_by: null },
  },
];
for (const { name, from, action, details = {}, want } of AFTER) {
  Deno.test(`withAction() ${name}`, () => {
    const after = withAction(from, action, details, "anna");
    assert.deepEqual({ ...after, ...want }, after);
  });
}

Deno.test("whyNot() tells who asked that a second person is needed, and nobody else", () => {
  assert.match(whyNot("approve", ASKED, "ben")!, /asked for this write-off yourself/);
  assert.match(whyNot("approve", ASKED, "Ben")!, /a second person/);
  assert.equal(whyNot("approve", ASKED, "anna"), null);
  assert.equal(whyNot("reject", ASKED, "ben"), null);
  assert.match(whyNot("comment", ASKED, null)!, /who you are/);
});
