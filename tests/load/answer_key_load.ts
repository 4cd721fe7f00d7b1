/**
 * The proof of reconciliation at length: 50,000 fills of each scenario and of several seeds, with a consumer killed
 * in the middle, a replay from the start, and three consumers at once. Leaves its table in docs/load/.
 *
 * @module
 */

import { join } from "node:path";
import { FAULT_TYPES } from "../../producer/faults.ts";
import { SCENARIOS } from "../../producer/scenario.ts";
import { readServers, withWorld } from "../harness.ts";
import { assertProved, type Proved, proveReplay, proveRestart, proveThree, toTable } from "../key_proof.ts";
import { ROOT } from "../programs.ts";

const FILLS = 50_000;
const SEEDS = ["1", "2"];
const TABLE = join(ROOT, "docs", "load", "answer-key.md");

/** Late sides need a consumer that runs meanwhile, see `tests/scenarios_test.ts`. */
const EVERY_FAULT = ["--fault-mix", FAULT_TYPES.filter((type) => type !== "late").join()];
// Long enough ago for cut-offs and settlement dates to be over.
const WEEK = ["--start", "2026-11-09T09:00:00Z", "--until", "2026-11-20"];
const CHANGES = ["--bust-rate", "0.01", "--correct-rate", "0.02"];
const TAPES: { name: string; args: readonly string[] }[] = [
  { name: "no scenario", args: [] },
  { name: "every fault", args: [...EVERY_FAULT, ...CHANGES, ...WEEK] },
  ...SCENARIOS.map((name) => ({ name, args: ["--scenario", name] })),
];

const rows: (Proved & { readonly of: string })[] = [];

for (const seed of SEEDS) {
  for (const { name, args } of TAPES) {
    const of = `${name}, seed ${seed}`;
    const produced = ["--rate", "max", "--count", String(FILLS), "--seed", seed, ...args];

    Deno.test(`${of}: breaks are the key after a kill in the middle and a replay`, async () => {
      await withWorld(readServers(), async (world) => {
        const key = await world.produceWithKey(produced);
        for (const proof of [proveRestart, proveReplay]) await keep(of, await proof(world, key));
      });
    });

    Deno.test(`${of}: breaks are the key with three consumers at once`, async () => {
      await withWorld(readServers(), async (world) => {
        const key = await world.produceWithKey(produced);
        await keep(of, await proveThree(world, key));
      });
    });
  }
}

/** The table is written line by line, so that a run that is ended early leaves what it had. */
async function keep(of: string, proved: Proved): Promise<void> {
  rows.push({ ...proved, of });
  const head = `Breaks found beside the answer key, as sets of (type, trade): ${FILLS} fills a tape.\n\n`;
  await Deno.mkdir(join(TABLE, ".."), { recursive: true });
  await Deno.writeTextFile(TABLE, `${head}${toTable(rows)}\n`);
  console.log(toTable(rows));
  assertProved(proved);
}
