/**
 * The commands that wrap ours: `npx deno task demo` is npm, a shell, `deno task` and then us. npm passes SIGTERM to
 * nobody, and a killed wrapper tells nobody, so the only sign is that the chain of parents is broken.
 *
 * @module
 */

import { delay } from "../shared/platform/retry.ts";
import { runToEnd } from "./process.ts";

export interface Ancestor {
  readonly pid: number;
  readonly ppid: number;
  readonly isZombie: boolean;
}

const POLL_MS = 500;
const CHAIN_MAX = 16;

/** Our parent and the wrappers above it, nearest first. */
export async function readWrappers(): Promise<Ancestor[]> {
  const chain: Ancestor[] = [];
  let pid = Deno.ppid;
  while (pid > 1 && chain.length < CHAIN_MAX) {
    const [ancestor] = await readProcesses([pid]);
    if (ancestor === undefined) break;
    if (chain.length > 0 && !isWrapper(await readCommand(pid))) break;
    chain.push(ancestor);
    pid = ancestor.ppid;
  }
  return chain;
}

/** Resolves once one of them is gone, or never. */
export async function untilBroken(chain: readonly Ancestor[], signal: AbortSignal): Promise<void> {
  for (;;) {
    await delay(POLL_MS, signal);
    if (isBroken(chain, Deno.ppid, await readProcesses(chain.map(({ pid }) => pid)))) return;
  }
}

/** True if somebody of the chain is gone, a zombie, or another one's child than before. The last one's parent is free. */
export function isBroken(chain: readonly Ancestor[], ppid: number, seen: readonly Ancestor[]): boolean {
  if (chain.length === 0) return false;
  if (ppid !== chain[0]!.pid) return true;
  return chain.some(({ pid, ppid }, index) => {
    const now = seen.find((process) => process.pid === pid);
    const isLast = index === chain.length - 1;
    return now === undefined || now.isZombie || (!isLast && now.ppid !== ppid);
  });
}

/** True for a command that only starts another one: a task runner, or a shell that was given its command. */
export function isWrapper(command: string): boolean {
  return /^(\S*\/)?(deno|node|nodejs|npm|npx|pnpm|yarn|bun)\b|^(\S*\/)?(ba|da|z|)sh -c /.test(command);
}

async function readProcesses(pids: readonly number[]): Promise<Ancestor[]> {
  if (pids.length === 0) return [];
  // Deno itself may not read /proc; see process.ts.
  const { output } = Deno.build.os === "linux"
    ? await runToEnd("/bin/cat", pids.map((pid) => `/proc/${pid}/stat`))
    : await runToEnd("/bin/ps", ["-o", "pid=,stat=,ppid=", "-p", pids.join(",")]);
  const line = Deno.build.os === "linux" ? /^(\d+) \(.*\) (\S) (\d+) /gm : /^ *(\d+) +(\S)\S* +(\d+)/gm;
  return [...output.matchAll(line)].map(([, pid, state, ppid]) => {
    return { pid: Number(pid), ppid: Number(ppid), isZombie: state === "Z" };
  });
}

async function readCommand(pid: number): Promise<string> {
  const { output } = Deno.build.os === "linux"
    ? await runToEnd("/bin/cat", [`/proc/${pid}/cmdline`])
    : await runToEnd("/bin/ps", ["-o", "command=", "-p", String(pid)]);
  return output.replaceAll("\0", " ");
}
