import assert from "node:assert/strict";
import { claimOf, daysLate, type Late } from "./settlement_claim.ts";

const LATE: Late = {
  currency: "USD",
  principal: "1000000.00",
  quantity: "5000",
  settledQuantity: null,
  settlementDate: "2026-11-20",
};

const CLAIMS: { name: string; late: Partial<Late>; day: string; want: string | null; days?: number }[] = [
  { name: "nothing on the day it is due", late: {}, day: "2026-11-20", want: null },
  {
    name: "over a weekend: 1,000,000 x 3.64 % x 3 / 360",
    late: {},
    day: "2026-11-23",
    want: "303.33",
    days: 3,
  },
  {
    name: "of what is open: two fifths of it",
    late: { settledQuantity: "3000" },
    day: "2026-11-23",
    want: "121.33",
    days: 3,
  },
  {
    name: "nothing of what is settled whole",
    late: { settledQuantity: "5000" },
    day: "2026-11-23",
    want: "0.00",
    days: 3,
  },
  {
    name: "in pounds by 365: 1,000,000 x 3.72 % x 10 / 365",
    late: { currency: "GBP" },
    day: "2026-11-30",
    want: "1019.18",
    days: 10,
  },
  {
    name: "as in dollars where a currency has no rate",
    late: { currency: "SEK" },
    day: "2026-11-21",
    want: "101.11",
  },
];
for (const { name, late, day, want, days } of CLAIMS) {
  Deno.test(`claimOf() estimates ${name}`, () => {
    const claim = claimOf({ ...LATE, ...late }, day);
    assert.equal(claim?.amount ?? null, want);
    if (days !== undefined) assert.equal(claim?.days, days);
  });
}

Deno.test("claimOf() names its rate", () => {
  const claim = claimOf(LATE, "2026-11-23")!;
  assert.deepEqual([claim.rate, claim.basis, claim.source], ["0.0364", 360, "SOFR as of 2026-11-20"]);
});

Deno.test("daysLate() counts calendar days, and none before it is due", () => {
  assert.deepEqual(["2026-11-19", "2026-11-20", "2026-12-01"].map((day) => daysLate("2026-11-20", day)), [
    0,
    0,
    11,
  ]);
});
