/**
 * The build of an app: its routes, its islands and the scripts that the browser loads. It is made anew when something
 * it was made from has changed, and kept in `_fresh/`: `server.ts` names the modules, `build.json` holds the rest.
 *
 * @module
 */

import { hash as sha } from "node:crypto";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { registerIslands } from "./islands.ts";
import type { RouteModule } from "./render.ts";

/** Kept as `build.json`. */
export interface Made {
  /** Of all that the build was made from, to tell whether it is current. */
  fingerprint: string;
  inputs: string[];
  /** The client's script, then what it imports; the same for each island file. */
  boot: string[];
  scripts: Record<string, string[]>;
  /** Static files by address with the hash of their content, and the version of them all. */
  files: Record<string, string>;
  version: string;
}

/** What a running app serves. */
export interface Build extends Omit<Made, "fingerprint" | "inputs"> {
  root: URL;
  /** Names this start of the server when `FRESH_DEV` is set: a page of another start loads itself again. */
  dev?: string | undefined;
  routes: Record<string, RouteModule>;
}

const HERE = new URL("./", import.meta.url);
const EMPTY: Made = { fingerprint: "", inputs: [], boot: [], scripts: {}, files: {}, version: "" };

/** Of an app without files: a part that is mounted, or a test's. */
export const EMPTY_BUILD: Build = { ...EMPTY, root: HERE, routes: {} };

/** @param root The folder of `routes/`, `islands/` and `static/`; by default the one that this runtime lies in. */
export async function openBuild(root = new URL("../", HERE)): Promise<Build> {
  // Whatever cannot be read is made anew.
  const read = Deno.readTextFile(new URL("_fresh/build.json", root)).then(JSON.parse);
  let made: Made = await read.catch(() => EMPTY);
  if (made.fingerprint !== await fingerprint(root, made.inputs)) {
    made = await (await import("./bundle.ts")).makeBuild(root, made);
  }
  const { routes, islands } = await import(new URL(`_fresh/server.ts?${made.fingerprint}`, root).href);
  const dev = Deno.env.get("FRESH_DEV") === "1" ? crypto.randomUUID() : undefined;
  registerIslands(islands);
  Object.assign(globalThis, { FRESH_VERSION: made.version });
  return { ...made, root, routes, dev };
}

/** Of names and contents, so that a copy of the folder with other times is as current as the original. */
export async function fingerprint(root: URL, inputs: string[]): Promise<string> {
  const names = await listFiles(root, "routes", "islands");
  const files = [...await listFiles(root, "static"), ...inputs];
  const hashes = await Promise.all(files.map((file) => hashOf(root, file)));
  return hash(JSON.stringify([names, files, hashes]));
}

/** Of a file's content; one that is not there has a hash of its own. */
export const hashOf = async (root: URL, file: string) =>
  hash(await Deno.readFile(new URL(file, root)).catch(() => ""));

export const hash = (content: string | Uint8Array) => sha("sha256", content).slice(0, 16);

/** Paths below the root, in order; none if a folder is not there. */
export async function listFiles(root: URL, ...folders: string[]): Promise<string[]> {
  const path = fileURLToPath(root);
  const read = (name: string) =>
    readdir(path + name, { recursive: true, withFileTypes: true }).catch(() => []);
  return (await Promise.all(folders.map(read))).flat().filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath.slice(path.length)}/${name}`).sort();
}
