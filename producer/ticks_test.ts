import assert from "node:assert/strict";
import { averageText, priceText, readTick, toTicks } from "./ticks.ts";

const PRICES = [
  { tick: "0.015625", price: "92.406250" },
  { tick: "0.25", price: "6652.25" },
  { tick: "1", price: "5655" },
  { tick: "0.00001", price: "0.65420" },
];

for (const { tick, price } of PRICES) {
  Deno.test(`priceText() writes ${price} in ticks of ${tick} as it was`, () => {
    assert.equal(priceText(toTicks(price, readTick(tick)), readTick(tick)), price);
  });
}

Deno.test("averageText() weighs by quantity and rounds half up", () => {
  const tick = readTick("0.01");
  assert.equal(averageText(10_000 * 1 + 10_100 * 2, 3, tick), "100.6667");
  assert.equal(averageText(1, 8, readTick("1")), "0.13");
});
