/**
 * Where PostgreSQL lies. An ordinary user has its data in the home and its programs in the cache. Root's home may be
 * closed to the unprivileged account that must run it, so root has both in a folder under the system's temp path.
 *
 * @module
 */

import { giveToAccount, isRoot, makeReachableFolder, ownerOf } from "./account.ts";
import { checkDisk, StackError } from "./fault.ts";
import { exists, makeFolder } from "./files.ts";
import type { Home, Memory } from "./home.ts";
import { copyPostgres, postgresPackage } from "./postgres_files.ts";
import type { Account } from "./process.ts";
import type { Scene } from "./server.ts";

export interface PostgresPlace {
  /** Holds `data` and the log; belongs to the account. */
  readonly folder: string;
  /** Holds `bin`, `lib` and `share`. */
  readonly programs: string;
  /** Set when we are root. */
  readonly account?: Account;
}

const PREFIX = "breakwater-postgres-";

/** The server's own folder, which holds its data and its log. */
export function postgresFolder(home: Home, { postgresFolder: away }: Pick<Memory, "postgresFolder">): string {
  return away === undefined ? `${home.folder}/postgres` : `${away}/server`;
}

/**
 * The folder under the temp path that root's stack uses, made when there is none.
 *
 * @returns Nothing for an ordinary user.
 * @throws {StackError} If it has vanished while Kafka's data, which belongs to it, has not.
 */
export async function awayFolder(home: Home, earlier: Memory | undefined): Promise<string | undefined> {
  if (!isRoot()) return undefined;
  const known = earlier?.postgresFolder;
  if (known !== undefined && await exists(known)) return known;
  const data = `${home.folder}/postgres/data`;
  if (await exists(data)) {
    const { uid } = await ownerOf(data);
    throw new StackError(
      `Cannot start as root: the stack in ${home.folder} belongs to user ${uid}, run it as that user`,
    );
  }
  if (known !== undefined && await exists(`${home.folder}/kafka/data`)) {
    throw new StackError(
      `Cannot start PostgreSQL: its folder ${known} is gone (was the temp path emptied?); ` +
        "`deno task stack:reset` deletes what is left in Kafka and starts afresh",
    );
  }
  return await makeReachableFolder(PREFIX);
}

/** Puts programs and a folder of its own where the server can use them. */
export async function preparePlace({ home, memory, report }: Scene): Promise<PostgresPlace> {
  const source = postgresPackage();
  const folder = postgresFolder(home, memory);
  const programs = `${memory.postgresFolder ?? home.cacheFolder}/postgres-${source.version}`;
  if (memory.postgresFolder !== undefined) await checkDisk(memory.postgresFolder);
  await makeFolder(programs, report, (part) => copyPostgres(source, part));
  if (memory.postgresFolder === undefined) {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    return { folder, programs };
  }
  await makeFolder(folder, report, giveToAccount);
  return { folder, programs, account: await ownerOf(folder) };
}
