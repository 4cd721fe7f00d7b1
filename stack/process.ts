/**
 * Processes: running one to its end, starting a server that outlives us, and finding and stopping servers.
 *
 * A server is known by an argument of its command line that no other process has (it names the home), not by a
 * stored process id: ids are reused, and a file with one can be lost between the start and its writing.
 *
 * @module
 */

import { delay } from "../shared/platform/retry.ts";
import { StackError } from "./fault.ts";
import { ignoreNotFound } from "./files.ts";

/** The unprivileged user that root runs PostgreSQL as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly account?: Account | undefined;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const POLL_MS = 25;
/** For the tools that every system has, whatever the user's PATH says. */
const SYSTEM_PATH = { PATH: "/usr/bin:/bin" };
// PostgreSQL prints what we search for in the language of the user, unless told otherwise.
const PLAIN_ENV = { LC_ALL: "C", LANGUAGE: "C" };

/** Runs a command to its end; both of its streams come back as one text. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  { cwd, account, input, env, signal }: RunOptions = {},
): Promise<{ success: boolean; output: string }> {
  const child = new Deno.Command(command, {
    args: [...args],
    env: { ...PLAIN_ENV, ...env },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    ...account,
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    child.output(),
    input && feed(child.stdin, input),
  ]);
  signal?.throwIfAborted();
  const text = new TextDecoder();
  return { success, output: text.decode(stdout) + text.decode(stderr) };
}

// A command that ends without reading says why in its output.
async function feed(stdin: WritableStream<Uint8Array>, input: string): Promise<void> {
  try {
    await new Blob([input]).stream().pipeTo(stdin);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/**
 * Starts a server in a session of its own, so that neither the end of this process nor a Ctrl-C in its terminal
 * reaches it. Its output goes to `logFile`; the log of the start before is kept beside it.
 */
export async function startServer(
  command: readonly string[],
  { cwd, account, logFile }: { cwd: string; account?: Account | undefined; logFile: string },
): Promise<void> {
  await Deno.rename(logFile, `${logFile}.1`).catch(ignoreNotFound);
  // The shell opens the log as the server's own user, and becomes the server.
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", 'log=$0; exec "$@" >>"$log" 2>&1', logFile, ...command],
    env: PLAIN_ENV,
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
    ...account,
  }).spawn();
  child.unref();
}

/**
 * The ids of all processes that have `mark` among their arguments. A zombie has none and is not found.
 *
 * On Linux grep reads the arguments, because Deno opens /proc to no program without full permissions, and small
 * images have no ps. The mark goes in by standard input, so that no search finds itself or another one.
 */
export async function findProcesses(mark: string): Promise<number[]> {
  if (Deno.build.os !== "linux") return await findByPs(mark);
  const search = "exec grep -lzxF -f /dev/stdin /proc/[0-9]*/cmdline 2>/dev/null";
  const { output } = await runToEnd("/bin/sh", ["-c", search], { input: `${mark}\n`, env: SYSTEM_PATH });
  return toPids(output.matchAll(/^\/proc\/(\d+)\/cmdline$/gm));
}

/** The ids of processes that work in `folder`: what a killed server may have left, known on Linux alone. */
export async function findProcessesIn(folder: string): Promise<number[]> {
  if (Deno.build.os !== "linux") return [];
  const { output } = await runToEnd("/bin/sh", ["-c", "exec ls -l /proc/[0-9]*/cwd 2>/dev/null"], {
    env: SYSTEM_PATH,
  });
  const lines = output.split("\n").filter((line) => line.endsWith(` -> ${folder}`)).join("\n");
  return toPids(lines.matchAll(/ \/proc\/(\d+)\/cwd -> /g));
}

/**
 * Sends each signal in turn to what `find` finds, and gives each its time, until nothing is left.
 *
 * @throws {StackError} If something is left after the last signal.
 */
export async function stopProcesses(
  what: string,
  find: () => Promise<number[]>,
  steps: readonly { signal: Deno.Signal; withinMs: number }[],
): Promise<void> {
  for (const { signal, withinMs } of steps) {
    for (const pid of await find()) kill(pid, signal);
    const deadlineMs = Date.now() + withinMs;
    while (Date.now() < deadlineMs) {
      if ((await find()).length === 0) return;
      await delay(POLL_MS);
    }
  }
  const left = await find();
  if (left.length > 0) throw new StackError(`Cannot stop ${what}: process ${left.join(", ")} is still there`);
}

function kill(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    ignoreNotFound(error);
  }
}

async function findByPs(mark: string): Promise<number[]> {
  const { output } = await runToEnd("ps", ["-axww", "-o", "pid=,command="], { env: SYSTEM_PATH });
  const lines = output.split("\n").filter((line) => `${line} `.includes(` ${mark} `)).join("\n");
  return toPids(lines.matchAll(/^ *(\d+) /gm));
}

function toPids(found: Iterable<RegExpMatchArray>): number[] {
  return [...found].map(([, pid]) => Number(pid));
}
