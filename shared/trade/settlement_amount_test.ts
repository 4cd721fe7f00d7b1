import assert from "node:assert/strict";
import { settlementAmountOf, variationOf } from "./settlement_amount.ts";

// 250,000 face of a Treasury at 98.40625 with 61 of 181 days of a 4.25 % coupon accrued.
const BOND = { principal: "246015.63", accruedInterest: "1790.40", fees: "29.52" };

const AMOUNTS: { name: string; of: Parameters<typeof settlementAmountOf>[0]; want: string }[] = [
  { name: "a bought bond: fees on top", of: { side: "buy", ...BOND }, want: "247835.55" },
  { name: "a sold bond: fees off", of: { side: "sell", ...BOND }, want: "247776.51" },
  {
    name: "a bought share",
    of: { side: "buy", principal: "80523.00", accruedInterest: "0", fees: "20.13" },
    want: "80543.13",
  },
  {
    name: "a trade whose fees are billed apart",
    of: { side: "sell", principal: "1160570.00", accruedInterest: "0", fees: "0" },
    want: "1160570.00",
  },
];
for (const { name, of, want } of AMOUNTS) {
  Deno.test(`settlementAmountOf() gives ${want} for ${name}`, () =>
    assert.equal(settlementAmountOf(of), want));
}

const ES = { quantity: "3", multiplier: "50", from: "6652.25" };
const VARIATIONS: { name: string; of: Parameters<typeof variationOf>[0]; want: string }[] = [
  { name: "a rise to who is long", of: { side: "buy", ...ES, to: "6660.00" }, want: "1162.50" },
  { name: "a rise from who is short", of: { side: "sell", ...ES, to: "6660.00" }, want: "-1162.50" },
  {
    name: "a fall below zero from who is long",
    of: { side: "buy", quantity: "2", multiplier: "1000", from: "18.27", to: "-37.63" },
    want: "-111800.00",
  },
];
for (const { name, of, want } of VARIATIONS) {
  Deno.test(`variationOf() pays ${want} of ${name}`, () => assert.equal(variationOf(of), want));
}
