import { WEEKDAY_CLOCK } from "./clock.ts";
import { FIX_VERSIONS } from "./fix_version.ts";
import { tape } from "./market.ts";

const OPTIONS = {
  seed: "a",
  startMs: Date.parse("2026-11-16"),
  clock: WEEKDAY_CLOCK,
  intervalMs: 1_333,
  fills: 1_000,
  untilMs: null,
  faultShare: 0.015,
  bustShare: 0,
  correctionShare: 0,
  sides: "both" as const,
};

for (const fixVersion of FIX_VERSIONS) {
  Deno.bench(`tape(), 1000 fills with all their records, FIX ${fixVersion}`, () => {
    for (const _ of tape({ ...OPTIONS, fixVersion }));
  });
}
