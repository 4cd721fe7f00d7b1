/**
 * `deno task fix:decode`: the files, the terminal and the exit code around {@link run}.
 *
 * @module
 */

import { type Dictionaries, openDictionaries } from "../../shared/fix/mod.ts";
import { HELP, type Options, readOptions, UsageError } from "./arguments.ts";
import { run } from "./run.ts";
import { NO_COLOURS, TERMINAL_COLOURS } from "./show.ts";

const USAGE_EXIT_CODE = 2;

async function main(): Promise<number> {
  const options = readOptions(Deno.args);
  if (options.isHelp) {
    console.log(HELP);
    return 0;
  }
  const dictionaries = await loadDictionaries(options);
  using file = options.path === "-" ? undefined : await Deno.open(options.path);
  const colours = Deno.stdout.isTerminal() && !Deno.env.get("NO_COLOR") ? TERMINAL_COLOURS : NO_COLOURS;
  const isSound = await run((file ?? Deno.stdin).readable, options, dictionaries, colours, write);
  return isSound ? 0 : 1;
}

async function loadDictionaries({ dictionaryPath }: Options): Promise<Dictionaries> {
  const path = dictionaryPath ?? Deno.env.get("FIX_DICTIONARY");
  return openDictionaries(path ? await Deno.readTextFile(path) : null);
}

async function write(text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

try {
  Deno.exitCode = await main();
} catch (error) {
  // Whoever reads us, such as head, has read enough.
  if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
  const hint = error instanceof UsageError ? "\nTry: deno task fix:decode --help" : "";
  console.error(`fix:decode: ${error instanceof Error ? error.message : error}${hint}`);
  Deno.exitCode = USAGE_EXIT_CODE;
}
