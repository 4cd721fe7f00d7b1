/**
 * `deno task fix:corpus`: runs the codec over a folder of messages whose soundness is known.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge } from "./judge.ts";

const HELP = `Usage: deno task fix:corpus DIR

Reads DIR/valid.fix, where every message must decode without a framing fault, and DIR/malformed.fix, where
every message must be refused for its frame; either may be absent. A table beside it (valid.tsv, malformed.tsv)
with the columns line and status (badlen, badsum, badboth) asks for the very code.

Exit code: 0 all as expected, 1 something was not, 2 wrong usage or unreadable input.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new Error("name one folder; see --help");
  let corpora = 0;
  let wrongs = 0;
  for (const corpus of ["valid", "malformed"] as const) {
    const log = await ifThere(Deno.readFile(join(folder, `${corpus}.fix`)));
    if (log === undefined) continue;
    corpora++;
    const verdict = judge(corpus, log, await ifThere(Deno.readTextFile(join(folder, `${corpus}.tsv`))));
    for (const line of verdict.wrong) console.log(line);
    console.log(`${corpus}.fix: ${verdict.messages} messages, ${verdict.wrong.length} judged wrong`);
    wrongs += verdict.wrong.length;
  }
  if (corpora === 0) throw new Error(`${folder} holds neither valid.fix nor malformed.fix`);
  return wrongs === 0 ? 0 : 1;
}

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

try {
  Deno.exitCode = await main();
} catch (error) {
  console.error(`fix:corpus: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 2;
}
