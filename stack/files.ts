/**
 * Files that may not be there, and folders that several commands may want to make at once.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { delay } from "../shared/platform/retry.ts";

const WAIT_NOTICE_MS = 1_000;

/** Swallows the one error that means "there is nothing to do". */
export function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

export async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, (error) => ignoreNotFound(error) ?? false);
}

export async function removeAll(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch(ignoreNotFound);
}

/** Runs `work` while no other process holds the lock file. The kernel takes a lock back when its holder dies. */
export async function withLock<T>(
  path: string,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  using file = await Deno.open(path, { create: true, write: true, mode: 0o600 });
  const notice = new AbortController();
  delay(WAIT_NOTICE_MS, notice.signal).then(
    () => report(`waiting for another command that holds ${path}`),
    () => {},
  );
  await file.lock(true);
  notice.abort();
  return await work();
}

/**
 * Makes a folder unless it is there. It appears under its name when `make` is done with the part, so that one cut
 * short is made again, and no reader sees half of it.
 */
export async function makeFolder(
  folder: string,
  report: (line: string) => void,
  make: (part: string) => Promise<void>,
): Promise<void> {
  if (await exists(folder)) return;
  const [dir, prefix] = [dirname(folder), `${basename(folder)}.part-`];
  await Deno.mkdir(dir, { recursive: true, mode: 0o700 });
  await withLock(`${folder}.lock`, report, async () => {
    if (await exists(folder)) return;
    for await (const { name } of Deno.readDir(dir)) {
      if (name.startsWith(prefix)) await removeAll(`${dir}/${name}`);
    }
    const part = await Deno.makeTempDir({ dir, prefix });
    try {
      await make(part);
      await Deno.rename(part, folder);
    } finally {
      await removeAll(part);
    }
  });
}
