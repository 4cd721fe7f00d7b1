/**
 * `stack:up`, `stack:down` and `stack:reset`: the local stack by hand.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { SettingError } from "../shared/platform/env.ts";
import { readHome, StackError } from "./mod.ts";
import * as stack from "./mod.ts";

const HELP = `Kafka and PostgreSQL on this machine, without Docker.

  deno task stack:up              start what does not run; return when both answer
  deno task stack:down            stop both, keep their data
  deno task stack:down --purge    stop both, delete their data
  deno task stack:reset           delete the data; what ran runs again, empty

All of it lies in BREAKWATER_HOME (.breakwater in this checkout); its file "env" says how to connect:
  . .breakwater/env; psql "$DATABASE_URL"
Settings: BREAKWATER_HOME, STACK_KAFKA_PORT, STACK_POSTGRES_PORT (else free ports, chosen once).
Needs Java 17 or later and, the first time, Maven.`;

const report = (line: string) => console.error(line);

async function run(command: string, purge: boolean): Promise<void> {
  const home = readHome(Deno.env);
  if (command === "up") {
    const { brokers } = await stack.up(home, report);
    console.log(`Kafka answers at ${brokers}; how to connect to both is in ${home.folder}/env`);
  } else if (command === "reset") {
    const again = await stack.reset(home, report);
    console.log(
      again ? `The stack runs again, empty (Kafka at ${again.brokers})` : "The stack's data is deleted",
    );
  } else if (purge) {
    await stack.purge(home, report);
    console.log("The stack is down and its data deleted");
  } else {
    console.log(await stack.down(home, report) ? "The stack is down" : "The stack was not up");
  }
}

/** @throws {SettingError} If the arguments ask for nothing we know. */
function readArgs(args: string[]): { command: string; purge: boolean; help: boolean } {
  const options = { help: { type: "boolean", short: "h" }, purge: { type: "boolean" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const { help = false, purge = false } = values;
    const [command = "", ...rest] = positionals;
    if (!help && (!["up", "down", "reset"].includes(command) || rest.length > 0)) {
      throw new TypeError(`Expected up, down or reset, not "${positionals.join(" ")}"`);
    }
    if (purge && command !== "down") throw new TypeError("--purge belongs to `stack:down`");
    return { command, purge, help };
  } catch (error) {
    const [problem] = (error as Error).message.split(". ");
    throw new SettingError([`${problem}; --help tells more`]);
  }
}

try {
  const { command, purge, help } = readArgs(Deno.args);
  if (help) console.log(HELP);
  else await run(command, purge);
} catch (error) {
  if (!(error instanceof SettingError) && !(error instanceof StackError)) throw error;
  console.error(error.message);
  Deno.exit(error instanceof SettingError ? 2 : 1);
}
