import { WEEKDAY_CLOCK } from "./clock.ts";
import { FIX_VERSIONS } from "./fix_version.ts";
import { PLAIN_DAY, tape } from "./market.ts";

const OPTIONS = {
  ...PLAIN_DAY,
  seed: "a",
  startMs: Date.parse("2026-11-16"),
  clock: WEEKDAY_CLOCK,
  intervalMs: 1_333,
  fills: 1_000,
  faultShare: 0.015,
};

for (const fixVersion of FIX_VERSIONS) {
  Deno.bench(`tape(), 1000 fills with all their records, FIX ${fixVersion}`, () => {
    for (const _ of tape({ ...OPTIONS, fixVersion }));
  });
}
