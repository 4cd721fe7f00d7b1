/**
 * The scenarios that come along: each makes what it says, and what is found in it is its answer key.
 *
 * @module
 */

import assert from "node:assert/strict";
import { FAULT_TYPES } from "../producer/faults.ts";
import { SCENARIOS } from "../producer/scenario.ts";
import { worldTest } from "./harness.ts";
import { assertProved, proveReplay, proveRestart, proveThree } from "./key_proof.ts";
import { until } from "./programs.ts";

const FILLS = ["--rate", "max", "--count", "1500", "--seed", "proof", "--break-rate", "0.1"];

for (const scenario of SCENARIOS) {
  worldTest(`${scenario}: breaks are the key, after a kill in the middle and a replay`, async (world) => {
    const key = await world.produceWithKey([...FILLS, "--scenario", scenario]);
    assert(key.length > 75, "too few faults to prove anything");
    assertProved(await proveRestart(world, key));
    assertProved(await proveReplay(world, key));
  });
}

worldTest("every kind of fault at once, and three consumers: breaks are the key", async (world) => {
  const all = FAULT_TYPES.filter((type) => type !== "late");
  const mix = [
    "--break-rate",
    "0.3",
    "--fault-mix",
    all.join().replace("unaffirmed", "unaffirmed=6"),
    "--bust-rate",
    "0.02",
    "--correct-rate",
    "0.02",
  ];
  // Long enough ago for cut-offs and settlement dates to be over.
  const days = ["--start", "2026-11-16T09:00:00Z", "--until", "2026-11-21"];
  const key = await world.produceWithKey([...FILLS, ...mix, ...days]);
  assert.deepEqual(new Set(key.map(({ type }) => type)), new Set(all));
  assertProved(await proveThree(world, key));
});

worldTest("a side that comes after the grace period is late, and nothing else", async (world) => {
  const consumer = world.start("consume");
  const late = ["--fault-mix", "late,price", "--late-after", "12"];
  const key = await world.produceWithKey([...FILLS, "--count", "300", ...late]);
  assert(key.some(({ type }) => type === "late"));
  await until("all of it is read", async () => {
    const [row] = await world.database.query<{ left: string }>(
      "select sum(end_offset - next_offset) as left from ingest_progress",
    );
    return row!.left === "0";
  });
  consumer.kill("SIGTERM");
  assert.equal((await consumer.status).code, 0);
  assertProved(await proveThree(world, key));
});
