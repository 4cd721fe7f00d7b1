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
  const jars = await fetchJars();
  const classes = await Deno.makeTempDir();
  try {
    await run("javac", ["-d", classes, "-cp", join(jars, "*"), join(HERE, `${program}.java`)]);
    const classPath = `${classes}:${join(jars, "*")}`;
    return await run("java", [...JAVA_OPTIONS, "-cp", classPath, program, ...args], input);
  } finally {
    await Deno.remove(classes, { recursive: true });
  }
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
