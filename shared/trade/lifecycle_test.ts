import assert from "node:assert/strict";
import { ACTORS, isLegalStep, NEXT_STAGES, STEPS } from "./lifecycle.ts";
import { EVENT_TYPES, STAGES } from "./trade.ts";

Deno.test("NEXT_STAGES leads from booking to settlement, and nowhere from the end", () => {
  assert.deepEqual(NEXT_STAGES, {
    pending_confirmation: ["confirmed", "cancelled"],
    confirmed: ["settlement_pending", "cancelled"],
    settlement_pending: ["settled", "cancelled"],
    settled: [],
    cancelled: [],
  });
});

Deno.test("isLegalStep() lets every stage stay, and skips none", () => {
  for (const stage of STAGES) assert(isLegalStep(stage, stage), stage);
  assert(!isLegalStep("settled", "confirmed"));
  assert(!isLegalStep("pending_confirmation", "settled"));
  assert(!isLegalStep("cancelled", "confirmed"));
});

Deno.test("STEPS names each step once, and for each who causes it and by which version", () => {
  const names = STEPS.map(({ from, to }) => `${from}>${to}`);
  assert.equal(new Set(names).size, names.length);
  for (const { from, to, by, actors } of STEPS) {
    assert(by.length > 0 && by.every((event) => EVENT_TYPES.includes(event)), `${from}>${to}`);
    assert(actors.length > 0 && actors.every((actor) => ACTORS.includes(actor)), `${from}>${to}`);
    assert.equal(by.includes("cancelled"), to === "cancelled");
  }
});
