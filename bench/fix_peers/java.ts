/**
 * The Java side of the comparisons: jars fetched once into the user's cache, programs compiled there.
 *
 * @module
 */

import { join } from "node:path";

const HERE = import.meta.dirname!;
/** Heap and compiler as a server would have them; one collector thread, as the machine is shared. */
const JAVA_OPTIONS = ["-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"];

/** Runs a program of this folder, such as `Judge`, on bytes. @returns What it printed. */
export async function runJava(
  program: string,
  input: Uint8Array,
  args: readonly string[] = [],
): Promise<string> {
  await using compiled = await compile(program);
  return await run("java", [...compiled.options, program, ...args], input);
}

export interface JavaProgram extends AsyncDisposable {
  /** Writes a line. @returns The line it answers with. */
  ask(line: string): Promise<string>;
}

/** Starts a program of this folder, such as `Bench`, that takes bytes, their length first, and then questions. */
export async function startJava(program: string, input: Uint8Array): Promise<JavaProgram> {
  const compiled = await compile(program);
  const child = new Deno.Command("java", {
    args: [...compiled.options, program],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
    .getReader();
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, input.length);
  await writer.write(new Uint8Array(length.buffer));
  await writer.write(input);
  return {
    async ask(line) {
      await writer.write(new TextEncoder().encode(`${line}\n`));
      const { value, done } = await lines.read();
      if (done) throw new Error(`${program} ended at ${line}`);
      return value;
    },
    async [Symbol.asyncDispose]() {
      await writer.close();
      await lines.cancel();
      await child.status;
      await compiled[Symbol.asyncDispose]();
    },
  };
}

class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(text, controller) {
        const lines = (rest + text).split("\n");
        rest = lines.pop()!;
        for (const line of lines) controller.enqueue(line);
      },
    });
  }
}

async function compile(program: string): Promise<AsyncDisposable & { options: string[] }> {
  const jars = await fetchJars();
  const classes = await Deno.makeTempDir();
  await run("javac", ["-d", classes, "-cp", join(jars, "*"), join(HERE, `${program}.java`)]);
  return {
    options: [...JAVA_OPTIONS, "-cp", `${classes}:${join(jars, "*")}`],
    [Symbol.asyncDispose]: () => Deno.remove(classes, { recursive: true }),
  };
}

async function fetchJars(): Promise<string> {
  const pom = join(HERE, "pom.xml");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await Deno.readFile(pom)));
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? join(Deno.env.get("HOME") ?? "/tmp", ".cache");
  const folder = join(cache, "breakwater", `fix-peers-${digest.slice(0, 4).toHex()}`);
  if (await exists(folder)) return folder;
  await Deno.mkdir(join(cache, "breakwater"), { recursive: true });
  const part = await Deno.makeTempDir({ dir: join(cache, "breakwater") });
  console.error("fetching QuickFIX/J and Philadelphia with Maven, once …");
  await run("mvn", ["-B", "-q", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${part}`]);
  try {
    await Deno.rename(part, folder);
  } catch (error) {
    // Another process was first.
    if (!await exists(folder)) throw error;
    await Deno.remove(part, { recursive: true });
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function run(command: string, args: string[], input?: Uint8Array): Promise<string> {
  const stdin = input === undefined ? "null" : "piped";
  const child = new Deno.Command(command, { args, stdin, stdout: "piped", stderr: "piped" }).spawn();
  const output = child.output();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(input);
    await writer.close();
  }
  const { success, stdout, stderr } = await output;
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`${command} ${args.at(-1)} failed: ${new TextDecoder().decode(stderr).slice(-2_000)}`);
}
