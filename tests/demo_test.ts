/**
 * The demo as a user meets it: an address that answers, and nothing left behind however it ends.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ROOT, type Settings, startProgram, until } from "./programs.ts";

const READY_WITHIN_MS = 120_000;
const GONE_WITHIN_MS = 60_000;

interface Demo {
  readonly url: string;
  readonly status: Promise<Deno.CommandStatus>;
  output(): string;
  kill(): void;
  /** All processes that belong to it, servers among them: those that were started with its home. */
  family(): Promise<{ pid: number; command: string }[]>;
}

Deno.test("demo shows a board that answers, and ends with 0 after its seconds", async () => {
  await withDemo(["--seconds", "3", "--rate", "600"], async (demo) => {
    const page = await fetch(demo.url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<table/);
    assert.equal((await demo.status).code, 0, demo.output());
    assert.match(demo.output(), /^producer \| .*sent \d+ fills/m);
  });
});

Deno.test("demo ends when the shell around it is killed", async () => {
  await withDemo([], async (demo) => {
    const family = await demo.family();
    assert(family.some(({ command }) => command.includes("kafka.Kafka")), "there is no Kafka");
    demo.kill();
    await demo.status;
  });
});

Deno.test("demo says which part ended and why, and ends with 1", async () => {
  await withDemo([], async (demo) => {
    const consumer = (await demo.family()).find(({ command }) => command.includes("consumer/main.ts"));
    Deno.kill(consumer!.pid, "SIGKILL");
    assert.equal((await demo.status).code, 1);
    assert.match(demo.output(), /^demo: consumer was ended by SIGKILL/m);
  });
});

Deno.test("demo refuses a rate that is none", async () => {
  const demo = startProgram("demo", ["--rate", "fast"], {});
  assert.equal((await demo.status).code, 2);
  assert.match(demo.log(), /--rate must be a number above 0, not "fast"/);
});

/** Runs `body` when the demo has printed its address; then waits until nothing of it is left. */
async function withDemo(args: string[], body: (demo: Demo) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "breakwater-demo-" });
  const none = { STACK_KAFKA_PORT: "", STACK_POSTGRES_PORT: "", KAFKA_BROKERS: "", DATABASE_URL: "" };
  const settings = { ...none, BREAKWATER_HOME: folder, WEB_PORT: "0" };
  const family = () => readFamily(`BREAKWATER_HOME=${folder}`);
  const demo = startInShell(args, settings);
  const url = () => /Breakwater is at (http\S+)/.exec(demo.output())?.[1];
  let ended = false;
  demo.status.then(() => ended = true);
  try {
    await until(
      () => `the demo is up:\n${demo.output()}`,
      () => ended || url() !== undefined,
      READY_WITHIN_MS,
    );
    assert(url(), `the demo ended:\n${demo.output()}`);
    await body({ ...demo, url: url()!, family });
    let left = "";
    const isGone = async () => {
      left = (await family()).map(({ command }) => command.slice(0, 120)).join("\n");
      return left === "";
    };
    await until(() => `nothing of the demo is left:\n${left}`, isGone, GONE_WITHIN_MS);
  } finally {
    for (const { pid } of await family()) Deno.kill(pid, "SIGKILL");
    await startProgram("stack:down", ["--purge"], settings).status;
    await demo.status;
    await Deno.remove(folder, { recursive: true });
  }
}

/** As a task runner does: a shell that waits, and passes no signal on. */
function startInShell(args: string[], settings: Settings) {
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", '"$0" task demo "$@" 2>&1; exit $?', Deno.execPath(), ...args],
    cwd: ROOT,
    env: { ...settings, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let output = "";
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) output += text;
  })();
  const status = Promise.all([child.status, reading]).then(([status]) => status);
  return { status, output: () => output, kill: () => child.kill("SIGKILL") };
}

/** The processes that have a variable in their environment. */
async function readFamily(variable: string): Promise<{ pid: number; command: string }[]> {
  if (Deno.build.os !== "linux") {
    const { stdout } = await new Deno.Command("ps", { args: ["-axwwE", "-o", "pid=,command="] }).output();
    const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line.includes(variable));
    return lines.map((line) => ({ pid: Number.parseInt(line), command: line }));
  }
  const family = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const environment = readProc(`/proc/${name}/environ`).split("\0");
    if (!environment.includes(variable)) continue;
    family.push({ pid: Number(name), command: readProc(`/proc/${name}/cmdline`).replaceAll("\0", " ") });
  }
  return family;
}

// A process may end while we look at it, or be another user's and so none of ours.
function readProc(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
