import assert from "node:assert/strict";
import fc from "fast-check";
import type { Kpi, Minute } from "./kpi.ts";
import { changedMinutes, everyMinute, withKpi, withRows } from "./series.ts";

const minute = (at: number, trades: number): Minute => ({
  minute: `2026-11-23T14:${String(at).padStart(2, "0")}:00Z`,
  trades,
  notional: `${trades}.00`,
  broken: 0,
  byAssetClass: { fx: trades },
});

function kpi(changes: Partial<Kpi> = {}): Kpi {
  const none = { brokerage: "0", clearing: "0", exchange: "0", total: "0" };
  return {
    asOf: "2026-11-23T14:30:05.125Z",
    scope: { from: null, to: null, currency: "USD" },
    trades: 0,
    notional: "0.00",
    fees: none,
    byStatus: {},
    byAssetClass: {},
    byCounterparty: {},
    byVenue: {},
    bySide: {},
    breaks: { open: 0, byType: {}, byCounterparty: {}, notional: "0.00", oldest: null, rate: 0 },
    exposure: {},
    fixMessages: 0,
    deadLetters: 0,
    perMinute: 0,
    lag: 0,
    latencyMs: { p50: null, p99: null },
    feeds: { book: true, street: true, seenAt: null },
    window: { from: "2026-11-23T14:00:00Z", to: "2026-11-23T14:59:00Z", seconds: 60 },
    minutes: [],
    ...changes,
  };
}

Deno.test("withKpi() takes the newer figures and the minutes of both", () => {
  const shown = kpi({ trades: 3, minutes: [minute(1, 1), minute(2, 2)] });
  const next = kpi({ asOf: "2026-11-23T14:30:06.000Z", trades: 5, minutes: [minute(2, 3), minute(4, 1)] });
  const after = withKpi(shown, next);
  assert.equal(after.trades, 5);
  assert.deepEqual(after.minutes, [minute(1, 1), minute(2, 3), minute(4, 1)]);
});

Deno.test("withKpi() never goes back to older figures", () => {
  const shown = kpi({ trades: 5 });
  assert.equal(withKpi(shown, kpi({ asOf: "2026-11-23T14:30:05.124Z", trades: 3 })), shown);
});

Deno.test("withKpi() lets minutes leave with the window", () => {
  const shown = kpi({ minutes: [minute(0, 1), minute(1, 1)] });
  const window = { from: "2026-11-23T14:01:00Z", to: "2026-11-23T15:00:00Z", seconds: 60 };
  assert.deepEqual(withKpi(shown, kpi({ window })).minutes, [minute(1, 1)]);
});

Deno.test("everyMinute() fills the window without gaps", () => {
  const minutes = everyMinute(kpi({ minutes: [minute(7, 2)] }));
  assert.equal(minutes.length, 60);
  assert.deepEqual([minutes[7]!.trades, minutes[8]!.trades, minutes[59]!.minute], [
    2,
    0,
    "2026-11-23T14:59:00Z",
  ]);
});

// A viewer that applies only the changes must come to what the server has.
Deno.test("changedMinutes() is exactly what a viewer lacks", () => {
  const anyMinutes = fc.dictionary(fc.nat({ max: 59 }).map(String), fc.integer({ min: 1, max: 3 }))
    .map((counts) => Object.entries(counts).map(([at, trades]) => minute(Number(at), trades)))
    .map((minutes) => minutes.toSorted((a, b) => a.minute < b.minute ? -1 : 1));
  fc.assert(fc.property(anyMinutes, anyMinutes, (before, now) => {
    const sent = changedMinutes(before, kpi({ minutes: now }));
    const shown = withKpi(kpi({ minutes: before }), kpi({ minutes: sent }));
    assert.deepEqual(shown.minutes, now);
    assert(sent.length <= new Set([...before, ...now].map((row) => row.minute)).size);
  }));
});

interface Row {
  readonly id: string;
  readonly version: number;
}

const OPTIONS = {
  idOf: (row: Row) => row.id,
  order: (a: Row, b: Row) => a.id < b.id ? -1 : 1,
  rowsMax: 3,
};

Deno.test("withRows() replaces, adds, drops and keeps to its limit", () => {
  const rows = [{ id: "b", version: 2 }, { id: "c", version: 1 }];
  const changed = [{ id: "b", version: 1 }, { id: "a", version: 1 }, { id: "c", version: 2 }, {
    id: "d",
    version: 1,
  }];
  assert.deepEqual(withRows(rows, changed, OPTIONS), [
    { id: "a", version: 1 },
    { id: "b", version: 2 },
    { id: "c", version: 2 },
  ]);
  assert.deepEqual(
    withRows(rows, [{ id: "b", version: 3 }], { ...OPTIONS, keep: ({ version }) => version < 3 }),
    [
      { id: "c", version: 1 },
    ],
  );
});

// Pushes repeat after a reconnect; what a viewer shows must not depend on how often they came.
Deno.test("withRows() makes a repeat harmless", () => {
  const anyRows = fc.array(
    fc.record({ id: fc.constantFrom("a", "b", "c", "d"), version: fc.nat({ max: 5 }) }),
    { maxLength: 8 },
  );
  fc.assert(fc.property(anyRows, (changed) => {
    const once = withRows<Row>([], changed, OPTIONS);
    assert.deepEqual(withRows(once, once, OPTIONS), once);
  }));
});
