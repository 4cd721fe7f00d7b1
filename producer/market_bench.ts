import { WEEKDAY_CLOCK } from "./clock.ts";
import { tape } from "./market.ts";

Deno.bench("tape(), 1000 fills with all their records", () => {
  const options = {
    startMs: Date.parse("2026-11-16"),
    clock: WEEKDAY_CLOCK,
    intervalMs: 1_333,
    fills: 1_000,
  };
  for (const _ of tape({ ...options, seed: "a", untilMs: null, faultShare: 0.015, sides: "both" }));
});
