import assert from "node:assert/strict";
import fc from "fast-check";
import { addFees, centsOf, centsText, feesInCents, shareOfFees } from "./cents.ts";

const anyCents = fc.integer({ min: 0, max: 10_000_000_000 });
const anyFees = fc.record({ brokerage: anyCents, clearing: anyCents, exchange: anyCents }).map((fees) => ({
  ...fees,
  total: fees.brokerage + fees.clearing + fees.exchange,
}));

Deno.test("centsOf() reads back what centsText() writes, and whole amounts", () => {
  fc.assert(fc.property(anyCents, (cents) => assert.equal(centsOf(centsText(cents)), cents)));
  assert.deepEqual(["450000000", "0.05", "24.60"].map(centsOf), [45_000_000_000, 5, 2_460]);
  assert.deepEqual([-5, 0, 100].map(centsText), ["-0.05", "0.00", "1.00"]);
});

Deno.test("shareOfFees() leaves a rest, and both add up to the fees and to their totals", () => {
  fc.assert(
    fc.property(anyFees, fc.double({ min: 0.01, max: 1, noNaN: true }), (fees, part) => {
      const ours = shareOfFees(fees, part);
      const theirs = addFees(fees, ours, -1);
      assert.deepEqual(addFees(ours, theirs, 1), fees);
      for (const each of [ours, theirs]) {
        assert.equal(each.total, each.brokerage + each.clearing + each.exchange);
        assert(Object.values(each).every((cents) => cents >= 0));
      }
    }),
  );
});

Deno.test("feesInCents() keeps the total of the schedule", () => {
  const fees = { brokerage: "24.60", clearing: "4.92", exchange: "0.00", total: "29.52" };
  assert.deepEqual(feesInCents(fees), { brokerage: 2_460, clearing: 492, exchange: 0, total: 2_952 });
});
