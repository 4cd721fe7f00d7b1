/**
 * The proof of reconciliation over scenarios that nobody wrote: any mix of faults, brokers, rates and replays, on any
 * start, in any FIX version, with a consumer killed in the middle or three at once. A failure prints its scenario.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { FAULT_TYPES, type FaultType } from "../../producer/faults.ts";
import { FIX_VERSIONS } from "../../producer/fix_version.ts";
import { readServers, withWorld } from "../harness.ts";
import { assertProved, proveReplay, proveRestart, proveThree } from "../key_proof.ts";

const FILLS = 3_000;
const TAPES = 20;
/** Few fills can have these, so they are drawn more often. */
const RARE: ReadonlySet<FaultType> = new Set<FaultType>(["unaffirmed", "allocation", "fees"]);
const FIRST_START = Date.parse("2024-06-03");
const LAST_START = Date.parse("2026-10-30");

/** Late sides need a consumer that runs meanwhile, see `tests/scenarios_test.ts`. */
const anyMix = fc.subarray(FAULT_TYPES.filter((type) => type !== "late"), { minLength: 1 })
  .map((types) => Object.fromEntries(types.map((type) => [type, RARE.has(type) ? 10 : 1])));
const anyScenario = fc.record({
  perMinute: fc.constantFrom(3, 45, 600),
  phases: fc.constantFrom([], [{ minutes: 10, times: 3 }, { minutes: 30, times: 0.2 }]),
  faults: fc.record({ mix: anyMix, share: fc.constantFrom(0.05, 0.3) }),
  bustShare: fc.constantFrom(0, 0.05, 0.2),
  correctionShare: fc.constantFrom(0, 0.05, 0.2),
  curedFailShare: fc.constantFrom(0, 0.1),
  runOnHours: fc.constantFrom(0, 20, 60, 150),
  brokers: fc.constantFrom({}, { Citi: { faults: 3, busts: 4 }, UBS: { faults: 0, corrections: 2 } }),
  replay: fc.constantFrom(null, { everyFills: 150, records: 300, resends: 60 }),
});
const anyTape = fc.record({
  scenario: anyScenario,
  seed: fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."abc123") }),
  start: fc.integer({ min: FIRST_START, max: LAST_START }).map((startMs) => new Date(startMs).toISOString()),
  fixVersion: fc.constantFrom(...FIX_VERSIONS),
});

const runSeed = Date.now();
for (
  const [at, { scenario, seed, start, fixVersion }] of fc.sample(anyTape, { numRuns: TAPES, seed: runSeed })
    .entries()
) {
  Deno.test(`any scenario, ${at + 1} of ${TAPES} by seed ${runSeed}: breaks are the key`, async () => {
    const file = await Deno.makeTempFile({ suffix: ".json" });
    await Deno.writeTextFile(file, JSON.stringify(scenario));
    const flags = ["--seed", seed, "--start", start, "--fix-version", fixVersion];
    try {
      await withWorld(readServers(), async (world) => {
        const produced = ["--scenario", file, "--rate", "max", "--count", String(FILLS), ...flags];
        const key = await world.produceWithKey(produced);
        if (at % 2 === 0) return assertProved(await proveThree(world, key));
        assertProved(await proveRestart(world, key));
        assertProved(await proveReplay(world, key));
      });
    } catch (error) {
      assert.fail(`${(error as Error).message}\n${flags.join(" ")} of ${JSON.stringify(scenario)}`);
    } finally {
      await Deno.remove(file);
    }
  });
}
