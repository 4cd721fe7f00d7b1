/**
 * One Kafka broker that is its own controller (KRaft), without Docker.
 *
 * @module
 */

import { findCause, StackError } from "./fault.ts";
import { exists, ignoreNotFound, removeAll } from "./files.ts";
import { freePort } from "./home.ts";
import { findJava, type Java } from "./java.ts";
import { kafkaFiles } from "./kafka_files.ts";
import { kafkaAnswers } from "./kafka_ready.ts";
import { findProcesses, runToEnd, startServer, stopProcesses } from "./process.ts";
import { bringUp, type Scene, type Server } from "./server.ts";

/** What a start needs. */
interface KafkaTools {
  readonly java: Java;
  readonly classPath: string;
  /** Where the archive of parsed classes lies, or will lie: it fits this Java and this class path alone. */
  readonly archive: string;
}

/** Serial GC, the first compiler alone and a class archive: start to metadata in one second instead of two. */
const JVM = [
  "-Xms128m",
  "-Xmx512m",
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-XX:+ExitOnOutOfMemoryError",
  "-XX:-UsePerfData",
  "-Xshare:auto",
  "-Djava.awt.headless=true",
  "-Dlog4j2.disableJmx=true",
  `-Dlog4j2.configurationFile=${import.meta.dirname}/log4j2.properties`,
];

/** What a broker without an archive of parsed classes writes when it ends, in its own folder. */
const NEW_ARCHIVE = "classes.jsa";

// SIGTERM lets the broker close its logs, so that the next start need not recover them.
const STOP = [{ signal: "SIGTERM", withinMs: 30_000 }, { signal: "SIGKILL", withinMs: 5_000 }] as const;

/** The broker of a home. One that runs needs neither Java nor Maven to be found, asked or stopped. */
export function kafkaServer({ home, memory, report, signal }: Scene): Server {
  const folder = `${home.folder}/kafka`;
  const mark = `-Dbreakwater.home=${folder}`;
  const logFile = `${folder}/server.log`;
  let tools: Promise<KafkaTools> | undefined;
  const findTools = () => tools ??= toTools(home.cacheFolder, report, signal);
  const server: Server = {
    name: "Kafka",
    port: memory.kafkaPort,
    setting: "STACK_KAFKA_PORT",
    logFile,
    find: () => findProcesses(mark),
    answers: () => kafkaAnswers(memory.kafkaPort),
    stop: async () => {
      await stopFormat(folder);
      await stopProcesses("Kafka", () => findProcesses(mark), STOP);
    },
    start: async () => {
      const { java, classPath, archive } = await findTools();
      const option = await exists(archive)
        ? `SharedArchiveFile=${archive}`
        : `ArchiveClassesAtExit=${NEW_ARCHIVE}`;
      const jvm = [java.command, ...JVM, "-cp", classPath];
      if (!await exists(`${folder}/data`)) await format(folder, jvm, memory.clusterId, signal);
      // Nothing but the broker speaks to its controller, so that port may be another at every start.
      const controllerPort = freePort([memory.kafkaPort, memory.postgresPort]);
      await Deno.writeTextFile(
        `${folder}/server.properties`,
        settings("data", memory.kafkaPort, controllerPort),
      );
      const command = [...jvm, `-XX:${option}`, mark, "kafka.Kafka", "server.properties"];
      await startServer(command, { cwd: folder, logFile });
    },
    afterStart: async () => {
      const { java, archive } = await findTools();
      if (await exists(archive)) return;
      report(`preparing Kafka for Java ${java.version}, once …`);
      await server.stop();
      await keepArchive(`${folder}/${NEW_ARCHIVE}`, archive);
      await bringUp(server, signal);
    },
  };
  return server;
}

async function toTools(cacheFolder: string, report: (line: string) => void, signal?: AbortSignal) {
  const java = await findJava();
  const { folder, classPath } = await kafkaFiles(cacheFolder, report, signal);
  return { java, classPath, archive: `${folder}/classes-${java.version}.jsa` };
}

/** A Java that cannot write an archive leaves an empty one: it is not asked again, and starts a second slower. */
async function keepArchive(made: string, archive: string): Promise<void> {
  const part = `${archive}.${Deno.pid}`;
  await Deno.copyFile(made, part).catch(async (error) => {
    ignoreNotFound(error);
    await Deno.writeFile(part, new Uint8Array());
  });
  await Deno.rename(part, archive);
  await removeAll(made);
}

/**
 * Writes Kafka's identity into a folder that becomes `data` when it is whole, so that a format cut short is done
 * again. The paths in the settings are relative: a comma in an absolute one would read as two folders.
 */
async function format(folder: string, jvm: readonly string[], clusterId: string, signal?: AbortSignal) {
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await stopFormat(folder);
  await removeAll(`${folder}/data.new`);
  await Deno.writeTextFile(`${folder}/format.properties`, settings("data.new", 1, 2));
  const [java, ...options] = jvm;
  const tool = ["kafka.tools.StorageTool", "format", `--cluster-id=${clusterId}`, "-c", "format.properties"];
  const { success, output } = await runToEnd(java!, [...options, formatMark(folder), ...tool], {
    cwd: folder,
    signal,
  });
  // On a full disk the tool leaves the file empty and reports success.
  const identity = await Deno.readTextFile(`${folder}/data.new/meta.properties`).catch(ignoreNotFound);
  if (!success || !identity?.includes(clusterId)) {
    throw new StackError(`Cannot format Kafka's storage in ${folder}: ${await findCause(output, folder)}`);
  }
  await Deno.rename(`${folder}/data.new`, `${folder}/data`);
}

const formatMark = (folder: string) => `-Dbreakwater.format=${folder}`;

/** A command that is killed leaves the tool that it ran. */
async function stopFormat(folder: string): Promise<void> {
  await stopProcesses("Kafka's format", () => findProcesses(formatMark(folder)), STOP.slice(1));
}

/** The broker's settings. Topics are made by the programs, each with what it needs. */
function settings(data: string, port: number, controllerPort: number): string {
  return `process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:${controllerPort}
log.dirs=${data}
auto.create.topics.enable=false
# One broker keeps one copy of everything.
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# A group starts at once, and a consumer that was killed is missed after seconds.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
# The default keeps a killed broker fenced for nine seconds after its restart.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
# The default would take a quarter of the heap.
log.cleaner.dedupe.buffer.size=16777216
`;
}
