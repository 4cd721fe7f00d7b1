/**
 * One PostgreSQL server without Docker, on TCP of the loopback alone, behind scram and a generated password.
 *
 * @module
 */

import { openLog } from "../shared/platform/log.ts";
import { isTransient, openDatabase } from "../shared/platform/postgres.ts";
import { findCause, StackError } from "./fault.ts";
import type { Memory } from "./home.ts";
import { exists, ignoreNotFound, removeAll } from "./files.ts";
import { preparePrograms, type Programs } from "./place.ts";
import { findProcesses, findProcessesIn } from "./process.ts";
import { runToEnd, startServer, stopProcesses } from "./process.ts";
import type { Scene, Server } from "./server.ts";

const MAJOR = "18";
const NAME = "breakwater";

/** For a laptop: little memory, few checkpoints, and a commit that is durable as everywhere else. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
};

// SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, which the next start recovers from.
const STOP = [
  { signal: "SIGINT", withinMs: 30_000 },
  { signal: "SIGQUIT", withinMs: 5_000 },
  { signal: "SIGKILL", withinMs: 5_000 },
] as const;

export function databaseUrl({ password, postgresPort }: Memory): string {
  return `postgresql://${NAME}:${encodeURIComponent(password)}@127.0.0.1:${postgresPort}/${NAME}`;
}

/** The server of a home. */
export function postgresServer(scene: Scene): Server {
  const { memory, place: { folder }, signal } = scene;
  const data = `${folder}/data`;
  // The one argument that no other PostgreSQL has.
  const find = () => findProcesses(data);
  return {
    name: "PostgreSQL",
    port: memory.postgresPort,
    setting: "STACK_POSTGRES_PORT",
    logFile: `${folder}/server.log`,
    find,
    answers: () => answers(databaseUrl(memory)),
    start: async () => {
      const programs = await preparePrograms(scene);
      if (await exists(data)) await checkVersion(data);
      else await initialize(folder, programs, memory.password, signal);
      await start(folder, programs, memory.postgresPort);
    },
    stop: async () => {
      await stopInitialize(folder);
      await stopProcesses("PostgreSQL", find, STOP);
      // A backend in the middle of a query outlives a killed server until its query ends.
      await stopProcesses("PostgreSQL", () => findProcessesIn(data), STOP.slice(1));
    },
  };
}

async function start(folder: string, { programs, account }: Programs, port: number): Promise<void> {
  // We looked: no server of ours runs. The id in the file is gone, a zombie's, or another program's by now, and
  // PostgreSQL would refuse to start for the last two. Its lock on shared memory still keeps a second server out.
  await Deno.remove(`${folder}/data/postmaster.pid`).catch(ignoreNotFound);
  const settings = Object.entries({ ...SETTINGS, port }).flatMap((
    [name, value],
  ) => ["-c", `${name}=${value}`]);
  const command = [`${programs}/bin/postgres`, "-D", `${folder}/data`, ...settings];
  await startServer(command, { cwd: folder, account, logFile: `${folder}/server.log` });
}

async function checkVersion(data: string): Promise<void> {
  const version = (await Deno.readTextFile(`${data}/PG_VERSION`).catch(ignoreNotFound))?.trim();
  if (version === MAJOR) return;
  throw new StackError(
    `Cannot start PostgreSQL ${MAJOR}: the data in ${data} is of version ${version ?? "unknown"}; ` +
      "`deno task stack:reset` starts afresh and deletes it",
  );
}

/**
 * Makes the data folder and the database in a folder that becomes `data` when it is whole, so that one cut short is
 * done again.
 */
async function initialize(
  folder: string,
  { programs, account }: Programs,
  password: string,
  signal?: AbortSignal,
) {
  const data = `${folder}/data.new`;
  const passwordFile = `${folder}/password`;
  await stopInitialize(folder);
  await removeAll(data);
  await Deno.remove(passwordFile).catch(ignoreNotFound);
  await Deno.writeTextFile(passwordFile, password, { mode: 0o600, createNew: true });
  if (account) await Deno.chown(passwordFile, account.uid, account.gid);
  const options = { cwd: folder, account, signal };
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--auth=scram-sha-256", `--username=${NAME}`, `--pwfile=${passwordFile}`];
  try {
    await must(await runToEnd(`${programs}/bin/initdb`, ["-D", data, ...locale, ...access], options), folder);
    const input = `create database ${NAME};\n`;
    const single = ["--single", "-D", data, "-c", "log_min_messages=warning", "postgres"];
    await must(await runToEnd(`${programs}/bin/postgres`, single, { ...options, input }), folder);
  } finally {
    await Deno.remove(passwordFile).catch(ignoreNotFound);
  }
  await Deno.rename(data, `${folder}/data`);
}

/** A command that is killed leaves the tools that it ran. */
async function stopInitialize(folder: string): Promise<void> {
  const data = `${folder}/data.new`;
  await stopProcesses("initdb", () => findProcesses(data), STOP.slice(2));
  await stopProcesses("initdb", () => findProcessesIn(data), STOP.slice(2));
}

async function must(
  { success, output }: { success: boolean; output: string },
  folder: string,
): Promise<void> {
  if (!success) {
    throw new StackError(`Cannot initialize PostgreSQL in ${folder}: ${await findCause(output, folder)}`);
  }
}

/** True once it answers `select 1`; false while it starts, stops or is away. */
async function answers(url: string): Promise<boolean> {
  const log = openLog("stack", "error");
  const database = openDatabase(url, { connectionsMax: 1, applicationName: "breakwater-stack", log });
  try {
    await database.query("select 1");
    return true;
  } catch (error) {
    if (isTransient(error)) return false;
    const seen = error instanceof Error ? error.message : error;
    throw new StackError(`PostgreSQL refuses us: ${seen}; \`deno task stack:reset\` starts afresh`);
  } finally {
    await database.close();
  }
}
