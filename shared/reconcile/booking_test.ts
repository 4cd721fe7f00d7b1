import assert from "node:assert/strict";
import { type Booking, judgeBooking } from "./booking.ts";
import { BOOK, RULES, tolerance } from "./testdata/sides.ts";

const SOUND: Booking = { ...BOOK, reported: null, totalFees: "2.47" };
const rules = { ...RULES, tolerances: [tolerance({ id: "7", field: "total_fees", absolute: "0.01" })] };

const CASES: { name: string; booking: Partial<Booking>; want: string[] }[] = [
  { name: "nothing wrong with fees that add up", booking: {}, want: [] },
  { name: "nothing wrong with a cent too many", booking: { totalFees: "2.48" }, want: [] },
  { name: "fees that do not add up", booking: { totalFees: "2.49" }, want: ["fees: 2.49, not 2.47 (7)"] },
  {
    name: "what the source reports",
    booking: { reported: "Mismatch" },
    want: ["reported: Mismatch, not null (null)"],
  },
];

for (const { name, booking, want } of CASES) {
  Deno.test(`judgeBooking() finds ${name}`, () => {
    const found = judgeBooking({ ...SOUND, ...booking }, rules);
    assert.deepEqual(
      found.map(({ type, book, expected, toleranceId }) =>
        `${type}: ${book}, not ${expected} (${toleranceId})`
      ),
      want,
    );
  });
}
