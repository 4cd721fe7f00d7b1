import assert from "node:assert/strict";
import type { Break } from "./break.ts";
import {
  inOrder,
  isIn,
  pendingOf,
  type QueueFilter,
  readFilter,
  settled,
  toQuery,
  withChanges,
} from "./queue.ts";

function row(id: number, changes: Partial<Break> = {}): Break {
  return {
    id,
    version: 1,
    type: "price",
    status: "open",
    severity: "medium",
    owner: null,
    counterparty: "Citi",
    trade_id: `T-${id}`,
    exec_id: null,
    opened_at: `2026-11-23T14:30:0${id}.000000Z`,
    closed_at: null,
    overdue: false,
    ...changes,
  } as Break;
}
const CLOSED = { status: "resolved", closed_at: "2026-11-23T15:00:00.000000Z" };
const view = (filter: QueueFilter = {}, isWhole = true) => ({ filter, user: "anna", isWhole });
const ids = (rows: readonly Break[]) => rows.map(({ id }) => id);

const MEMBERS: { name: string; filter: QueueFilter; row: Break; want: boolean }[] = [
  { name: "an open one without a filter", filter: {}, row: row(1), want: true },
  { name: "no closed one without a filter", filter: {}, row: row(1, CLOSED), want: false },
  { name: "a closed one among all", filter: { status: "all" }, row: row(1, CLOSED), want: true },
  { name: "a resolved one among the closed", filter: { status: "closed" }, row: row(1, CLOSED), want: true },
  { name: "mine", filter: { owner: "me" }, row: row(1, { owner: "anna" }), want: true },
  { name: "mine in other letters", filter: { owner: "me" }, row: row(1, { owner: "Anna" }), want: true },
  { name: "not another's as mine", filter: { owner: "me" }, row: row(1, { owner: "ben" }), want: false },
  { name: "nobody's", filter: { owner: "none" }, row: row(1), want: true },
  { name: "no other type", filter: { type: "fees" }, row: row(1), want: false },
  { name: "an overdue one", filter: { overdue: "true" }, row: row(1, { overdue: true }), want: true },
  { name: "no other trade's", filter: { tradeId: "T-2" }, row: row(1), want: false },
];
for (const { name, filter, row, want } of MEMBERS) {
  Deno.test(`isIn() takes ${name}`, () => assert.equal(isIn(row, view(filter)), want));
}

Deno.test("inOrder() puts the worst first, then the oldest; what is done the newest first", () => {
  const rows = [row(1, { severity: "low" }), row(3), row(2), row(4, { severity: "critical" })];
  assert.deepEqual(ids(rows.sort(inOrder({}))), [4, 2, 3, 1]);
  assert.deepEqual(ids(rows.sort(inOrder({ order: "newest" }))), [4, 3, 2, 1]);
  assert.deepEqual(ids(rows.sort(inOrder({ status: "closed" }))), [4, 3, 2, 1]);
  assert.deepEqual(ids(rows.sort(inOrder({ status: "closed", order: "severity" }))), [4, 2, 3, 1]);
});

Deno.test("withChanges() changes rows where they stand and lets new ones wait", () => {
  const before = { rows: [row(1), row(2)], waiting: [] };
  const after = withChanges(before, [row(2, { version: 2, ...CLOSED }), row(3), row(4, CLOSED)], view());
  assert.deepEqual([ids(after.rows), ids(after.waiting)], [[1, 2], [3]]);
  assert.equal(after.rows[1]!.status, "resolved");
  assert.deepEqual(pendingOf(after, view()), { come: 1, go: 1 });
  const gone = withChanges(after, [row(3, { version: 2, ...CLOSED })], view());
  assert.deepEqual(ids(gone.waiting), []);
});

Deno.test("withChanges() keeps a row against an older change of it", () => {
  const { rows } = withChanges(
    { rows: [row(1, { version: 3, owner: "anna" })], waiting: [] },
    [row(1)],
    view(),
  );
  assert.equal(rows[0]!.owner, "anna");
});

Deno.test("settled() takes in what waits in order, and lets go what is done", () => {
  const queue = { rows: [row(1), row(3, CLOSED)], waiting: [row(4), row(2, { severity: "critical" })] };
  assert.deepEqual(ids(settled(queue, view()).rows), [2, 1, 4]);
});

Deno.test("settled() leaves what sorts behind a page that is not the last to a later one", () => {
  const queue = { rows: [row(1), row(3)], waiting: [row(2), row(4)] };
  assert.deepEqual(ids(settled(queue, view({}, false)).rows), [1, 2, 3]);
});

Deno.test("readFilter() and toQuery() keep what the address says, and put the name in the place of me", () => {
  const filter = readFilter(new URLSearchParams("type=price&owner=me&status=&break=7"));
  assert.deepEqual(filter, { type: "price", owner: "me" });
  assert.equal(String(toQuery(filter, "anna")), "type=price&owner=anna");
});
