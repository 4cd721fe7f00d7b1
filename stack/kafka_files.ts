/**
 * Kafka's jars, fetched once for a user by Maven.
 *
 * @module
 */

import { findCause, StackError } from "./fault.ts";
import { makeFolder } from "./files.ts";
import { checkMaven } from "./java.ts";
import { runToEnd } from "./process.ts";

const VERSION = "4.3.1";
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const POM = `${import.meta.dirname}/pom.xml`;

/**
 * The folder of the jars and the class path over them, fetched when this user does not have them yet.
 *
 * @throws {StackError} If Maven is missing or cannot fetch.
 */
export async function kafkaFiles(
  cacheFolder: string,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<{ folder: string; classPath: string }> {
  const pom = await crypto.subtle.digest("SHA-256", await Deno.readFile(POM));
  const folder = `${cacheFolder}/kafka-${VERSION}-${new Uint8Array(pom, 0, 4).toHex()}`;
  await makeFolder(folder, report, async (part) => {
    await checkMaven();
    report(`fetching Kafka ${VERSION} with Maven, once, into ${folder} …`);
    const args = ["-B", "-q", "-f", POM, COPY, `-DoutputDirectory=${part}`, "-DincludeScope=runtime"];
    const { success, output } = await runToEnd("mvn", args, { signal });
    if (!success) throw new StackError(`Cannot fetch Kafka with Maven: ${await findCause(output, part)}`);
    report(`fetched Kafka ${VERSION}`);
  });
  return { folder, classPath: toClassPath(folder) };
}

// The archive of classes fits one class path, byte for byte, so the order is fixed.
function toClassPath(folder: string): string {
  const jars = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".jar"));
  return jars.sort().map((jar) => `${folder}/${jar}`).join(":");
}
