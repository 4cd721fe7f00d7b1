import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY_MS, lastMarketMs, tradeDateOf, WALL_CLOCK, WEEKDAY_CLOCK } from "./clock.ts";

const at = (text: string) => Date.parse(text);
const later = (text: string, ms: number) =>
  new Date(WEEKDAY_CLOCK.toEpoch(WEEKDAY_CLOCK.fromEpoch(at(text)) + ms)).toISOString();

Deno.test("WEEKDAY_CLOCK goes from Friday's end to Monday's begin", () => {
  assert.equal(later("2026-11-20T23:59:59.999Z", 1), "2026-11-23T00:00:00.000Z");
  assert.equal(later("2026-11-19T12:00:00Z", 2 * DAY_MS), "2026-11-23T12:00:00.000Z");
  assert.equal(later("2026-11-21T12:00:00Z", 0), "2026-11-23T00:00:00.000Z");
});

Deno.test("WEEKDAY_CLOCK returns to every weekday's instant, and never runs backwards", () => {
  const anyInstant = fc.integer({ min: at("2017-01-01"), max: at("2050-01-01") });
  fc.assert(fc.property(anyInstant, anyInstant, (a, b) => {
    const returned = WEEKDAY_CLOCK.toEpoch(WEEKDAY_CLOCK.fromEpoch(a));
    const weekday = new Date(a).getUTCDay();
    assert.equal(returned === a, weekday >= 1 && weekday <= 5);
    assert(returned >= a && returned - a <= 2 * DAY_MS);
    assert(lastMarketMs(WEEKDAY_CLOCK, a) <= WEEKDAY_CLOCK.fromEpoch(a));
    if (a < b) assert(WEEKDAY_CLOCK.fromEpoch(a) <= WEEKDAY_CLOCK.fromEpoch(b));
  }));
});

Deno.test("lastMarketMs() of a weekend is the end of Friday", () => {
  const last = lastMarketMs(WEEKDAY_CLOCK, at("2026-11-22T12:00:00Z"));
  assert.equal(new Date(WEEKDAY_CLOCK.toEpoch(last)).toISOString(), "2026-11-20T23:59:59.999Z");
  assert.equal(lastMarketMs(WALL_CLOCK, 5), 5);
});

const TRADE_DATES = {
  "2026-11-20T23:59:59Z": "2026-11-20",
  "2026-11-21T00:00:00Z": "2026-11-20",
  "2026-11-22T23:59:59Z": "2026-11-20",
  "2026-11-23T00:00:00Z": "2026-11-23",
};

for (const [instant, want] of Object.entries(TRADE_DATES)) {
  Deno.test(`tradeDateOf() ${instant} is ${want}`, () => assert.equal(tradeDateOf(at(instant)), want));
}
