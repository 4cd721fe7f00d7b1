/**
 * Kafka's jars, fetched once for a user by Maven.
 *
 * @module
 */

import { causeIn, StackError } from "./fault.ts";
import { checkMaven } from "./java.ts";
import { exists, removeAll } from "./files.ts";
import { runToEnd } from "./process.ts";

const VERSION = "4.3.1";
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const POM = `${import.meta.dirname}/pom.xml`;

/** A complete folder of jars and the class path over them. */
export interface KafkaFiles {
  readonly folder: string;
  readonly classPath: string;
}

/**
 * The jars, fetched when this user does not have them yet. A fetch that is cut short leaves nothing that a later
 * one would take for complete: it works in a folder of its own, renamed at the end.
 *
 * @throws {StackError} If Maven is missing or cannot fetch.
 */
export async function kafkaFiles(
  cacheFolder: string,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<KafkaFiles> {
  const pom = await crypto.subtle.digest("SHA-256", await Deno.readFile(POM));
  const folder = `${cacheFolder}/kafka-${VERSION}-${new Uint8Array(pom, 0, 4).toHex()}`;
  if (await exists(folder)) return toFiles(folder);

  await checkMaven();
  report(`fetching Kafka ${VERSION} with Maven, once, into ${folder} …`);
  await Deno.mkdir(cacheFolder, { recursive: true, mode: 0o700 });
  const part = await Deno.makeTempDir({ dir: cacheFolder, prefix: "kafka-part-" });
  try {
    const args = ["-B", "-q", "-f", POM, COPY, `-DoutputDirectory=${part}`, "-DincludeScope=runtime"];
    const { success, output } = await runToEnd("mvn", args, { signal });
    if (!success) throw new StackError(`Cannot fetch Kafka with Maven: ${causeIn(output)}`);
    // Another command may have been faster; its folder is as good as ours.
    await Deno.rename(part, folder).catch(async (error) => {
      if (!await exists(folder)) throw error;
    });
  } finally {
    await removeAll(part);
  }
  report(`fetched Kafka ${VERSION}`);
  return toFiles(folder);
}

// The archive fits one class path, byte for byte, so the order is fixed.
function toFiles(folder: string): KafkaFiles {
  const jars = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".jar"));
  return { folder, classPath: jars.sort().map((jar) => `${folder}/${jar}`).join(":") };
}
