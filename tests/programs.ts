/**
 * Runs the real programs as a user does: the command of their task, with the permissions that it names.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname!, "..");

export interface Program {
  readonly pid: number;
  /** What it wrote to stdout so far. */
  output(): string;
  /** What it wrote to stderr so far. */
  log(): string;
  kill(signal: Deno.Signal): void;
  readonly status: Promise<Deno.CommandStatus>;
  /** Settles when it has ended: with what went wrong, or null when it ended well or was asked to. */
  readonly accident: Promise<string | null>;
}

export type Settings = Readonly<Record<string, string>>;

const POLL_MS = 20;
const WAIT_MAX_MS = 60_000;

/** The arguments of `deno` in a task of deno.json that starts one program. */
function commandOf(task: string): string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));
  const [deno, ...args] = (tasks[task] as string).split(" ");
  assert.equal(deno, "deno", `task ${task} starts another program than deno`);
  return args;
}

/** Starts a task's program itself, without the shell of the task, so that a signal reaches it. */
export function startProgram(task: string, args: readonly string[], settings: Settings): Program {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...commandOf(task), ...args],
    env: { ...settings },
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = gather(child.stdout);
  const log = gather(child.stderr);
  const status = Promise.all([child.status, output.done, log.done]).then(([status]) => status);
  let asked = false;
  return {
    pid: child.pid,
    output: () => output.text,
    log: () => log.text,
    kill: (signal) => {
      asked = true;
      try {
        child.kill(signal);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended by itself
      }
    },
    status,
    accident: status.then(({ code }) => asked || code === 0 ? null : `${task} ended by itself with ${code}`),
  };
}

/** Runs a task's program to its end, which must be a good one, and returns its stdout. */
export async function runProgram(task: string, args: readonly string[], settings: Settings): Promise<string> {
  const program = startProgram(task, args, settings);
  const { code } = await program.status;
  assert.equal(code, 0, `${task} ${args.join(" ")} ended with ${code}:\n${program.log().slice(-4_000)}`);
  return program.output();
}

function gather(stream: ReadableStream<Uint8Array>): { text: string; done: Promise<void> } {
  const gathered = { text: "", done: Promise.resolve() };
  gathered.done = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) gathered.text += decoder.decode(chunk, { stream: true });
  })();
  return gathered;
}

/** Waits until something is true. `what` completes "waited … s until …"; it may tell what was seen last. */
export async function until(
  what: string | (() => string),
  isTrue: () => boolean | Promise<boolean>,
  waitMaxMs = WAIT_MAX_MS,
): Promise<void> {
  const deadlineMs = Date.now() + waitMaxMs;
  while (!(await isTrue())) {
    if (Date.now() > deadlineMs) {
      assert.fail(`waited ${waitMaxMs / 1_000} s until ${typeof what === "string" ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
