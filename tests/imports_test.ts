/**
 * Holds docs/STYLE's "Who may import whom": data moves one way, and each outside client has one file.
 *
 * @module
 */

import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname!, "..");
const IMPORT =
  /^\s*(?:import|export)\b[^"';]*?\bfrom\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
/** Inside shared/, what each part may know besides itself. */
const KNOWS: Record<string, string[]> = {
  fix: [],
  trade: ["fix"],
  reconcile: ["trade", "fix"],
  kpi: ["reconcile", "trade"],
  platform: [],
};
/** The one place of each outside client. */
const HOMES: Record<string, RegExp> = {
  "kafkajs": /^shared\/platform\/kafka\.ts$/,
  "pg": /^shared\/platform\/postgres\.ts$/,
  "pg-copy-streams": /^shared\/platform\/postgres\.ts$/,
  "chart.js": /^web\/components\/\w+\.tsx$/,
};

interface Import {
  readonly file: string;
  /** A path from the root, or a package's name. */
  readonly target: string;
}

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (name.startsWith(".") || name === "node_modules" || name === "_fresh") continue;
    const path = join(folder, name);
    if (isDirectory) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

function importsOf(path: string): Import[] {
  const file = relative(ROOT, path);
  return [...Deno.readTextFileSync(path).matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3]!;
    return { file, target: name.startsWith(".") ? join(dirname(file), name) : packageOf(name) };
  });
}

function packageOf(specifier: string): string {
  const [scope, name] = specifier.replace(/^npm:/, "").split("/");
  return specifier.startsWith("@") ? `${scope}/${name}` : scope!;
}

/** What is wrong with an import, or null. */
function faultOf({ file, target }: Import): string | null {
  const [program, part] = file.split("/") as [string, string];
  const [targetProgram, targetPart] = target.split("/") as [string, string];
  if (program === "tests" || program === "bench") return null;
  const home = HOMES[target];
  if (home) return home.test(file) ? null : "has one place for this client";
  if (!target.includes("/") || !/\.\w+$/.test(target)) return null;
  if (target.endsWith("/main.ts")) return "nothing imports main.ts";
  if (program === "web" && ["islands", "components"].includes(part)) {
    const browser = /^(web\/(islands|components)|shared\/kpi|web\/fresh\/runtime)\b/;
    return browser.test(target) ? null : "runs in the browser";
  }
  if (program === "shared") {
    const known = targetProgram === "shared" && (part === targetPart || KNOWS[part]?.includes(targetPart));
    return known ? null : `shared/${part} knows only ${["itself", ...(KNOWS[part] ?? [])].join(", ")}`;
  }
  return [program, "shared"].includes(targetProgram) ? null : "a program imports shared/ and itself";
}

const IMPORTS = [...sources(ROOT)].flatMap(importsOf);

Deno.test("every import follows who may import whom", () => {
  assert(IMPORTS.length > 50, "found too few imports to judge");
  assert.deepEqual(
    IMPORTS.flatMap((found) => {
      const fault = faultOf(found);
      return fault === null ? [] : [`${found.file} imports ${found.target}: ${fault}`];
    }),
    [],
  );
});

Deno.test("Chart.js is drawn by one component", () => {
  const files = new Set(IMPORTS.filter(({ target }) => target === "chart.js").map(({ file }) => file));
  assert(files.size <= 1, `Chart.js is imported by ${[...files].join(", ")}`);
});

const FORBIDDEN: [file: string, target: string][] = [
  ["consumer/run.ts", "producer/market.ts"],
  ["consumer/run.ts", "consumer/main.ts"],
  ["consumer/run.ts", "kafkajs"],
  ["consumer/run.ts", "stack/mod.ts"],
  ["producer/main.ts", "tests/harness.ts"],
  ["shared/trade/trade.ts", "shared/reconcile/judge.ts"],
  ["shared/fix/frame.ts", "shared/platform/log.ts"],
  ["shared/platform/env.ts", "shared/trade/trade.ts"],
  ["web/islands/Board.tsx", "shared/platform/postgres.ts"],
  ["web/components/Chart.tsx", "web/feed.ts"],
];
for (const [file, target] of FORBIDDEN) {
  Deno.test(`faultOf() refuses ${target} in ${file}`, () => assert(faultOf({ file, target })));
}
