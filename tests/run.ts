/**
 * Runs every test on real parts: the Kafka and PostgreSQL that KAFKA_BROKERS and DATABASE_URL name, or a
 * private pair that lives in a temporary folder for as long as the run. Closes with one line for machines.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { purge, readHome, StackError } from "../stack/mod.ts";
import { withOwnStack } from "./own_stack.ts";

const ROOT = join(import.meta.dirname!, "..");
/** These measure how soon something is seen, which says nothing on a machine that is busy otherwise. */
const RUNS_ALONE = /(browser_board|browser_system|fresh_browser|_dev|web_stream)_test\.ts$/;
/** Files at once. Most of a test's time is waiting, for a rebalance or for a grace period to pass. */
const JOBS = Deno.env.get("DENO_JOBS") ?? String(navigator.hardwareConcurrency + 1);
const HELP = `Runs every test, or those in the files given, on a real Kafka and PostgreSQL.

  deno task test [--filter TEXT] [FILE...]

  --filter TEXT  only tests whose name contains TEXT, or matches it when it is /a pattern/
  --help         this text

With KAFKA_BROKERS and DATABASE_URL both set, these are used (each test makes its own database and topics);
otherwise a private pair is started in a temporary folder and removed at the end.
The last line is "N passed, N failed". A skipped test counts as failed, and a run without tests fails.
`;

interface Tally {
  readonly passed: number;
  /** Skipped tests among them. */
  readonly failed: number;
  readonly skipped: number;
}

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: string[]): Promise<number> {
  const options = { filter: { type: "string" }, help: { type: "boolean" } } as const;
  let chosen;
  try {
    chosen = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (chosen.values.help) {
    console.log(HELP);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.abort(new Error(`interrupted by ${signal}`)));
  }

  const filter = chosen.values.filter === undefined ? [] : ["--filter", chosen.values.filter];
  const { passed, failed, skipped } = await onRealParts(
    stop.signal,
    (servers) =>
      inTempFolder(async (folder) => {
        const env = { DENO_JOBS: JOBS, ...servers, TMPDIR: folder };
        let sum: Tally = { passed: 0, failed: 0, skipped: 0 };
        for (const part of toParts(chosen.positionals)) {
          if (!stop.signal.aborted) sum = add(sum, await runTests([...filter, ...part], env, stop.signal));
        }
        return sum;
      }),
  );
  if (stop.signal.aborted) console.log(stop.signal.reason.message);
  if (skipped > 0) console.log(`${skipped} skipped: counted as failed`);
  if (passed + failed === 0) console.log("no test ran: that is a failure too");
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 && !stop.signal.aborted ? 0 : 1;
}

/** Which tests run together: all at once but those that measure time; or the files that were asked for. */
function toParts(files: readonly string[]): string[][] {
  if (files.length > 0) return [[...files]];
  const alone = [...Deno.readDirSync(import.meta.dirname!)].map(({ name }) => join("tests", name))
    .filter((file) => RUNS_ALONE.test(file));
  return alone.length === 0 ? [["--parallel"]] : [["--parallel", `--ignore=${alone.join(",")}`], alone];
}

function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Runs `body` with the settings of a broker and a database that answer. */
async function onRealParts(
  signal: AbortSignal,
  body: (env: Record<string, string>) => Promise<Tally>,
): Promise<Tally> {
  if (Deno.env.get("KAFKA_BROKERS") && Deno.env.get("DATABASE_URL")) return await body({});
  const report = (line: string) => console.log(line);
  report("starting a Kafka and a PostgreSQL for the tests");
  try {
    return await withOwnStack(({ home, servers: { brokers, databaseUrl } }) => {
      return body({ BREAKWATER_HOME: home, KAFKA_BROKERS: brokers, DATABASE_URL: databaseUrl });
    }, { report, signal });
  } catch (error) {
    if (error instanceof StackError) report(error.message);
    else if (error !== signal.reason) throw error;
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Gives the tests a temp folder of their own. A run that is interrupted leaves neither their files nor the servers
 * of those that start their own.
 */
async function inTempFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "breakwater-tests-" });
  await Deno.chmod(folder, 0o755); // When root runs the tests, PostgreSQL runs as another user.
  try {
    return await body(folder);
  } finally {
    for (const { name, isDirectory } of [...Deno.readDirSync(folder)]) {
      if (isDirectory) await purge(readHome(new Map([["BREAKWATER_HOME", join(folder, name)]])), () => {});
    }
    await Deno.remove(folder, { recursive: true });
  }
}

async function runTests(args: string[], env: Record<string, string>, signal: AbortSignal): Promise<Tally> {
  // A group of its own, so that an interrupt reaches the programs that tests start, and not the servers.
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--no-prompt", "-A", ...args],
    env: Deno.stdout.isTerminal() ? { ...env, FORCE_COLOR: "1" } : env,
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    detached: true,
  }).spawn();
  const kill = () => Deno.kill(-child.pid, "SIGTERM");
  signal.addEventListener("abort", kill);
  const decoder = new TextDecoder();
  let tail = "";
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-2_000);
  }
  const { success } = await child.status;
  signal.removeEventListener("abort", kill);
  return toTally(tail, success);
}

/** Reads Deno's own closing line, which names what it skipped only when there is something. */
export function toTally(output: string, success: boolean): Tally {
  const closing = stripVTControlCharacters(output).split("\n")
    .findLast((line) => /^(ok|FAILED) \| \d+ passed/.test(line)) ?? "";
  const count = (word: string) => Number(closing.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  // Deno counts the ignored steps of a test that passed only in brackets behind the ignored tests.
  const skipped = count("ignored") + Number(closing.match(/ignored \((\d+) steps?\)/)?.[1] ?? 0);
  const failed = count("failed") + skipped;
  return { passed: count("passed"), failed: failed === 0 && !success ? 1 : failed, skipped };
}
