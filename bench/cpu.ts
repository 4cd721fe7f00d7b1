/**
 * Processor time of processes of this machine, as Linux counts it. Null where there is no such count.
 *
 * @module
 */

import type { Database } from "../shared/platform/postgres.ts";

/** The kernel's unit in /proc, the same on every Linux that Deno runs on. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly name: string;
  readonly parent: number;
  readonly ownTicks: number;
  /** Of children that have ended. */
  readonly childrenTicks: number;
}

/** What a process has used until now. */
export function cpuSeconds(pid: number): number | null {
  const stat = readStat(pid);
  return stat === null ? null : stat.ownTicks / TICKS_PER_SECOND;
}

/** What a local server has used until now, with all of its processes, living and ended. */
export async function postgresCpuSeconds(database: Database): Promise<number | null> {
  const [row] = await database.query<{ pid: number }>("select pg_backend_pid() as pid");
  const postmaster = readStat(row!.pid)?.parent;
  const stat = postmaster === undefined ? null : readStat(postmaster);
  if (stat === null || stat.name !== "postgres") return null;
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter(Number.isInteger);
  const living = pids.map(readStat).filter((found) => found?.parent === postmaster);
  const ticks = living.reduce((sum, found) => sum + found!.ownTicks, stat.ownTicks + stat.childrenTicks);
  return ticks / TICKS_PER_SECOND;
}

// man 5 proc_pid_stat: the name is in brackets and may hold anything; 14 to 17 are the times.
function readStat(pid: number): Stat | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ").map(Number);
  const [parent, user, system, childrenUser, childrenSystem] = [1, 11, 12, 13, 14].map((at) => fields[at]!);
  return {
    name: text.slice(text.indexOf("(") + 1, end),
    parent: parent!,
    ownTicks: user! + system!,
    childrenTicks: childrenUser! + childrenSystem!,
  };
}
