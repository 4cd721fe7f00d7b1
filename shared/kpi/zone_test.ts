import assert from "node:assert/strict";
import { formatDay, formatMinute, formatTime, formatZone, readZone, toUtc, zone } from "./zone.ts";

const INSTANT = "2026-11-23T23:30:05.125Z";

for (
  const [name, time, day, short] of [
    ["UTC", "23:30:05", "2026-11-23", "UTC"],
    ["Europe/Zurich", "00:30:05", "2026-11-24", "CET"],
    ["America/New_York", "18:30:05", "2026-11-23", "GMT-5"],
    ["Asia/Kolkata", "05:00:05", "2026-11-24", "GMT+5:30"],
  ] as const
) {
  Deno.test(`times are told in ${name}`, () => {
    zone.value = name;
    try {
      assert.deepEqual([formatTime(INSTANT), formatDay(INSTANT), formatZone(INSTANT)], [time, day, short]);
      assert.equal(formatMinute(INSTANT), time.slice(0, 5));
      assert.equal(toUtc(INSTANT), "2026-11-23 23:30:05.125 UTC");
    } finally {
      zone.value = "UTC";
    }
  });
}

Deno.test("readZone() knows zones from other words", () => {
  assert.equal(readZone("Europe/London"), "Europe/London");
  for (const text of [undefined, "", "Mars/Base", "a b", "x".repeat(100)]) assert.equal(readZone(text), null);
});
