/**
 * Makes a build: the manifest of routes and islands, and by esbuild one script per island, with what they share apart.
 *
 * @module
 */

import { build as esbuild, type BuildOptions, type Plugin, stop } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
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

/** For each entry its script and all that this can load, and for each worker its script. */
async function makeScripts(folder: string, entries: string[], version: string) {
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outdir: "_fresh/js",
    entryNames: "[name]-[hash]",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "silent",
    absWorkingDir: folder,
    metafile: true,
    write: false,
    alias: { "fresh/runtime": pathOf("runtime.ts") },
    nodePaths: [pathOf("../../node_modules")],
    define: { FRESH_VERSION: JSON.stringify(version) },
  } satisfies BuildOptions;
  const scripts: Made["scripts"] = {}, loaded = new Set<string>();
  const written: { path: string; contents: Uint8Array }[] = [];
  const makeWorker = async (file: string) => {
    const { metafile, outputFiles } = await esbuild({ ...options, entryPoints: [file] });
    written.push(...outputFiles);
    Object.keys(metafile.inputs).forEach((input) => loaded.add(input));
    const address = `/${Object.keys(metafile.outputs)[0]}`;
    scripts[nameOf(relative(folder, file))] = [address];
    return address;
  };
  const { metafile: { inputs, outputs }, outputFiles } = await esbuild({
    ...options,
    splitting: true,
    chunkNames: "chunk-[hash]",
    plugins: [workers(makeWorker)],
    entryPoints: entries.map((file) => ({ in: `./${file}`, out: nameOf(file).replace(/\W+/g, "_") })),
  }).finally(stop);
  Object.keys(inputs).forEach((input) => loaded.add(input));
  await Promise.all([...written, ...outputFiles].map(({ path, contents }) => write(path, contents)));
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint === undefined) continue;
    const graph = new Set([path]);
    for (const each of graph) outputs[each]?.imports.forEach((next) => next.external || graph.add(next.path));
    scripts[nameOf(entryPoint)] = [...graph].map((file) => `/${file}`);
  }
  return { scripts, loaded: [...loaded] };
}

const WORKER = /new URL\("(\.[^"]+\.ts)", import\.meta\.url\)/g;

/** As Vite has it: `new Worker(new URL("./file.ts", import.meta.url))` makes that file a script of its own. */
function workers(make: (file: string) => Promise<string>): Plugin {
  return {
    name: "workers",
    setup: (build) => {
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const files = [...source.matchAll(WORKER)];
        if (files.length === 0) return;
        let contents = source;
        for (const [text, file] of files) {
          const address = await make(join(dirname(path), file!));
          contents = contents.replace(text, `new URL(${JSON.stringify(address)}, location.href)`);
        }
        return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
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
