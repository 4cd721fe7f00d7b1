/**
 * A real browser for tests: the Chrome or Chromium of this machine, else the one inside `@sparticuz/chromium`,
 * unpacked once per user together with the libraries that it needs beside libc.
 *
 * @module
 */

import sparticuz, { inflate } from "@sparticuz/chromium";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const installed = findInstalled();
  if (installed !== undefined) {
    const args = Deno.uid() === 0 ? [...QUIET, "--no-sandbox"] : QUIET;
    return await chromium.launch({ executablePath: installed, args });
  }
  const folder = await unpackChromium();
  return await chromium.launch({
    executablePath: join(folder, "chromium"),
    // In a single process, the end of one page would be the end of all.
    args: [...sparticuz.args.filter((flag) => flag !== "--single-process"), ...QUIET],
    env: {
      ...Deno.env.toObject(),
      LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), folder].join(":"),
      FONTCONFIG_PATH: join(folder, "fonts"),
    },
  });
}

function findInstalled(): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);
}

/** Unpacks beside the goal and renames, so that tests that start together never see half a browser. */
async function unpackChromium(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const packageFolder = join(dirname(entry), "..");
  const { version } = JSON.parse(await Deno.readTextFile(join(packageFolder, "package.json")));
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? join(Deno.env.get("HOME") ?? "/tmp", ".cache");
  const goal = join(cache, "breakwater", `chromium-${version}`);
  if (existsSync(join(goal, "chromium"))) return goal;

  await Deno.mkdir(dirname(goal), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: dirname(goal), prefix: "chromium-" });
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", folder); // The package unpacks into the system's temporary folder and nowhere else.
  try {
    const archives = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
    await Promise.all(archives.map((name) => inflate(join(packageFolder, "bin", name))));
    // The package's own settings name folders of a cloud machine; without a font, text has no size.
    await Deno.writeTextFile(join(folder, "fonts", "fonts.conf"), fontSettings(join(goal, "fonts")));
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
  try {
    await Deno.rename(folder, goal);
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    if (!existsSync(join(goal, "chromium"))) throw error;
  }
  return goal;
}

function fontSettings(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir><config></config></fontconfig>\n`;
}
