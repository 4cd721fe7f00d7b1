/**
 * Where PostgreSQL lies. An ordinary user has its data in the home and its programs in the cache. Root's home may be
 * closed to the unprivileged account that must run it, so root has both in a folder under the system's temp path.
 *
 * @module
 */

import { basename } from "node:path";
import { giveToAccount, isRoot, makeReachableFolder, ownerOf } from "./account.ts";
import { checkDisk, StackError } from "./fault.ts";
import { exists, ignoreNotFound, makeFolder, removeAll } from "./files.ts";
import type { Home } from "./home.ts";
import { copyPostgres, postgresPackage } from "./postgres_files.ts";
import type { Account } from "./process.ts";
import type { Scene } from "./server.ts";

export interface Place {
  /** The server's own folder: its data and its log. */
  readonly folder: string;
  /** The folder under the temp path that holds it, when root runs it. */
  readonly away?: string;
}

/** What a start needs: programs, and the account to run them as when we are root. */
export interface Programs {
  /** Holds `bin`, `lib` and `share`. */
  readonly programs: string;
  readonly account?: Account;
}

const PREFIX = "breakwater-postgres-";

/** Where the server of this home lies. `postgres` in the home is its folder, or a link to the one under the temp path. */
export async function findPlace(home: Home): Promise<Place> {
  const folder = `${home.folder}/postgres`;
  const stat = await Deno.lstat(folder).catch(ignoreNotFound);
  if (!stat?.isSymlink) return { folder };
  const away = await Deno.readLink(folder);
  return { folder: `${away}/server`, away };
}

/**
 * The same for a start, which makes root's folder when there is none.
 *
 * @throws {StackError} If that has vanished while Kafka's data, which belongs to it, has not.
 */
export async function openPlace(home: Home): Promise<Place> {
  const place = await findPlace(home);
  if (place.away === undefined && await exists(`${place.folder}/data`)) {
    const { uid } = await ownerOf(`${place.folder}/data`);
    if (!isRoot() || uid === 0) return place;
    throw new StackError(
      `Cannot start as root: the stack in ${home.folder} is user ${uid}'s, run it as that user`,
    );
  }
  if (!isRoot() || (place.away !== undefined && await exists(place.away))) return place;
  if (place.away !== undefined && await exists(`${home.folder}/kafka/data`)) {
    throw new StackError(
      `Cannot start PostgreSQL: its folder ${place.away} is gone (was the temp path emptied?); ` +
        "`deno task stack:reset` deletes what is left in Kafka and starts afresh",
    );
  }
  // A home that is refused for want of room must not leave a folder elsewhere.
  await checkDisk(home.folder);
  await removeAll(`${home.folder}/postgres`);
  await Deno.symlink(await makeReachableFolder(PREFIX), `${home.folder}/postgres`);
  return await findPlace(home);
}

/** Deletes what the server stored, wherever it lies; the link goes last, so that it can be done again. */
export async function deletePlace(home: Home): Promise<void> {
  const { away } = await findPlace(home);
  if (away !== undefined && basename(away).startsWith(PREFIX)) await removeAll(away);
  await removeAll(`${home.folder}/postgres`);
}

/** Puts the programs and the server's folder where the server can use them. */
export async function preparePrograms({ home, place, report }: Scene): Promise<Programs> {
  const source = postgresPackage();
  const programs = `${place.away ?? home.cacheFolder}/postgres-${source.version}`;
  if (place.away !== undefined) await checkDisk(place.away);
  await makeFolder(programs, report, (part) => copyPostgres(source, part));
  if (place.away === undefined) {
    await Deno.mkdir(place.folder, { recursive: true, mode: 0o700 });
    return { programs };
  }
  await makeFolder(place.folder, report, giveToAccount);
  return { programs, account: await ownerOf(place.folder) };
}
