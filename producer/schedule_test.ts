import assert from "node:assert/strict";
import { WALL_CLOCK, WEEKDAY_CLOCK } from "./clock.ts";
import { durationMs, PLAIN_DAY, tape } from "./market.ts";
import { readTimeMs, ScheduleError, toSchedule, type Wish } from "./schedule.ts";

const at = (text: string) => Date.parse(text);
const MONDAY = at("2026-11-23T15:00:00Z");
const SATURDAY = at("2026-11-21T15:00:00Z");
const WISH: Wish = {
  perMinute: "max",
  usualPerMinute: 45,
  fills: 1_000,
  startMs: null,
  untilMs: null,
  speed: 1,
  phases: [],
  runOnMs: 0,
};

for (const [name, nowMs] of Object.entries({ MONDAY, SATURDAY })) {
  for (const fills of [1, 1_000, 100_000]) {
    Deno.test(`toSchedule() on ${name} ends ${fills} fills at full rate by now`, () => {
      const { startMs, clock, intervalMs, speed } = toSchedule({ ...WISH, fills }, nowMs);
      const endMs = clock.toEpoch(clock.fromEpoch(startMs) + durationMs({ ...WISH, fills, intervalMs }));
      assert(endMs <= nowMs && endMs > nowMs - 24 * 3_600_000);
      assert.equal(speed, null);
    });
  }
}

Deno.test("toSchedule() gives a tape no record of which lies in the future", () => {
  const schedule = toSchedule(WISH, MONDAY);
  const market = { seed: "a", faultShare: 0.1, bustShare: 0.1, correctionShare: 0.1 };
  for (const { atMs } of tape({ ...PLAIN_DAY, ...WISH, ...schedule, ...market })) {
    assert(atMs <= MONDAY);
  }
});

Deno.test("toSchedule() takes the latest start that it names, and none later", () => {
  const tooLate = { ...WISH, startMs: MONDAY - 60_000 };
  const message = errorOf(() => toSchedule(tooLate, MONDAY));
  const latest = message.match(/the latest possible start is (\S+)$/)![1]!;
  assert.equal(toSchedule({ ...WISH, startMs: at(latest) }, MONDAY).startMs, at(latest));
  assert.throws(() => toSchedule({ ...WISH, startMs: at(latest) + 1 }, MONDAY), ScheduleError);
});

Deno.test("toSchedule() starts a paced market now, by the wall's clock", () => {
  const wish = { ...WISH, perMinute: 90, fills: null };
  assert.deepEqual(toSchedule(wish, SATURDAY), {
    startMs: SATURDAY,
    clock: WALL_CLOCK,
    intervalMs: 60_000 / 90,
    speed: 1,
  });
});

Deno.test("toSchedule() starts a fast market early enough not to pass now", () => {
  const wish = { ...WISH, perMinute: 45, speed: 60 };
  const { startMs, clock, intervalMs } = toSchedule(wish, MONDAY);
  assert.equal(clock, WEEKDAY_CLOCK);
  assert(
    clock.toEpoch(clock.fromEpoch(startMs) + durationMs({ ...WISH, fills: 1_000, intervalMs })) <= MONDAY,
  );
  assert(toSchedule({ ...wish, fills: null }, MONDAY).startMs < MONDAY - 5 * 86_400_000);
});

const REFUSED: { name: string; wish: Partial<Wish>; nowMs?: number; want: RegExp }[] = [
  { name: "full rate without an end", wish: { fills: null }, want: /needs --count/ },
  { name: "a future start", wish: { perMinute: 45, startMs: MONDAY + 1 }, want: /lies in the future/ },
  {
    name: "a weekend's start before the market opens",
    wish: { perMinute: 45, startMs: SATURDAY - 1 },
    nowMs: SATURDAY,
    want: /opens at 2026-11-23T00:00:00.000Z, lies in the future/,
  },
  { name: "an end in the future", wish: { untilMs: MONDAY + 1 }, want: /--until .* in the future/ },
  { name: "an end before the start", wish: { untilMs: MONDAY - 1e9 }, want: /is before the start/ },
  { name: "a start without rules", wish: { startMs: at("2017-09-04") }, want: /before 2017-09-05/ },
  { name: "more fills than years", wish: { fills: 500_000_000 }, want: /before 2017-09-05/ },
];

for (const { name, wish, nowMs = MONDAY, want } of REFUSED) {
  Deno.test(`toSchedule() refuses ${name}`, () => {
    assert.match(errorOf(() => toSchedule({ ...WISH, ...wish }, nowMs)), want);
  });
}

Deno.test("readTimeMs() reads instants and days, and nothing else", () => {
  assert.equal(readTimeMs("2026-11-20"), at("2026-11-20T00:00:00Z"));
  assert.equal(readTimeMs("2026-11-20T09:30:00.25"), at("2026-11-20T09:30:00.250Z"));
  assert.deepEqual(["", "now", "2026-13-01", "20261120"].map(readTimeMs), [null, null, null, null]);
});

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
  return assert.fail("was not refused");
}
