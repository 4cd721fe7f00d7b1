/**
 * The web program of a test's world, and facts put into its database by the consumer's own store.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode } from "../consumer/decode.ts";
import { migrate } from "../consumer/migrate.ts";
import { writeBatch } from "../consumer/store/mod.ts";
import type { World } from "./harness.ts";
import type { Attributes } from "./messages.ts";
import { type Program, type Settings, until } from "./programs.ts";

export interface Web {
  /** Without a slash at its end. */
  readonly url: string;
  readonly program: Program;
  get(path: string): Promise<Response>;
  // deno-lint-ignore no-explicit-any -- the tests say what they expect of an answer
  json(path: string): Promise<any>;
}

/** Starts the web and waits until it says where it listens. */
export async function startWeb(world: World, settings: Settings = {}): Promise<Web> {
  const program = world.start("web", [], settings);
  let url: string | undefined;
  await until("the web listens", () => {
    url = /http:\/\/\S+/.exec(program.output())?.[0];
    return url !== undefined;
  });
  const get = (path: string) => fetch(url + path);
  return {
    url: url!,
    program,
    get,
    json: async (path) => {
      const response = await get(path);
      const body = await response.text();
      assert.equal(response.status, 200, `${path}: ${body}`);
      return JSON.parse(body);
    },
  };
}

let offset = 0;

/** Writes bookings and FIX messages as the consumer would have read them, in one transaction. */
export async function write(
  { database, tradesTopic, fixTopic }: World,
  bookings: readonly Attributes[],
  messages: readonly Uint8Array[] = [],
): Promise<void> {
  await migrate(database);
  const source = (topic: string, value: Uint8Array) => ({
    topic,
    partition: 0,
    offset: String(offset++),
    key: null,
    value,
    recordTimeMs: Date.now(),
  });
  const encoder = new TextEncoder();
  const records = [
    ...bookings.map((booking) => source(tradesTopic, encoder.encode(JSON.stringify(booking)))),
    ...messages.map((message) => source(fixTopic, message)),
  ];
  const decoded = records.map((record) => decode(record, { fixTopic, validation: "strict" }));
  for (const record of decoded) assert.notEqual(record.kind, "rejected", JSON.stringify(record));
  await writeBatch(database, "tests", decoded, []);
}
