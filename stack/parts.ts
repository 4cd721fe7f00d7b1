/**
 * The programs of a demo: each runs the command of its task, says what it has to say behind its name, and is ended
 * by us alone.
 *
 * @module
 */

import { resolve } from "node:path";
import { PARENT } from "../shared/platform/orphan.ts";
import { delay } from "../shared/platform/retry.ts";
import { ignoreNotFound } from "./files.ts";

export interface Part {
  readonly name: string;
  /** Why it ended, in words; resolves when it has ended and all it said is passed on. */
  readonly ended: Promise<{ success: boolean; why: string }>;
  /** The first line of its standard output that matches. Never resolves if there is none. */
  line(pattern: RegExp): Promise<string>;
  /** Asks it to end, and ends it when it does not. */
  stop(): Promise<void>;
}

const CHECKOUT = resolve(import.meta.dirname!, "..");
/** A consumer commits the batch it has in hand; a stuck one is not waited for. */
const STOP_MAX_MS = 8_000;

/** The arguments of `deno` in a task of deno.json: the permissions are written there and nowhere else. */
export function taskArgs(tasks: Readonly<Record<string, string>>, task: string): string[] {
  const [deno, ...args] = tasks[task]?.split(" ") ?? [];
  if (deno !== "deno") throw new Error(`Cannot run task ${task} of deno.json: it is not a deno command`);
  return args;
}

/**
 * Starts the program of a task. It has a session of its own, so that Ctrl-C reaches only us and it can finish.
 *
 * @param say Takes each line it prints.
 */
export function startPart(
  name: string,
  task: string,
  args: readonly string[],
  { env, say }: { env: Readonly<Record<string, string>>; say: (line: string) => void },
): Part {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${CHECKOUT}/deno.json`));
  const child = new Deno.Command(Deno.execPath(), {
    args: [...taskArgs(tasks, task), ...args],
    env: { ...env, [PARENT]: String(Deno.pid) },
    cwd: CHECKOUT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  const lines: string[] = [];
  const waiting: { pattern: RegExp; found: (line: string) => void }[] = [];
  let lastError = "";
  const reading = [
    readLines(child.stdout, (line) => {
      lines.push(line);
      for (const { pattern, found } of waiting) if (pattern.test(line)) found(line);
      say(line);
    }),
    readLines(child.stderr, (line) => {
      lastError = line;
      say(line);
    }),
  ];
  const ended = Promise.all([child.status, ...reading]).then(([{ success, code, signal }]) => {
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    return { success, why: `${name} ${how}${lastError && `: ${lastError}`}` };
  });
  return {
    name,
    ended,
    line: (pattern) => {
      const { promise, resolve: found } = Promise.withResolvers<string>();
      const seen = lines.find((line) => pattern.test(line));
      if (seen === undefined) waiting.push({ pattern, found });
      else found(seen);
      return promise;
    },
    stop: async () => {
      signalGroup(child.pid, "SIGTERM");
      const waited = new AbortController();
      const late = delay(STOP_MAX_MS, waited.signal).then(() => {
        say(`does not end within ${STOP_MAX_MS / 1_000} s and is killed`);
        signalGroup(child.pid, "SIGKILL");
      }, () => {});
      await ended;
      waited.abort();
      await late;
    },
  };
}

/** Reaches what the program started itself, too; it may all be gone. */
function signalGroup(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(-pid, signal);
  } catch (error) {
    ignoreNotFound(error);
  }
}

async function readLines(stream: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    lines.forEach(onLine);
  }
  if (rest !== "") onLine(rest);
}
