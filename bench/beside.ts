/**
 * This checkout beside another one, in one run: they take turns, so that whatever else the machine does meets both.
 *
 * @module
 */

import { join } from "node:path";
import type { Servers } from "../tests/harness.ts";
import type { Result } from "./ingest.ts";

const OURS = join(import.meta.dirname!, "..");

type Measured = Pick<Result, "ingestPerSecond" | "consumerCpuSeconds" | "postgresCpuSeconds">;

/** Runs the benchmark of both checkouts in turns, on the same servers. Returns a table. */
export async function compareWith(
  checkout: string,
  pairs: number,
  args: readonly string[],
  servers: Servers,
  report: (line: string) => void,
): Promise<string> {
  const turns: { ours: Measured; theirs: Measured }[] = [];
  for (let turn = 1; turn <= pairs; turn++) {
    report(`turn ${turn} of ${pairs}`);
    const theirs = await measure(checkout, args, servers);
    turns.push({ theirs, ours: await measure(OURS, args, servers) });
  }
  return toTable(turns);
}

async function measure(checkout: string, args: readonly string[], servers: Servers): Promise<Measured> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", "bench/ingest.ts", "--json", ...args],
    cwd: checkout,
    env: { KAFKA_BROKERS: servers.brokers, DATABASE_URL: servers.databaseUrl },
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`the benchmark of ${checkout} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function toTable(turns: readonly { ours: Measured; theirs: Measured }[]): string {
  const lines = turns.map(({ ours, theirs }) => {
    const ratio = ours.ingestPerSecond / theirs.ingestPerSecond;
    const [cpu, theirCpu] = [cpuOf(ours), cpuOf(theirs)];
    const cells = [theirs.ingestPerSecond.toFixed(0), ours.ingestPerSecond.toFixed(0), ratio.toFixed(2)];
    const times = cpu === null || theirCpu === null
      ? ["unknown", "unknown", "unknown"]
      : [theirCpu.toFixed(2), cpu.toFixed(2), (theirCpu / cpu).toFixed(2)];
    return `| ${[...cells, ...times].join(" | ")} |`;
  });
  return [
    "| records/s beside | records/s here | ratio | processor s beside | processor s here | ratio |",
    "|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** Consumer and PostgreSQL together. */
function cpuOf({ consumerCpuSeconds, postgresCpuSeconds }: Measured): number | null {
  return consumerCpuSeconds === null || postgresCpuSeconds === null
    ? null
    : consumerCpuSeconds + postgresCpuSeconds;
}
