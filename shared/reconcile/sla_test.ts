import assert from "node:assert/strict";
import fc from "fast-check";
import { CALENDARS } from "../trade/calendar/calendars.ts";
import { SEVERITIES, type Severity } from "./severity.ts";
import { clockOf, dueMs, overdueBeforeMs } from "./sla.ts";

const NYSE = CALENDARS.XNYS;

// New York is at UTC-5 in winter and at UTC-4 in summer; it works from 08:00 to 18:00.
const DUE: [severity: Severity, openedAt: string, dueAt: string, why: string][] = [
  ["critical", "2026-11-23T15:00:00Z", "2026-11-23T17:00:00Z", "within the day"],
  ["critical", "2026-11-23T22:00:00Z", "2026-11-24T14:00:00Z", "an hour before closing"],
  ["high", "2026-11-23T19:00:00Z", "2026-11-23T23:00:00Z", "to the minute of closing"],
  ["medium", "2026-11-23T15:00:00Z", "2026-11-24T15:00:00Z", "the same time on the next day"],
  ["medium", "2026-11-24T05:00:00Z", "2026-11-24T23:00:00Z", "opened at night"],
  ["low", "2026-11-23T15:00:00Z", "2026-11-27T15:00:00Z", "three days, one of them Thanksgiving"],
  ["critical", "2026-11-21T15:00:00Z", "2026-11-23T15:00:00Z", "opened on a Saturday"],
  ["high", "2026-03-06T21:00:00Z", "2026-03-09T14:00:00Z", "over the change to summer time"],
  ["critical", "2026-07-01T14:00:00Z", "2026-07-01T16:00:00Z", "in summer"],
];

for (const [severity, openedAt, dueAt, why] of DUE) {
  Deno.test(`dueMs() gives a ${severity} break of ${openedAt} until ${dueAt}: ${why}`, () => {
    assert.equal(new Date(dueMs(Date.parse(openedAt), severity, NYSE)).getTime(), Date.parse(dueAt));
  });
}

Deno.test("clockOf() counts business days from the business date to now, or to the closing", () => {
  const opened = { severity: "medium", openedAtMs: Date.parse("2026-11-21T15:00:00Z") } as const;
  const friday = Date.parse("2026-11-27T22:59:00Z");
  assert.deepEqual(clockOf({ ...opened, closedAtMs: null }, friday, NYSE), {
    business_date: "2026-11-23",
    age_business_days: 3,
    due_at: "2026-11-23T23:00:00.000Z",
    overdue: true,
  });
  const closedAtMs = Date.parse("2026-11-23T20:00:00Z");
  const { age_business_days, overdue } = clockOf({ ...opened, closedAtMs }, friday, NYSE);
  assert.deepEqual([age_business_days, overdue], [0, false]);
});

Deno.test("clockOf() says nothing of years that the calendars do not cover", () => {
  const openedAtMs = Date.parse("2035-01-02T15:00:00Z");
  const clock = clockOf({ severity: "low", openedAtMs, closedAtMs: null }, openedAtMs, NYSE);
  assert.deepEqual(Object.values(clock), [null, null, null, null]);
});

Deno.test("overdueBeforeMs() finds the breaks that dueMs() calls overdue", () => {
  const [from, to] = [Date.parse("2026-11-01T00:00:00Z"), Date.parse("2026-12-31T00:00:00Z")];
  // Quarters of an hour, so that breaks are often due at the very instant that is asked for.
  const anyMs = fc.integer({ min: from / 900_000, max: to / 900_000 }).map((quarter) => quarter * 900_000);
  fc.assert(fc.property(anyMs, anyMs, fc.constantFrom(...SEVERITIES), (openedAtMs, nowMs, severity) => {
    const isOverdue = nowMs > dueMs(openedAtMs, severity, NYSE);
    assert.equal(openedAtMs < overdueBeforeMs(nowMs, severity, NYSE), isOverdue);
  }));
});
