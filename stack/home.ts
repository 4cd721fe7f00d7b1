/**
 * The home of one local stack: a folder with its data, its logs, what it remembers (`stack.json`), the facts that
 * programs connect by (`env`), and a lock.
 *
 * @module
 */

import { StackError } from "./fault.ts";
import { ignoreNotFound } from "./files.ts";
import { type Env, integer, readAll } from "../shared/platform/env.ts";
import { homeFolder } from "../shared/platform/settings.ts";

/** What a stack keeps from one start to the next. */
export interface Memory {
  readonly kafkaPort: number;
  readonly postgresPort: number;
  readonly clusterId: string;
  readonly password: string;
}

export interface Home {
  /** Absolute, with symbolic links resolved once the folder exists. */
  readonly folder: string;
  /** Where jars and programs are kept for all stacks of this user. */
  readonly cacheFolder: string;
  /** Ports the settings ask for; else remembered or free ones. */
  readonly kafkaPort?: number;
  readonly postgresPort?: number;
}

/** Below the ports that systems hand out to outgoing connections, so that a remembered one stays free. */
const PORT_FIRST = 20_000;
const PORT_LAST = 31_999;

/**
 * The home and the ports that the settings name.
 *
 * @throws {SettingError} If a port is no port.
 */
export function readHome(env: Env): Home {
  const folder = homeFolder(env);
  const { kafkaPort, postgresPort } = readAll({
    kafkaPort: () => readPort(env, "STACK_KAFKA_PORT"),
    postgresPort: () => readPort(env, "STACK_POSTGRES_PORT"),
  });
  return {
    folder,
    cacheFolder: cacheFolder(env, folder),
    ...(kafkaPort && { kafkaPort }),
    ...(postgresPort && { postgresPort }),
  };
}

/** Makes the folder when it is missing; one that is there keeps its permissions. */
export async function openHome(home: Home): Promise<Home> {
  await Deno.mkdir(home.folder, { recursive: true, mode: 0o700 });
  return { ...home, folder: await Deno.realPath(home.folder) };
}

/** What an earlier start remembered; nothing when there was none. */
export async function loadMemory(home: Home): Promise<Memory | undefined> {
  const path = `${home.folder}/stack.json`;
  const text = await Deno.readTextFile(path).catch(ignoreNotFound);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new StackError(`Cannot read ${path}: it is no JSON; \`deno task stack:reset\` starts afresh`);
  }
}

/** The ports as settings and memory say, else free ones; new identities where there are none. */
export function toMemory(home: Home, earlier: Memory | undefined): Memory {
  const kafkaPort = home.kafkaPort ?? earlier?.kafkaPort ??
    freePort([home.postgresPort, earlier?.postgresPort]);
  return {
    clusterId: newClusterId(),
    password: crypto.getRandomValues(new Uint8Array(16)).toHex(),
    ...earlier,
    kafkaPort,
    postgresPort: home.postgresPort ?? earlier?.postgresPort ?? freePort([kafkaPort]),
  };
}

export async function writeMemory(home: Home, memory: Memory): Promise<void> {
  await writePrivate(`${home.folder}/stack.json`, JSON.stringify(memory, null, 2) + "\n");
}

/** Writes the facts that programs and shells read: one single-quoted `KEY='value'` a line. */
export async function writeFacts(home: Home, facts: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(facts).map(([key, value]) => `${key}='${value.replaceAll("'", `'\\''`)}'\n`);
  await writePrivate(`${home.folder}/env`, lines.join(""));
}

export async function removeFacts(home: Home): Promise<void> {
  await Deno.remove(`${home.folder}/env`).catch(ignoreNotFound);
}

/** True when nothing listens on the port of this machine's loopback. */
export function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

/** A free port other than those in `taken`. */
export function freePort(taken: readonly (number | undefined)[]): number {
  const first = PORT_FIRST + crypto.getRandomValues(new Uint16Array(1))[0]! % (PORT_LAST - PORT_FIRST);
  for (let port = first; port < first + (PORT_LAST - PORT_FIRST); port++) {
    const candidate = port > PORT_LAST ? port - (PORT_LAST - PORT_FIRST) : port;
    if (!taken.includes(candidate) && isFree(candidate)) return candidate;
  }
  throw new StackError(`Cannot find a free port from ${PORT_FIRST} to ${PORT_LAST}`);
}

function readPort(env: Env, name: string): number | undefined {
  return integer(env, name, { preset: 0, min: 1, max: 65_535 }) || undefined;
}

function cacheFolder(env: Env, home: string): string {
  const user = env.get("HOME");
  if (env.get("XDG_CACHE_HOME")) return `${env.get("XDG_CACHE_HOME")}/breakwater`;
  if (!user) return `${home}/cache`;
  return Deno.build.os === "darwin" ? `${user}/Library/Caches/breakwater` : `${user}/.cache/breakwater`;
}

// A reader sees the old file or the new one, and a full disk leaves the old one.
async function writePrivate(path: string, content: string): Promise<void> {
  const fresh = `${path}.new`;
  await Deno.remove(fresh).catch(ignoreNotFound);
  await Deno.writeTextFile(fresh, content, { mode: 0o600, createNew: true });
  await Deno.rename(fresh, path);
}

// Kafka's form of an identity: 16 bytes in URL-safe base64. A leading "-" would read as an option's name.
function newClusterId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0]! &= 0x7f;
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
