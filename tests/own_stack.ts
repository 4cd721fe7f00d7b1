/**
 * A Kafka and a PostgreSQL of one's own in a temporary folder: for a whole run of tests, and for a single test
 * that kills its servers, so that no other test loses them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { loadMemory, openHome } from "../stack/home.ts";
import { kafkaServer } from "../stack/kafka.ts";
import { purge, readHome, up } from "../stack/mod.ts";
import { findPlace } from "../stack/place.ts";
import { postgresServer } from "../stack/postgres.ts";
import type { Servers } from "./harness.ts";
import { until } from "./programs.ts";

export interface OwnStack {
  readonly home: string;
  readonly servers: Servers;
  /** Ends a server as a crash does, and returns when nothing of it is left. */
  crash(server: "kafka" | "postgres"): Promise<void>;
  /** Starts what does not run. */
  repair(): Promise<void>;
}

export interface OwnStackOptions {
  /** Takes a line for the user, such as that something is fetched. */
  readonly report?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Brings both up, and leaves nothing of them when `body` has ended. */
export async function withOwnStack<T>(
  body: (stack: OwnStack) => Promise<T>,
  { report = () => {}, signal }: OwnStackOptions = {},
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "breakwater-own-stack-" });
  const settings = new Map([["BREAKWATER_HOME", folder], ["STACK_KAFKA_PORT", ""], [
    "STACK_POSTGRES_PORT",
    "",
  ]]);
  const home = await openHome(readHome({ get: (name) => settings.get(name) ?? Deno.env.get(name) }));
  try {
    const { brokers, databaseUrl } = await up(home, report, signal);
    const memory = await loadMemory(home);
    assert(memory);
    const scene = { home, memory, place: await findPlace(home), report };
    const servers = { kafka: kafkaServer(scene), postgres: postgresServer(scene) };
    return await body({
      home: folder,
      servers: { brokers, databaseUrl },
      crash: async (name) => {
        const pids = await servers[name].find();
        assert(pids.length > 0, `${name} does not run`);
        for (const pid of pids) Deno.kill(pid, "SIGKILL");
        await until(`${name} is gone`, async () => (await servers[name].find()).length === 0);
      },
      repair: async () => void await up(home, report),
    });
  } finally {
    await purge(home, report);
    await Deno.remove(folder, { recursive: true });
  }
}
