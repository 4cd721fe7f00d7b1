import assert from "node:assert/strict";
import { sumOf } from "./Fees.tsx";

const CASES: [amounts: string[], sum: string][] = [
  [["9.65", "1.93", "0"], "11.58"],
  [["0.1", "0.2", "0.0000003"], "0.3000003"],
  [["-1.50", "1", "0.25"], "-0.25"],
  [["12345678901234567890.12", "0.88", "0"], "12345678901234567891.00"],
  [[], "0"],
];

for (const [amounts, sum] of CASES) {
  Deno.test(`sumOf() of ${amounts.join(", ")} is ${sum}`, () => assert.equal(sumOf(amounts), sum));
}
