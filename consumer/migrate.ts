/**
 * Brings the database's schema to the version of this code: SQL files that only go forward, each applied once and
 * in order, by one process at a time. Also the program behind `deno task migrate`.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { readAll } from "../shared/platform/env.ts";
import { openLog, readLogLevel } from "../shared/platform/log.ts";
import { type Database, isTransient, openDatabase, type Transaction } from "../shared/platform/postgres.ts";
import { runProgram } from "../shared/platform/program.ts";
import { retry } from "../shared/platform/retry.ts";
import { readDatabaseUrl, withLocalStack } from "../shared/platform/settings.ts";

export interface Migration {
  /** From the file's name: `0002_breaks.sql` is 2. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal: an applied migration never changes. */
  readonly checksum: string;
}

/** The database has a history that is not this code's. Nothing was changed. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/**
 * Applies what is missing, all in one transaction.
 *
 * @returns What was applied now.
 * @throws {SchemaError} If the database is newer than the code, or an applied file was changed since.
 */
export async function migrate(db: Database, migrations?: readonly Migration[]): Promise<Migration[]> {
  const known = migrations ?? await readMigrations();
  return await db.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('breakwater.migrate'))");
    const missing = toMissing(known, await loadApplied(tx));
    for (const { version, name, sql, checksum } of missing) {
      try {
        await tx.script(sql);
      } catch (error) {
        throw Object.assign(error as Error, {
          message: `Cannot apply ${name}: ${(error as Error).message}`,
        });
      }
      await tx.query("insert into schema_migrations (version, name, checksum) values ($1, $2, $3)", [
        version,
        name,
        checksum,
      ]);
    }
    return missing;
  });
}

/** The version of this code's schema: the number of its last file. */
export async function schemaVersion(): Promise<number> {
  return (await readMigrations()).at(-1)?.version ?? 0;
}

const FOLDER = new URL("migrations/", import.meta.url);
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** Reads the files of consumer/migrations, in order. */
export async function readMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const [, number] = FILE_NAME.exec(name) ?? [];
    if (number === undefined) continue;
    const sql = await Deno.readTextFile(new URL(name, folder));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sql));
    migrations.push({ version: Number(number), name, sql, checksum: new Uint8Array(digest).toHex() });
  }
  return migrations.toSorted((a, b) => a.version - b.version);
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

async function loadApplied(tx: Transaction): Promise<Applied[]> {
  await tx.script(`create table if not exists schema_migrations (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`);
  return await tx.query<Applied & Record<string, unknown>>(
    "select version, name, checksum from schema_migrations order by version",
  );
}

/** @throws {SchemaError} */
export function toMissing(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { version, name, checksum } of applied) {
    const own = known.find((migration) => migration.version === version);
    if (own === undefined) {
      const newest = known.at(-1)?.version ?? 0;
      throw new SchemaError(
        `Cannot work with this database: its schema has ${name}, this code knows versions up to ${newest}; ` +
          "run the newer code",
      );
    }
    if (own.checksum !== checksum) {
      throw new SchemaError(
        `Cannot migrate: ${own.name} is not the file that was applied to this database; ` +
          "put it back and add a new file instead",
      );
    }
  }
  const newest = applied.at(-1)?.version ?? 0;
  const missing = known.filter(({ version }) => !applied.some((done) => done.version === version));
  const late = missing.find(({ version }) => version < newest);
  if (late) {
    throw new SchemaError(`Cannot migrate: ${late.name} comes before version ${newest}, which is applied`);
  }
  return missing;
}

const HELP =
  `Brings the schema of the database to this code's version. Safe to repeat, and to run at several places.

  deno task migrate

  --help  this text

Settings: DATABASE_URL (else the local stack, if it is up), LOG_LEVEL`;

if (import.meta.main) {
  await runProgram("migrate", async (signal) => {
    const { values } = parseArgs({ args: Deno.args, options: { help: { type: "boolean", short: "h" } } });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const env = withLocalStack(Deno.env);
    const config = readAll({ databaseUrl: () => readDatabaseUrl(env), logLevel: () => readLogLevel(env) });
    const log = openLog("migrate", config.logLevel);
    const options = { connectionsMax: 1, applicationName: "breakwater-migrate", log };
    const database = openDatabase(config.databaseUrl, options);
    const applied = await retry("reach the database", () => migrate(database), { signal, log, isTransient });
    for (const { name } of applied) console.log(`applied ${name}`);
    console.log(`the schema is at version ${await schemaVersion()}`);
    await database.close();
    return 0;
  });
}
