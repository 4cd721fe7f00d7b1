/**
 * Makes a build: the manifest of routes and islands, and by esbuild one script per island, with what they share apart.
 *
 * @module
 */

import { build as esbuild, stop } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fingerprint, hash, hashOf, listFiles, type Made } from "./build.ts";

/** A page left open over some deploys still finds its scripts for so long. */
const OLD_SCRIPTS_KEPT_MS = 7 * 24 * 3_600_000;

const SOURCE = /(?<!\.d|_test)\.tsx?$/;

const nameOf = (file: string) => file.replace(SOURCE, "");
const addressOf = (file: string) => pathToFileURL(file.slice("static".length)).pathname;
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export async function makeBuild(root: URL, before: Made): Promise<Made> {
  const folder = fileURLToPath(root);
  const here = (file: string) => relative(folder, pathOf(file)).replaceAll("\\", "/");
  const modules = (await listFiles(root, "routes", "islands")).filter((file) => SOURCE.test(file));
  const islands = modules.filter((file) => file.startsWith("islands/") || file.includes("/(_islands)/"));
  const routes = modules.filter((file) => file.startsWith("routes/") && !file.includes("/(_"));
  const files: Made["files"] = {};
  for (const file of await listFiles(root, "static")) files[addressOf(file)] = await hashOf(root, file);
  const version = hash(JSON.stringify(files));

  await keepOldScripts(new URL("_fresh/js/", root), before);
  const client = here("client.ts"), own = ["../../deno.lock", "bundle.ts", "build.ts"].map(here);
  const { scripts, loaded } = await makeScripts(folder, [client, ...islands], version);
  const inputs = [...new Set([...own, ...loaded.filter((file) => !file.includes("node_modules/"))])].sort();
  const now = await fingerprint(root, inputs), boot = scripts[nameOf(client)]!;
  const made: Made = { fingerprint: now, inputs, boot, scripts, files, version };
  await write(`${folder}_fresh/server.ts`, manifestOf(routes, islands, here("manifest.ts")));
  await write(`${folder}_fresh/build.json`, JSON.stringify(made, null, 1));
  return made;
}

/** The modules by name, through functions that hold their types against what a route and an island may be. */
function manifestOf(routes: string[], islands: string[], types: string): string {
  const from = (file: string) => JSON.stringify(`../${file}`);
  const entry = (name: string, file: string) => `\n  ${JSON.stringify(name)}: await import(${from(file)}),`;
  const named = routes.map((file) => entry(nameOf(file).slice("routes".length), file));
  return `// Made from routes/ and islands/ by fresh/bundle.ts.
import { checkIslands, checkRoutes } from ${from(types)};
export const routes = checkRoutes({${named.join("")}\n});
export const islands = checkIslands({${islands.map((file) => entry(nameOf(file), file)).join("")}\n});
`;
}

/** For each entry its script and all that this can load. */
async function makeScripts(folder: string, entries: string[], version: string) {
  const { metafile: { inputs, outputs }, outputFiles } = await esbuild({
    ...{ bundle: true, splitting: true, minify: true, format: "esm", target: "es2022" },
    ...{ outdir: "_fresh/js", entryNames: "[name]-[hash]", chunkNames: "chunk-[hash]" },
    ...{ jsx: "automatic", jsxImportSource: "preact", legalComments: "none", logLevel: "silent" },
    ...{ absWorkingDir: folder, metafile: true, write: false },
    entryPoints: entries.map((file) => ({ in: `./${file}`, out: nameOf(file).replace(/\W+/g, "_") })),
    alias: { "fresh/runtime": pathOf("runtime.ts") },
    nodePaths: [pathOf("../../node_modules")],
    define: { FRESH_VERSION: JSON.stringify(version) },
  }).finally(stop);
  await Promise.all(outputFiles.map(({ path, contents }) => write(path, contents)));
  const scripts: Made["scripts"] = {};
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint === undefined) continue;
    const graph = new Set([path]);
    for (const each of graph) outputs[each]?.imports.forEach((next) => next.external || graph.add(next.path));
    scripts[nameOf(entryPoint)] = [...graph].map((file) => `/${file}`);
  }
  return { scripts, loaded: Object.keys(inputs) };
}

/** What the last build named was in use until now; what was out of use for longer than the limit goes. */
async function keepOldScripts(folder: URL, before: Made): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const now = new Date(), limit = new Date(now.getTime() - OLD_SCRIPTS_KEPT_MS);
  const used = Object.values(before.scripts).flat();
  for await (const { name } of Deno.readDir(folder)) {
    const file = new URL(name, folder);
    if (used.includes(`/_fresh/js/${name}`)) await Deno.utime(file, now, now);
    else if ((await Deno.stat(file)).mtime! < limit) await Deno.remove(file);
  }
}

/** Whole or not at all, since two processes may start at once; what is the same is left alone, as it is watched. */
async function write(path: string, content: string | Uint8Array): Promise<void> {
  if (content === await readFile(path, "utf8").catch(() => "")) return;
  await writeFile(`${path}.${Deno.pid}`, content);
  await Deno.rename(`${path}.${Deno.pid}`, path);
}
