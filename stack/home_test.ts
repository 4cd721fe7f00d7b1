import assert from "node:assert/strict";
import { resolve } from "node:path";
import { type Memory, readHome, toMemory } from "./home.ts";

const CHECKOUT = resolve(import.meta.dirname!, "..");
const EARLIER: Memory = { kafkaPort: 20_001, postgresPort: 20_002, clusterId: "c", password: "p" };
const home = (settings: Record<string, string> = {}) => readHome({ get: (name) => settings[name] });

Deno.test("readHome() lies in the checkout unless the setting is absolute", () => {
  assert.equal(home().folder, `${CHECKOUT}/.breakwater`);
  assert.equal(home({ BREAKWATER_HOME: "other" }).folder, `${CHECKOUT}/other`);
  assert.equal(home({ BREAKWATER_HOME: "/srv/b" }).folder, "/srv/b");
});

Deno.test("readHome() keeps what is fetched in the user's cache, else in the home", () => {
  assert.equal(home({ XDG_CACHE_HOME: "/c", HOME: "/h" }).cacheFolder, "/c/breakwater");
  assert.match(home({ HOME: "/h" }).cacheFolder, /^\/h\/(\.cache|Library\/Caches)\/breakwater$/);
  assert.equal(home({ BREAKWATER_HOME: "/srv/b" }).cacheFolder, "/srv/b/cache");
});

Deno.test("readHome() names every port that is none", () => {
  const settings = { STACK_KAFKA_PORT: "0", STACK_POSTGRES_PORT: "x" };
  assert.throws(() => home(settings), /STACK_KAFKA_PORT must be .*\nSTACK_POSTGRES_PORT must be /);
});

Deno.test("toMemory() keeps what an earlier start remembered, except ports that the settings name", () => {
  assert.deepEqual(toMemory(home(), EARLIER), EARLIER);
  assert.deepEqual(toMemory(home({ STACK_KAFKA_PORT: "9092" }), EARLIER), { ...EARLIER, kafkaPort: 9092 });
});
