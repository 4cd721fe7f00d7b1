/**
 * Files that may not be there.
 *
 * @module
 */

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
