/**
 * How fast the FIX codec is, stage by stage, beside other engines on the same messages. A rate is messages per
 * second of processor time of the whole process, compiler and collector included, the same for all. Rounds take
 * turns, and what is compared is compared within its round; medians are shown.
 *
 * @module
 */

import process from "node:process";
import { parseArgs } from "node:util";
import { WEEKDAY_CLOCK } from "../producer/clock.ts";
import { PLAIN_DAY, tape } from "../producer/market.ts";
import { checkMessage, Dictionaries, type Fault, Fields, scanFrame } from "../shared/fix/mod.ts";
import { readStreet } from "../shared/trade/read_street.ts";
import { type JavaProgram, startJava } from "./fix_peers/java.ts";
import { runJspurefix } from "./fix_peers/jspurefix.ts";

const HELP = `Measures the FIX codec beside QuickFIX/J, Philadelphia and jspurefix.

  deno task bench:fix [--messages N] [--json]

  --messages N  how many, as the producer makes them (100000)
  --json        one JSON object instead of the table

The first run fetches the peers with Maven and npm into the user's cache.`;

const WARM_UP_ROUNDS = 4;
const ROUNDS = 9;
const PEERS = ["philadelphia", "quickfixj", "quickfixj_validating"];
/** What the issue of this codec asks for; typed rows are per second where a byte-sum loop makes 1 GB/s. */
const RATIO_GOALS = [
  { ours: "tags", theirs: "philadelphia", goal: 2 },
  { ours: "tags", theirs: "quickfixj", goal: 5 },
  { ours: "dictionary", theirs: "quickfixj_validating", goal: 5 },
];
const ROWS_PER_GB_GOAL = 0.8e6;

interface Rate {
  readonly name: string;
  readonly messages: number;
  /** Of the median round. */
  readonly seconds: number;
}

interface Ratio {
  readonly name: string;
  readonly median: number;
  readonly goal: number;
}

interface Corpus {
  readonly bytes: Uint8Array;
  readonly messages: readonly Uint8Array[];
}

const fields = new Fields();
const dictionary = new Dictionaries().find("FIX.4.4")!;
const faults: Fault[] = [];

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { messages: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const corpus = makeCorpus(Number(values.messages ?? 100_000));
  await using java = await startJava("Bench", corpus.bytes);
  const { rates, ratios } = await measure(corpus, java);
  const growth = heapGrowth(corpus);
  rates.push(...await runJspurefix(corpus.messages));
  const bytesPerMessage = corpus.bytes.length / corpus.messages.length;
  if (values.json) {
    console.log(JSON.stringify({ bytesPerMessage, heapBytesPerMessage: growth, rates, ratios }));
  } else console.log(toTable(rates, ratios, bytesPerMessage, growth));
}

function makeCorpus(count: number): Corpus {
  const messages: Uint8Array[] = [];
  const options = {
    ...PLAIN_DAY,
    seed: "bench",
    startMs: Date.parse("2026-11-20T14:30:00Z"),
    clock: WEEKDAY_CLOCK,
    intervalMs: 500,
    fills: null,
    faultShare: 0.015,
    bustShare: 0.01,
    correctionShare: 0.01,
    sides: "fix",
  } as const;
  for (const { side, value } of tape(options)) {
    if (side === "fix") messages.push(value);
    if (messages.length >= count) break;
  }
  const bytes = new Uint8Array(messages.reduce((sum, message) => sum + message.length, 0));
  let at = 0;
  const views = messages.map((message) => {
    bytes.set(message, at);
    at += message.length;
    return bytes.subarray(at - message.length, at);
  });
  return { bytes, messages: views };
}

function passesOver({ bytes, messages }: Corpus): Record<string, () => void> {
  // A Kafka client hands each message over by itself: rows are read so, all else from one buffer.
  const executions = messages.filter((message) =>
    fields.readFrame(message, 0, message.length) > 0 && fields.text(35) === "8"
  );
  const sample = Array.from(messages, (_, at) => executions[at % executions.length]!);
  return {
    byte_sum: () => sumOneByOne(bytes),
    frame: () => eachFrame(bytes, scanFrame),
    tags: () => readAll(bytes),
    dictionary: () => eachFrame(bytes, checkFrame),
    typed_row: () => {
      for (const message of sample) readStreet(message, "strict");
    },
    typed_any: () => {
      for (const message of messages) readStreet(message, "strict");
    },
  };
}

function readAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const end = fields.readFrame(bytes, at, bytes.length);
    if (end <= at) throw new Error(`A message of the producer has a broken frame at byte ${at}`);
    at = end;
  }
}

function checkFrame(bytes: Uint8Array, at: number, end: number): number {
  const frameEnd = fields.readFrame(bytes, at, end);
  checkMessage(fields, dictionary, faults);
  if (faults.length > 0) throw new Error(`A message of the producer is faulty: ${faults[0]!.text}`);
  return frameEnd;
}

async function measure(corpus: Corpus, java: JavaProgram): Promise<{ rates: Rate[]; ratios: Ratio[] }> {
  const passes = passesOver(corpus);
  const seconds: Record<string, number[]> = {};
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const name of [...Object.keys(passes), ...PEERS]) {
      const took = passes[name] ? secondsOf(passes[name]) : Number(await java.ask(name));
      if (round >= 0) (seconds[name] ??= []).push(took);
    }
  }
  const messages = corpus.messages.length;
  const rates = Object.entries(seconds).map(([name, took]) => ({ name, messages, seconds: median(took) }));
  const ratios = RATIO_GOALS.map(({ ours, theirs, goal }) => ({
    name: `${ours} / ${theirs}`,
    median: median(seconds[theirs]!.map((took, round) => took / seconds[ours]![round]!)),
    goal,
  }));
  const gigabytes = corpus.bytes.length / 1e9;
  ratios.push({
    name: "M typed_row/s for 1 GB/s byte_sum",
    median: median(seconds.byte_sum!.map((took, round) =>
      took / gigabytes * messages / seconds.typed_row![round]!
    )) / 1e6,
    goal: ROWS_PER_GB_GOAL / 1e6,
  });
  return { rates, ratios };
}

function secondsOf(pass: () => void): number {
  const before = process.cpuUsage();
  pass();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** What any reader must at least do: it has to see every byte. */
function sumOneByOne(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at]!) & 255;
  return sum;
}

function eachFrame(bytes: Uint8Array, take: (bytes: Uint8Array, at: number, end: number) => number): void {
  for (let at = 0; at < bytes.length;) {
    const end = take(bytes, at, bytes.length);
    if (end <= at) throw new Error(`A message of the producer has a broken frame at byte ${at}`);
    at = end;
  }
}

/** Bytes that stay on the heap for each message that is framed, read and checked, before any collection. */
function heapGrowth({ bytes, messages }: Corpus): number {
  const before = process.memoryUsage().heapUsed;
  eachFrame(bytes, checkFrame);
  return Math.max(0, process.memoryUsage().heapUsed - before) / messages.length;
}

function toTable(
  rates: readonly Rate[],
  ratios: readonly Ratio[],
  bytesPerMessage: number,
  growth: number,
): string {
  const rows = rates.map(({ name, messages, seconds }) => {
    const millions = (messages / seconds / 1e6).toFixed(3).padStart(9);
    const gigabytes = (messages * bytesPerMessage / seconds / 1e9).toFixed(2).padStart(7);
    return `${name.padEnd(22)}${millions}${gigabytes}`;
  });
  return [
    `${"".padEnd(22)}${"M msg/s".padStart(9)}${
      "GB/s".padStart(7)
    }   of processor time, whole process; medians`,
    ...rows,
    "",
    ...ratios.map(({ name, median, goal }) =>
      `${name.padEnd(34)}${median.toFixed(2).padStart(6)}  (goal ${goal}: ${
        median >= goal ? "reached" : "missed"
      })`
    ),
    "typed_row: what the consumer takes of an ExecutionReport; typed_any: of every message of the tape",
    `heap growth: ${growth.toFixed(1)} bytes a message; a message has ${bytesPerMessage.toFixed(0)} bytes`,
  ].join("\n");
}
