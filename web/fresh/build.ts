/**
 * The build of an app: which routes and islands there are, and the scripts that the browser loads. It is made when
 * something it was made from has changed, and kept in `_fresh/`: `server.ts` names the modules, `build.json` the rest.
 *
 * @module
 */

import { setVersion } from "./asset.ts";
import { registerIslands } from "./islands.ts";
import type { RouteModule } from "./render.ts";

/** Kept as `build.json`. */
export interface Made {
  /** Of every file below, to tell whether the build is current. */
  fingerprint: string;
  inputs: string[];
  /** The client's script, then what it imports. */
  boot: string[];
  /** Of each island file, its script and then what that imports. */
  scripts: Record<string, string[]>;
  /** Static files by address, with the hash of their content. */
  files: Record<string, string>;
  /** Of all static files together. */
  version: string;
}

/** What a running app serves. */
export interface Build extends Omit<Made, "fingerprint" | "inputs"> {
  root: URL;
  dev: boolean;
  routes: Record<string, RouteModule>;
}

const HERE = new URL("./", import.meta.url);

/** Of an app without files: tests, and parts that are mounted. */
export const EMPTY_BUILD: Build = {
  root: HERE,
  dev: false,
  routes: {},
  boot: [],
  scripts: {},
  files: {},
  version: "",
};

/**
 * @param root The folder of `routes/`, `islands/` and `static/`; by default the one that this runtime lies in.
 */
export async function openBuild({ root = new URL("../", HERE), dev = false } = {}): Promise<Build> {
  const made = await readMade(root) ?? await (await import("./bundle.ts")).makeBuild(root, dev);
  const { routes, islands } = await import(new URL(`_fresh/server.ts#${made.fingerprint}`, root).href);
  registerIslands(islands);
  setVersion(made.version);
  return { ...made, root, dev, routes };
}

async function readMade(root: URL): Promise<Made | undefined> {
  try {
    const made: Made = JSON.parse(await Deno.readTextFile(new URL("_fresh/build.json", root)));
    return made.fingerprint === await fingerprint(root, made.inputs) ? made : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Names and contents, so that a copy of the folder with other times is as current as the original. */
export async function fingerprint(root: URL, inputs: string[]): Promise<string> {
  const listed = [...await listFiles(root, "routes"), ...await listFiles(root, "islands")];
  const read = [...new Set([...await listFiles(root, "static"), ...inputs])];
  const hashes = await Promise.all(
    read.map(async (file) => `${file} ${await hashOf(await Deno.readFile(new URL(file, root)))}`),
  );
  return await hashOf(new TextEncoder().encode([...listed, ...hashes].join("\n")));
}

export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}

/** Paths below the root, in order. */
export async function listFiles(root: URL, folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(new URL(`${folder}/`, root))) {
      const path = `${folder}/${name}`;
      if (isDirectory) files.push(...await listFiles(root, path));
      else files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}
