import assert from "node:assert/strict";
import { streetValueUsd } from "./street_value.ts";

const CASES: [instrument: string, quantity: string, price: string, want: string | null][] = [
  ["AAPL", "100", "271.50", "27150.00"],
  ["US0378331005", "100", "271.50", "27150.00"],
  ["ESZ6", "2", "6600.25", "660025.00"],
  ["EUR/USD", "50000", "1.1605", "58025.00"],
  ["SAP", "10", "100", "1160.50"],
  ["NOBODY KNOWS", "10", "100", null],
];

for (const [instrument, quantity, price, want] of CASES) {
  Deno.test(`streetValueUsd() of ${quantity} ${instrument} at ${price} is ${want}`, () => {
    assert.equal(streetValueUsd({ instrument, quantity, price, tradeDate: "2026-11-23" }), want);
  });
}
