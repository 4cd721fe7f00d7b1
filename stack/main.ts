/**
 * `stack:up`, `stack:down` and `stack:reset`: the local stack by hand.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { SettingError } from "../shared/platform/env.ts";
import { down, purge, readHome, reset, StackError, up } from "./mod.ts";

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

async function run(command: string | undefined, withPurge: boolean): Promise<void> {
  const home = readHome(Deno.env);
  if (command === "up") {
    const { brokers } = await up(home, report);
    console.log(`Kafka answers at ${brokers}; how to connect to both is in ${home.folder}/env`);
  } else if (command === "reset") {
    const stack = await reset(home, report);
    console.log(
      stack ? `The stack runs again, empty (Kafka at ${stack.brokers})` : "The stack's data is deleted",
    );
  } else if (withPurge) {
    await purge(home, report);
    console.log("The stack is down and its data deleted");
  } else {
    console.log(await down(home, report) ? "The stack is down" : "The stack was not up");
  }
}

function readArgs(args: readonly string[]) {
  const options = { help: { type: "boolean", short: "h" }, purge: { type: "boolean" } } as const;
  const { values, positionals: [command, ...rest] } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
  });
  if (values.help) return { help: true, command, purge: false };
  if (command === undefined || !["up", "down", "reset"].includes(command) || rest.length > 0) {
    throw new TypeError(`Expected up, down or reset, not "${[command, ...rest].join(" ")}"`);
  }
  if (values.purge && command !== "down") throw new TypeError("--purge belongs to `stack:down`");
  return { help: false, command, purge: values.purge ?? false };
}

try {
  const { help, command, purge: withPurge } = readArgs(Deno.args);
  if (help) console.log(HELP);
  else await run(command, withPurge);
} catch (error) {
  const usage = error instanceof SettingError || error instanceof TypeError;
  if (!usage && !(error instanceof StackError)) throw error;
  console.error(error.message);
  Deno.exit(usage ? 2 : 1);
}
