/**
 * The unprivileged user that root runs PostgreSQL as, and a folder that this user can reach.
 *
 * @module
 */

import { StackError } from "./fault.ts";
import { type Account, runToEnd } from "./process.ts";

/** Users that exist to own nothing, best first. */
const NAMES = ["nobody", "daemon", "postgres"];

/** True when PostgreSQL would refuse to run as the user we are. */
export function isRoot(): boolean {
  return Deno.uid() === 0;
}

/**
 * Picks an account of this machine and gives it `folder`. A container may know a user that it cannot change to,
 * so it takes the first that works. The account must have a name: initdb asks for it.
 *
 * @throws {StackError} If there is none.
 */
export async function giveToAccount(folder: string): Promise<void> {
  let seen = "none of them exists";
  for (const account of readAccounts(await Deno.readTextFile("/etc/passwd"))) {
    try {
      return await Deno.chown(folder, account.uid, account.gid);
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error);
    }
  }
  throw new StackError(
    `PostgreSQL does not run as root, and none of the users ${NAMES.join(", ")} can run it (${seen}): ` +
      "run this as an ordinary user",
  );
}

/** The account that owns a folder given to it earlier. */
export async function ownerOf(folder: string): Promise<Account> {
  const { uid, gid } = await Deno.stat(folder);
  return { uid: uid!, gid: gid! };
}

/** A new folder under the system's temp path that every user may enter and that programs may run in. */
export async function makeReachableFolder(prefix: string): Promise<string> {
  for (const dir of [Deno.env.get("TMPDIR"), "/tmp", "/var/tmp"]) {
    if (!dir || !await isReachable(dir)) continue;
    const folder = await Deno.makeTempDir({ dir: await Deno.realPath(dir), prefix });
    await Deno.chmod(folder, 0o755);
    if (await mayExecute(folder)) return folder;
    await Deno.remove(folder);
  }
  throw new StackError(
    "Cannot find a temp folder that every user may enter and that programs may run in: set TMPDIR to one",
  );
}

export function readAccounts(passwd: string): Account[] {
  const users = passwd.split("\n").map((line) => line.split(":"));
  return NAMES.flatMap((name) => {
    const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
    return Number(uid) > 0 ? [{ uid: Number(uid), gid: Number(gid) }] : [];
  });
}

async function isReachable(dir: string): Promise<boolean> {
  const parts = (await Deno.realPath(dir).catch(() => "")).split("/");
  for (let length = parts.length; length > 0; length--) {
    const stat = await Deno.stat(parts.slice(0, length).join("/") || "/").catch(() => undefined);
    if (!stat?.isDirectory || (stat.mode! & 0o001) === 0) return false;
  }
  return true;
}

// A temp path is often mounted without the right to run what lies there.
async function mayExecute(folder: string): Promise<boolean> {
  const script = `${folder}/script`;
  await Deno.writeTextFile(script, "#!/bin/sh\n", { mode: 0o700 });
  try {
    return (await runToEnd(script, [])).success;
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  } finally {
    await Deno.remove(script);
  }
}
