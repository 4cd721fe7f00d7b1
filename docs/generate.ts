/**
 * Writes the files of this folder that come from code: `deno task docs`.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { writtenDocs } from "../shared/trade/written_docs.ts";

const HELP = `Usage: deno task docs

Writes the files of docs/ that come from shared/trade: ${Object.keys(writtenDocs()).join(", ")}.`;

function main(args: string[]): number {
  let isHelp;
  try {
    isHelp = parseArgs({ args, options: { help: { type: "boolean" } } }).values.help;
  } catch (error) {
    console.error(`docs: ${(error as Error).message}`);
    return 2;
  }
  if (isHelp) {
    console.log(HELP);
    return 0;
  }
  for (const [name, text] of Object.entries(writtenDocs())) {
    Deno.writeTextFileSync(join(import.meta.dirname!, name), text);
  }
  return 0;
}

Deno.exitCode = main(Deno.args);
