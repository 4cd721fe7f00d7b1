/**
 * The one error of the local stack: something outside our reach is missing, taken or full. Its message is the whole
 * line a user sees: what could not be done, what was seen, what to do.
 *
 * @module
 */

import { statfs } from "node:fs/promises";

export class StackError extends Error {
  override readonly name = "StackError";
}

const DISK_FULL =
  "the disk is full, free some space or set BREAKWATER_HOME (as root TMPDIR too) to a folder on another disk";

// A full disk reaches the JVM as a fault in a memory-mapped index file, not as an error code.
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|ENOSPC|unsafe memory access operation|Disk quota exceeded/i, DISK_FULL],
  [
    /OutOfMemoryError|insufficient memory|Cannot allocate memory|could not map anonymous shared memory/i,
    "memory ran out",
  ],
  [/Address already in use|could not bind/i, "its port was taken by another program meanwhile"],
];

/** Room for both servers to start and to store a first day of trades. */
const FREE_MB_MIN = 128;
/** With less than this a disk counts as full when something failed on it. */
const FULL_MB = 4;
const LINE_CHARS_MAX = 300;

/**
 * Why a program failed, in plain words where we know the cause, else by its last line of error.
 *
 * @param output What it printed. A program on a full disk may print nothing, or a consequence.
 * @param folder Where it wrote.
 */
export async function findCause(output: string, folder: string): Promise<string> {
  const known = await findKnownCause(output, folder);
  if (known !== undefined) return known;
  const lines = output.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const error = lines.findLast((line) => /\b(error|fatal|panic|exception)\b/i.test(line)) ?? lines.at(-1);
  return error?.slice(0, LINE_CHARS_MAX) ?? "it printed nothing";
}

export async function findKnownCause(output: string, folder: string): Promise<string | undefined> {
  const known = KNOWN.find(([pattern]) => pattern.test(output));
  if (known) return known[1];
  return await freeMb(folder) < FULL_MB ? DISK_FULL : undefined;
}

/**
 * Looks before anything is written: servers that meet a full disk fail late and say it badly.
 *
 * @throws {StackError} If the disk under `folder` has too little room to start on.
 */
export async function checkDisk(folder: string): Promise<void> {
  const free = await freeMb(folder);
  if (free >= FREE_MB_MIN) return;
  throw new StackError(
    `Cannot start in ${folder}: ${free} MB are free there and ${FREE_MB_MIN} MB are needed: ${DISK_FULL}`,
  );
}

async function freeMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor(bavail * bsize / 1_048_576);
}

/** A refusal of the system in plain words; a fault of our own as it is, so that it shows where it is. */
export function toStackError(error: unknown): unknown {
  if (!(error instanceof Error) || !/\(os error \d+\)/.test(error.message)) return error;
  if (KNOWN[0]![0].test(error.message)) {
    return new StackError(`Cannot write: ${DISK_FULL} (${error.message})`);
  }
  return new StackError(
    `Cannot use the local stack's folders: ${error.message}; ` +
      "run it as the user who owns them, or set BREAKWATER_HOME to a folder of your own",
  );
}
