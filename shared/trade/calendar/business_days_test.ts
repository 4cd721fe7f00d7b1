import assert from "node:assert/strict";
import { businessDaysBetween } from "./business_days.ts";
import { UncoveredDayError } from "./calendar.ts";
import { CALENDARS } from "./calendars.ts";

const BETWEEN: [from: string, to: string, days: number, why: string][] = [
  ["2026-11-23", "2026-11-23", 0, "the same day"],
  ["2026-11-20", "2026-11-23", 1, "a weekend between"],
  ["2026-11-21", "2026-11-23", 1, "from a Saturday"],
  ["2026-11-25", "2026-11-27", 1, "Thanksgiving between"],
  ["2026-11-23", "2026-11-30", 4, "a week with Thanksgiving"],
  ["2026-11-23", "2026-11-20", 0, "backwards"],
  ["2025-01-08", "2025-01-10", 1, "an ad-hoc closure of the exchange"],
];

for (const [from, to, days, why] of BETWEEN) {
  Deno.test(`businessDaysBetween() counts ${days} from ${from} to ${to}: ${why}`, () => {
    assert.equal(businessDaysBetween(CALENDARS.XNYS, from, to), days);
  });
}

Deno.test("businessDaysBetween() refuses days that are not covered", () => {
  assert.throws(() => businessDaysBetween(CALENDARS.XNYS, "2029-01-30", "2029-02-02"), UncoveredDayError);
});
