/**
 * `demo`: everything at once, from nothing to a board that moves, and nothing left behind.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { SettingError } from "../shared/platform/env.ts";
import { openLog } from "../shared/platform/log.ts";
import { openDatabase } from "../shared/platform/postgres.ts";
import { delay, messageOf } from "../shared/platform/retry.ts";
import { readWrappers, untilBroken } from "./ancestors.ts";
import { setLimits } from "./demo_limits.ts";
import { down, readHome, StackError, untilGone, up } from "./mod.ts";
import { type Part, startPart } from "./parts.ts";

const HELP = `Starts Kafka, PostgreSQL, consumer, web and producer, and prints the address of the board.

  deno task demo [--seconds N] [--rate R] [--scenario NAME]

  --seconds N      end N seconds after the board is up (default: until Ctrl-C)
  --rate R         trades a minute (default: the producer's)
  --scenario NAME  the producer's, such as bad-broker; of the days before, too
  --help           this text

With KAFKA_BROKERS and DATABASE_URL both set it uses these; else the local stack, which it starts when it is not
up, and then stops when it ends. An empty database gets two days of trades and limits for the counterparties.
Settings: those of its parts, such as WEB_PORT (8000) and BREAKWATER_HOME (.breakwater).`;

/** A trade every two minutes up to now for the days, and the usual pace for the last minutes. */
const HISTORY = [
  ["--rate", "0.5", "--count", "1400", "--speed", "1000000"],
  ["--rate", "max", "--count", "600"],
];
const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;

const NEVER = new Promise<never>(() => {});

/** A part ended that should not have; the message says which and why. */
class PartError extends Error {
  override readonly name = "PartError";
}

interface Wishes {
  readonly seconds?: number;
  /** What the producer is asked for. */
  readonly rate: readonly string[];
  readonly scenario: readonly string[];
}

const say = (line: string) => console.error(line);
const sayAs = (name: string) => (line: string) => say(`${name.padEnd(8)} | ${line}`);

/** Brings everything up and returns when `stop` fires, after all of it has ended. */
async function demo({ seconds, rate, scenario }: Wishes, stop: AbortSignal): Promise<void> {
  const parts: Part[] = [];
  let isEnding = false;
  const servers = await bringServers(stop);
  try {
    const start = (name: string, task: string, args: readonly string[] = []) => {
      const part = startPart(name, task, args, { env: servers.env, say: sayAs(name) });
      parts.push(part);
      return part;
    };
    const unlessStopped = rejectionOf(stop);
    const toEnd = (part: Part) => Promise.race([succeed(part), unlessStopped]);

    await toEnd(start("migrate", "migrate"));
    const isNew = await isEmpty(servers.env.DATABASE_URL);
    const web = start("web", "web");
    const lasting = [start("consumer", "consume"), web, start("producer", "produce", [...rate, ...scenario])];
    const history = (async (): Promise<never> => {
      for (const args of isNew ? HISTORY : []) {
        if (!isEnding) await toEnd(start("history", "produce", [...args, ...scenario]));
      }
      return await NEVER;
    })();
    const failed = Promise.race([...lasting.map(fail), history, servers.gone, unlessStopped]);
    const url = await Promise.race([ready(web, stop), failed]);
    console.log(`\n  Breakwater is at ${url}\n`);
    if (isNew) {
      await Promise.race([setLimits(url, stop), failed]).catch((error) => {
        if (stop.aborted || error instanceof PartError) throw error;
        say(messageOf(error));
      });
    }
    await Promise.race([failed, ...seconds === undefined ? [] : [delay(seconds * 1_000, stop)]]);
  } finally {
    isEnding = true;
    say("stopping …");
    // Whoever feeds goes first, so that the consumer has little left to finish.
    const isFeeding = ({ name }: Part) => name === "producer" || name === "history";
    await Promise.all(parts.filter(isFeeding).map((part) => part.stop()));
    await Promise.all(parts.map((part) => part.stop()));
    await servers.stop();
  }
}

