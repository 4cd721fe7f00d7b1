import assert from "node:assert/strict";
import { SettingError } from "./env.ts";
import { homeFolder, readDatabaseUrl, readKafka, readTopics, withLocalStack } from "./settings.ts";

const env = (settings: Record<string, string> = {}) => new Map(Object.entries(settings));

const STACK = `KAFKA_BROKERS='127.0.0.1:20001'
DATABASE_URL='postgresql://b:it'\\''s@127.0.0.1:20002/breakwater'
WEB_PORT='1'
`;
const up = () => STACK;
const down = () => {
  throw new Deno.errors.NotFound();
};

Deno.test("withLocalStack() takes addresses from the stack's file, and nothing else", () => {
  const merged = withLocalStack(env(), up);
  assert.equal(merged.get("KAFKA_BROKERS"), "127.0.0.1:20001");
  assert.equal(merged.get("DATABASE_URL"), "postgresql://b:it's@127.0.0.1:20002/breakwater");
  assert.equal(merged.get("WEB_PORT"), undefined);
});

Deno.test("withLocalStack() lets the environment win, one setting at a time", () => {
  const merged = withLocalStack(env({ KAFKA_BROKERS: "elsewhere:9092", DATABASE_URL: " " }), up);
  assert.equal(merged.get("KAFKA_BROKERS"), "elsewhere:9092");
  assert.match(merged.get("DATABASE_URL")!, /20002/);
});

Deno.test("withLocalStack() finds nothing while the stack is down", () => {
  assert.equal(withLocalStack(env(), down).get("DATABASE_URL"), undefined);
});

Deno.test("homeFolder() lies in the checkout unless it is absolute", () => {
  assert.match(homeFolder(env()), /\/\.breakwater$/);
  assert.equal(homeFolder(env({ BREAKWATER_HOME: "/srv/home" })), "/srv/home");
  assert.equal(homeFolder(env({ BREAKWATER_HOME: "x" })), homeFolder(env()).replace(/\.breakwater$/, "x"));
});

Deno.test("readKafka() reads brokers, TLS and SASL", () => {
  assert.deepEqual(readKafka(env()), { brokers: ["127.0.0.1:9092"], ssl: false });
  const settings = {
    KAFKA_BROKERS: "a:1, [::1]:2",
    KAFKA_SSL: "true",
    KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
    KAFKA_SASL_USERNAME: "u",
    KAFKA_SASL_PASSWORD: "p",
  };
  assert.deepEqual(readKafka(env(settings)), {
    brokers: ["a:1", "[::1]:2"],
    ssl: true,
    sasl: { mechanism: "scram-sha-512", username: "u", password: "p" },
  });
});

const BAD: { name: string; read: () => unknown; says: RegExp }[] = [
  {
    name: "a broker without a port",
    read: () => readKafka(env({ KAFKA_BROKERS: "host" })),
    says: /not "host"/,
  },
  {
    name: "SASL without a user",
    read: () => readKafka(env({ KAFKA_SASL_MECHANISM: "plain" })),
    says: /KAFKA_SASL_USERNAME is not set/,
  },
  { name: "no database", read: () => readDatabaseUrl(env()), says: /stack:up/ },
  {
    name: "another kind of URL",
    read: () => readDatabaseUrl(env({ DATABASE_URL: "mysql://u:secret@h/d" })),
    says: /^(?!.*secret).*postgres:/,
  },
  {
    name: "an unknown sslmode",
    read: () => readDatabaseUrl(env({ DATABASE_URL: "postgres://h/d?sslmode=prefer" })),
    says: /"prefer"/,
  },
  {
    name: "verify-ca without an authority",
    read: () => readDatabaseUrl(env({ DATABASE_URL: "postgres://h/d?sslmode=verify-ca" })),
    says: /sslrootcert/,
  },
  { name: "a bad topic", read: () => readTopics(env({ TRADES_TOPIC: "a b" })), says: /"a b"/ },
  {
    name: "one topic for both sides",
    read: () => readTopics(env({ TRADES_TOPIC: "x", FIX_TOPIC: "x" })),
    says: /must differ/,
  },
];

for (const { name, read, says } of BAD) {
  Deno.test(`settings refuse ${name}`, () => {
    assert.throws(read, (error) => error instanceof SettingError && says.test(error.message));
  });
}
