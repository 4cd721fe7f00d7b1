/**
 * Serves the board, its pages and the REST API.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { openLog } from "../shared/platform/log.ts";
import { openDatabase } from "../shared/platform/postgres.ts";
import { runProgram } from "../shared/platform/program.ts";
import { withLocalStack } from "../shared/platform/settings.ts";
import { answers } from "./api/broker.ts";
import { readSchemaNeeded } from "./api/health.ts";
import { openApp } from "./app.ts";
import { loadCalendars } from "./calendars.ts";
import { readConfig } from "./config.ts";
import { openFeed } from "./feed.ts";
import { openStreams } from "./sse.ts";
import { openStore } from "./store.ts";

const HELP = `Serves the board, its pages and the REST API.

  deno task web

  --help  this text

Settings: DATABASE_URL, KAFKA_BROKERS (only asked whether they answer), WEB_HOST (127.0.0.1), WEB_PORT (8000; 0: any
free one), CONSUMER_GROUP, TRADES_TOPIC, FIX_TOPIC, FIX_DICTIONARY, CALENDAR_CLOSURES_FILE, LOG_LEVEL. Prints the
address it listens at. It starts without its database, and says so until that is there.
`;
const CONNECTIONS_MAX = 6;

if (import.meta.main) await runProgram("web", serve);

async function serve(stop: AbortSignal): Promise<number> {
  if (parseArgs({ args: Deno.args, options: { help: { type: "boolean" } } }).values.help) {
    console.log(HELP);
    return 0;
  }
  const config = readConfig(withLocalStack(Deno.env));
  const calendars = loadCalendars(config.closuresFile);
  // What is wrong with a broker's dictionary is said now, not to the first who looks at a message.
  if (Deno.env.get("FIX_DICTIONARY")) await import("./fix/decoder.ts");
  const log = openLog("web", config.logLevel);
  const options = { connectionsMax: CONNECTIONS_MAX, applicationName: "breakwater-web", log };
  const database = openDatabase(config.databaseUrl, options);
  const { trades: tradesTopic, fix: fixTopic } = config.topics;
  const store = openStore(database, { consumerGroup: config.group, tradesTopic, fixTopic }, calendars);
  const feed = openFeed(store, log);
  const app = openApp({
    store,
    feed,
    streams: openStreams(feed, log),
    schemaNeeded: readSchemaNeeded(),
    brokerAnswers: () => answers(config.kafka),
    calendars,
    log,
    host: config.host,
  });

  const following = Promise.all([
    feed.run(stop),
    database.listen("breakwater", () => feed.wake(), stop),
  ]);
  following.catch(() => {}); // Seen by the race below, once the server listens.
  const server = await app.listen({
    hostname: config.host,
    port: config.port,
    onListen: ({ hostname, port }) => console.log(`http://${hostname}:${port}`),
  }).catch((error) => {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    const at = `${config.host}:${config.port}`;
    throw new Error(`cannot listen at ${at}, another program does: stop it, or set WEB_PORT`, {
      cause: error,
    });
  });
  await Promise.race([following, server.finished, new Promise((end) => stop.addEventListener("abort", end))]);
  // Streams never end by themselves: the process's end closes them, and browsers reconnect.
  return 0;
}
