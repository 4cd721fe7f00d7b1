/**
 * What the machine must bring: Java for Kafka, and Maven to fetch Kafka once.
 *
 * @module
 */

import { StackError } from "./fault.ts";
import { runToEnd } from "./process.ts";

const JAVA_OLDEST = 17;

export interface Java {
  readonly command: string;
  /** The full version, such as `17.0.15+6`: a class archive fits one alone. */
  readonly version: string;
}

/**
 * The Java of JAVA_HOME, else the one on the PATH.
 *
 * @throws {StackError} If there is none, or it is older than Kafka needs.
 */
export async function findJava(): Promise<Java> {
  const home = Deno.env.get("JAVA_HOME");
  const command = home ? `${home}/bin/java` : "java";
  const need = `Kafka needs Java ${JAVA_OLDEST} or later`;
  const output = await outputOf(command, ["-version"], `${need}, and there is no \`${command}\``);
  // `openjdk version "17.0.15" 2025-04-15`, or `java version "1.8.0_402"`
  const version = /version "([^"]+)"/.exec(output)?.[1];
  const build = /\(build ([^),]+)/.exec(output)?.[1] ?? version;
  if (version === undefined) {
    throw new StackError(`${need}, and \`${command} -version\` says: ${output.trim()}`);
  }
  if (Number.parseInt(version) < JAVA_OLDEST) {
    throw new StackError(`${need}, and \`${command}\` is ${version}: install a newer one or set JAVA_HOME`);
  }
  return { command, version: build!.replaceAll(/[^\w.+-]/g, "_") };
}

/** @throws {StackError} If Maven is missing. */
export async function checkMaven(): Promise<void> {
  await outputOf("mvn", ["-v"], "Fetching Kafka, once, needs Maven, and there is no `mvn` on the PATH");
}

async function outputOf(command: string, args: readonly string[], missing: string): Promise<string> {
  try {
    return (await runToEnd(command, args)).output;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      throw new StackError(`${missing}: install it, then try again`);
    }
    throw error;
  }
}
