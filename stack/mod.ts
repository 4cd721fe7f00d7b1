/**
 * The local stack: one Kafka broker and one PostgreSQL server in a home of their own, without Docker.
 *
 * @module
 */

import { delay } from "../shared/platform/retry.ts";
import { checkDisk, StackError, toStackError } from "./fault.ts";
import { exists, removeAll, withLock } from "./files.ts";
import { type Home, isFree, loadMemory, type Memory, openHome, removeFacts, toMemory } from "./home.ts";
import { writeFacts, writeMemory } from "./home.ts";
import { kafkaServer } from "./kafka.ts";
import { deletePlace, findPlace, openPlace } from "./place.ts";
import { databaseUrl, postgresServer } from "./postgres.ts";
import { bringUp, lastWords, type Server } from "./server.ts";

export { type Home, readHome } from "./home.ts";
export { StackError } from "./fault.ts";

/** How to reach a stack that answers. */
export interface Stack {
  readonly brokers: string;
  readonly databaseUrl: string;
  /** True if nothing of it ran before, so that the caller may bring it down. */
  readonly started: boolean;
}

const GONE_POLL_MS = 2_000;

const PORT_CLOSES_WITHIN_MS = 2_000;
const PORT_POLL_MS = 50;

/** Takes one line for the user. */
export type Report = (line: string) => void;

/**
 * Returns when Kafka gives metadata and PostgreSQL answers `select 1`. What already runs stays as it is.
 *
 * @throws {StackError} If one of them cannot be had; what this call started is stopped again.
 */
export async function up(home: Home, report: Report, signal?: AbortSignal): Promise<Stack> {
  return await inHome(home, report, (opened) => bringBothUp(opened, report, signal));
}

/**
 * Stops both servers and keeps their data.
 *
 * @returns False if neither ran.
 */
export async function down(home: Home, report: Report): Promise<boolean> {
  return await inOldHome(home, report, (opened) => stopBoth(opened, report)) ?? false;
}

/** Stops both servers and deletes all that they stored. */
export async function purge(home: Home, report: Report): Promise<void> {
  await inOldHome(home, report, (opened) => stopAndDelete(opened, report));
}

/** Deletes all that both servers stored; those that ran run again, empty. */
export async function reset(home: Home, report: Report, signal?: AbortSignal): Promise<Stack | undefined> {
  return await inOldHome(home, report, async (opened) => {
    const ran = await stopAndDelete(opened, report);
    return ran ? await bringBothUp(opened, report, signal) : undefined;
  });
}

/** Resolves, once a server of an open home has ended without being asked to, to a line that says which and why. */
export async function untilGone(home: Home, signal: AbortSignal): Promise<string> {
  const opened = await openHome(home);
  const servers = await serversToStop(opened);
  for (;;) {
    await delay(GONE_POLL_MS, signal);
    for (const server of servers) {
      if ((await server.find()).length === 0) return `${server.name} is gone: ${await lastWords(server)}`;
    }
  }
}

/** Does nothing where there is no home. */
async function inOldHome<T>(home: Home, report: Report, work: (opened: Home) => Promise<T>) {
  const isThere = await exists(home.folder).catch((error) => {
    throw toStackError(error);
  });
  return isThere ? await inHome(home, report, work) : undefined;
}

async function inHome<T>(home: Home, report: Report, work: (opened: Home) => Promise<T>): Promise<T> {
  try {
    const opened = await openHome(home);
    return await withLock(`${opened.folder}/lock`, report, () => work(opened));
  } catch (error) {
    throw toStackError(error);
  }
}

async function bringBothUp(home: Home, report: Report, signal?: AbortSignal): Promise<Stack> {
  const earlier = await loadMemory(home);
  const memory = toMemory(home, earlier);
  const place = await openPlace(home);
  const failure = new AbortController();
  const scene = {
    home,
    memory,
    place,
    report,
    signal: AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]),
  };
  const servers = [kafkaServer(scene), postgresServer(scene)];

  const missing = await findMissing(servers, earlier);
  if (missing.length > 0) await checkDisk(home.folder);
  await writeMemory(home, memory);
  await Promise.all(
    servers.map((server) => bringUp(server, scene.signal).catch((error) => failure.abort(error))),
  );
  if (failure.signal.aborted) {
    await Promise.all(missing.map((server) => server.stop()));
    throw failure.signal.reason;
  }
  const facts = { KAFKA_BROKERS: `127.0.0.1:${memory.kafkaPort}`, DATABASE_URL: databaseUrl(memory) };
  await writeFacts(home, facts);
  return { brokers: facts.KAFKA_BROKERS, databaseUrl: facts.DATABASE_URL, started: missing.length === 2 };
}

/** A server that was just killed is found no more while the system still closes its port. */
async function becomesFree(port: number): Promise<boolean> {
  const deadlineMs = Date.now() + PORT_CLOSES_WITHIN_MS;
  while (!isFree(port)) {
    if (Date.now() > deadlineMs) return false;
    await delay(PORT_POLL_MS);
  }
  return true;
}

/** The servers that do not run, each with its port free for it. */
async function findMissing(servers: readonly Server[], earlier: Memory | undefined): Promise<Server[]> {
  const ports = [earlier?.kafkaPort, earlier?.postgresPort];
  const missing: Server[] = [];
  for (const [index, server] of servers.entries()) {
    if ((await server.find()).length === 0) {
      missing.push(server);
      if (await becomesFree(server.port)) continue;
      throw new StackError(
        `Cannot start ${server.name}: port ${server.port} is taken by another program; ` +
          `stop it, or set ${server.setting} to a free port`,
      );
    }
    if (server.port === ports[index]) continue;
    throw new StackError(
      `${server.name} already runs on port ${
        ports[index]
      }, not on ${server.port} as ${server.setting} says: ` +
        "run `deno task stack:down` first",
    );
  }
  return missing;
}

// Ports and password play no part in finding and stopping, so a damaged stack.json does not keep anything up.
async function serversToStop(home: Home, report: Report = () => {}): Promise<Server[]> {
  const scene = { home, memory: toMemory(home, undefined), place: await findPlace(home), report };
  return [kafkaServer(scene), postgresServer(scene)];
}

/** @returns True if one of them ran. */
async function stopBoth(home: Home, report: Report): Promise<boolean> {
  const servers = await serversToStop(home, report);
  const found = await Promise.all(servers.map((server) => server.find()));
  await removeFacts(home);
  await Promise.all(servers.map((server) => server.stop()));
  return found.flat().length > 0;
}

async function stopAndDelete(home: Home, report: Report): Promise<boolean> {
  const ran = await stopBoth(home, report);
  await removeAll(`${home.folder}/kafka`);
  await deletePlace(home);
  await removeAll(`${home.folder}/stack.json`);
  return ran;
}