/** The servers that the settings name, else the local ones; these are stopped only if we started them. */
async function bringServers(stop: AbortSignal) {
  const given = { KAFKA_BROKERS: Deno.env.get("KAFKA_BROKERS"), DATABASE_URL: Deno.env.get("DATABASE_URL") };
  const { KAFKA_BROKERS, DATABASE_URL } = given;
  if (KAFKA_BROKERS && DATABASE_URL) {
    return { env: { KAFKA_BROKERS, DATABASE_URL }, gone: NEVER, stop: async () => {} };
  }
  const home = readHome(Deno.env);
  const stack = await up(home, say, stop);
  say(stack.started ? "Kafka and PostgreSQL answer" : "Kafka and PostgreSQL were up, and stay up afterwards");
  const env = {
    KAFKA_BROKERS: KAFKA_BROKERS || stack.brokers,
    DATABASE_URL: DATABASE_URL || stack.databaseUrl,
  };
  const gone = untilGone(home, stop).then((why): never => {
    throw new PartError(why);
  });
  gone.catch(() => {});
  return { env, gone, stop: async () => void (stack.started && await down(home, say)) };
}

async function isEmpty(databaseUrl: string): Promise<boolean> {
  const log = openLog("demo", "error");
  const database = openDatabase(databaseUrl, { connectionsMax: 1, applicationName: "breakwater-demo", log });
  try {
    return (await database.query("select from trades limit 1")).length === 0;
  } finally {
    await database.close();
  }
}

/** The board's address, once the web program is ready to serve it. */
async function ready(web: Part, stop: AbortSignal): Promise<string> {
  const url = await web.line(/^https?:\/\//);
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`, { signal: stop });
    const body = await answer.text();
    if (answer.ok) return url;
    if (Date.now() > deadlineMs) {
      throw new PartError(`web is not ready after ${READY_WITHIN_MS / 1_000} s: ${body}`);
    }
    await delay(POLL_MS, stop);
  }
}

async function succeed(part: Part): Promise<void> {
  const { success, why } = await part.ended;
  if (!success) throw new PartError(why);
}

async function fail(part: Part): Promise<never> {
  throw new PartError((await part.ended).why);
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  const rejection = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  rejection.catch(() => {});
  return rejection;
}

/** @throws {SettingError} If the arguments ask for nothing we know. */
function readArgs(args: string[]): Wishes & { help: boolean } {
  const options = {
    seconds: { type: "string" },
    rate: { type: "string" },
    scenario: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { seconds, rate, scenario, help = false } = parseArgs({ args, options }).values;
    for (const [name, value] of Object.entries({ seconds, rate })) {
      if (value === undefined || (/^\d+(\.\d+)?$/.test(value) && Number(value) > 0)) continue;
      throw new TypeError(`--${name} must be a number above 0, not "${value}"`);
    }
    return {
      help,
      rate: rate === undefined ? [] : ["--rate", rate],
      scenario: scenario === undefined ? [] : ["--scenario", scenario],
      ...(seconds !== undefined && { seconds: Number(seconds) }),
    };
  } catch (error) {
    throw new SettingError([`${(error as Error).message.split(". ")[0]}; --help tells more`]);
  }
}

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  }
  const watch = readWrappers().then((chain) => untilBroken(chain, stop.signal));
  watch.then(() => stop.abort(new Error("stopped because its parent is gone")), () => {});
  try {
    const { help, ...wishes } = readArgs(Deno.args);
    if (help) console.log(HELP);
    else await demo(wishes, stop.signal);
    return 0;
  } catch (error) {
    if (error === stop.signal.reason) return 0;
    say(`demo: ${messageOf(error)}`);
    if (error instanceof SettingError) return 2;
    if (error instanceof StackError || error instanceof PartError) return 1;
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main());
