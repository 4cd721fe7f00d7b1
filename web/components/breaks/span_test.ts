import assert from "node:assert/strict";
import type { Break } from "./break.ts";
import { type Due, formatSpan, toAge, toDue } from "./span.ts";

const NOW = Date.parse("2026-11-23T15:00:00Z");
const SPANS: [ms: number, want: string][] = [
  [8_000, "8 s"],
  [42 * 60_000, "42 min"],
  [60 * 60_000, "1 h"],
  [102 * 60_000, "1 h 42 min"],
  [26 * 3_600_000, "26 h"],
];
for (const [ms, want] of SPANS) {
  Deno.test(`formatSpan() says ${want}`, () => assert.equal(formatSpan(ms), want));
}

const row = (changes: Partial<Break>) =>
  ({ opened_at: "2026-11-23T14:30:00.000000Z", closed_at: null, ...changes }) as Break;
const DUES: { name: string; row: Break; want: Due }[] = [
  { name: "none", row: row({ due_at: null }), want: { state: "none", text: "No deadline" } },
  {
    name: "ahead",
    row: row({ due_at: "2026-11-23T16:42:00Z" }),
    want: { state: "due", text: "in 1 h 42 min" },
  },
  { name: "near", row: row({ due_at: "2026-11-23T15:05:00Z" }), want: { state: "soon", text: "in 5 min" } },
  { name: "behind", row: row({ due_at: "2026-11-23T13:00:00Z" }), want: { state: "over", text: "2 h over" } },
  {
    name: "kept",
    row: row({ due_at: "2026-11-23T13:00:00Z", closed_at: "2026-11-23T12:00:00Z", overdue: false }),
    want: { state: "kept", text: "In time" },
  },
];
for (const { name, row, want } of DUES) {
  Deno.test(`toDue() of a deadline that is ${name}`, () => assert.deepEqual(toDue(row, NOW), want));
}

Deno.test("toAge() counts business days, and the clock within the first", () => {
  assert.equal(toAge(row({ age_business_days: 0 }), NOW), "30 min");
  assert.equal(toAge(row({ age_business_days: 1 }), NOW), "1 day");
  assert.equal(toAge(row({ age_business_days: 4 }), NOW), "4 days");
});
