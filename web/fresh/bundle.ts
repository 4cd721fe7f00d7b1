/**
 * Makes a build: the manifest of routes and islands, and with esbuild one script per island, what they share apart.
 *
 * @module
 */

import { build as bundle, type Metafile, stop } from "esbuild";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fingerprint, hashOf, listFiles, type Made } from "./build.ts";

/** A page left open over a deploy still finds its scripts for so long. */
const OLD_SCRIPTS_KEPT_MS = 7 * 24 * 3_600_000;

const RUNTIME = fileURLToPath(new URL("./", import.meta.url));
const SOURCE = /(?<!\.d|_test|\.test)\.tsx?$/;

export async function makeBuild(root: URL, dev: boolean): Promise<Made> {
  const out = new URL("_fresh/js/", root);
  await Deno.mkdir(out, { recursive: true });
  const folder = fileURLToPath(root);
  const below = (path: string) => relative(folder, RUNTIME + path).replaceAll("\\", "/");

  const inRoutes = (await listFiles(root, "routes")).filter((file) => SOURCE.test(file));
  const isIsland = (file: string) => file.includes("/(_islands)/");
  const islands = [...await listFiles(root, "islands"), ...inRoutes.filter(isIsland)].filter((file) =>
    SOURCE.test(file)
  );
  const routes = inRoutes.filter((file) => !file.includes("/(_"));
  const { files, version } = await readStatic(root);
  const { scripts, inputs } = await makeScripts(folder, [below("client.ts"), ...islands], version, dev);
  await keepOldScripts(out);

  const client = below("client.ts");
  const own = [below("../../deno.lock"), ...["bundle.ts", "build.ts"].map(below)];
  const all = [...new Set([...inputs.filter((file) => !file.includes("node_modules/")), ...own])].sort();
  const made: Made = {
    fingerprint: await fingerprint(root, all),
    inputs: all,
    boot: scripts[client]!,
    scripts: Object.fromEntries(islands.map((file) => [withoutSuffix(file), scripts[file]!])),
    files,
    version,
  };
  await Deno.writeTextFile(new URL("../server.ts", out), manifestOf(routes, islands, below("manifest.ts")));
  await Deno.writeTextFile(new URL("../build.json", out), JSON.stringify(made, null, 1));
  return made;
}

/** The modules by name, in a form that the type checker holds against what a route and an island may be. */
function manifestOf(routes: string[], islands: string[], types: string): string {
  const imports = [...routes, ...islands].map((file, at) =>
    `import * as m${at} from ${JSON.stringify(`../${file}`)};`
  );
  const entries = (files: string[], first: number, name: (file: string) => string) =>
    files.map((file, at) => `  ${JSON.stringify(name(withoutSuffix(file)))}: m${first + at},`);
  return [
    "// Made from routes/ and islands/ by fresh/bundle.ts.",
    ...imports,
    `import { checkIslands, checkRoutes } from ${JSON.stringify(`../${types}`)};`,
    "export const routes = checkRoutes({",
    ...entries(routes, 0, (file) => file.slice("routes".length)),
    "});",
    "export const islands = checkIslands({",
    ...entries(islands, routes.length, (file) => file),
    "});",
    "",
  ].join("\n");
}

/** Each entry's script and all that it can load, in the order of their discovery. */
async function makeScripts(folder: string, entries: string[], version: string, dev: boolean) {
  const { metafile, outputFiles } = await bundle({
    absWorkingDir: folder,
    entryPoints: entries.map((file) => ({ in: `./${file}`, out: withoutSuffix(file).replace(/\W+/g, "_") })),
    outdir: "_fresh/js",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: { "fresh/runtime": `${RUNTIME}runtime.ts` },
    nodePaths: [fileURLToPath(new URL("../../node_modules", import.meta.url))],
    define: { FRESH_ASSETS: JSON.stringify(version) },
    legalComments: "none",
    logLevel: "silent",
    metafile: true,
    write: false,
  }).finally(stop);
  await Promise.all(outputFiles.map(({ path, contents }) => Deno.writeFile(path, contents)));
  const scripts: Record<string, string[]> = {};
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint !== undefined) {
      scripts[entryPoint] = [...graphOf(path, metafile)].map((file) => `/${file}`);
    }
  }
  return { scripts, inputs: Object.keys(metafile.inputs) };
}

function graphOf(path: string, metafile: Metafile, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: imported, external } of metafile.outputs[path]?.imports ?? []) {
    if (!external) graphOf(imported, metafile, seen);
  }
  return seen;
}

async function readStatic(root: URL): Promise<Pick<Made, "files" | "version">> {
  const files: Made["files"] = {};
  for (const file of await listFiles(root, "static")) {
    files[file.slice("static".length)] = await hashOf(await Deno.readFile(new URL(file, root)));
  }
  return { files, version: await hashOf(new TextEncoder().encode(JSON.stringify(files))) };
}

/** The build that ends now was in use until now; what is older than it by the limit goes. */
async function keepOldScripts(out: URL): Promise<void> {
  const now = Date.now();
  const before: Pick<Made, "boot" | "scripts"> = await Deno.readTextFile(new URL("../build.json", out))
    .then(JSON.parse, () => ({ boot: [], scripts: {} }));
  const used = new Set(
    [before.boot, ...Object.values(before.scripts)].flat().map((href) => href.split("/").at(-1)),
  );
  for await (const { name } of Deno.readDir(out)) {
    const file = new URL(name, out);
    if (used.has(name)) await Deno.utime(file, now / 1000, now / 1000);
    else if (now - (await Deno.stat(file)).mtime!.getTime() > OLD_SCRIPTS_KEPT_MS) await Deno.remove(file);
  }
}

function withoutSuffix(file: string): string {
  return file.replace(SOURCE, "");
}
