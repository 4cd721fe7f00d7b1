/**
 * How fast the FIX codec is, stage by stage, beside other engines on the same messages in the same run. Rates
 * are per second of processor time, so that a busy machine changes little.
 *
 * @module
 */

import process from "node:process";
import { parseArgs } from "node:util";
import { WEEKDAY_CLOCK } from "../producer/clock.ts";
import { tape } from "../producer/market.ts";
import { checkMessage, Dictionaries, type Fault, Fields, scanFrame } from "../shared/fix/mod.ts";
import { readStreet } from "../shared/trade/read_street.ts";
import { runJava } from "./fix_peers/java.ts";
import { runJspurefix } from "./fix_peers/jspurefix.ts";

const HELP = `Measures the FIX codec beside QuickFIX/J, Philadelphia and jspurefix.

  deno task bench:fix [--messages N] [--json]

  --messages N  how many, as the producer makes them (100000)
  --json        one JSON object instead of the table

The first run fetches the peers with Maven and npm into the user's cache.`;

const ROUNDS = 5;
/** What the issue of this codec asks for. */
const GOALS = { philadelphia: 2, quickfixj: 5, validating: 5 };

interface Rate {
  readonly name: string;
  readonly messages: number;
  readonly seconds: number;
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
  const ours = measureOurs(corpus);
  const growth = heapGrowth(corpus);
  const java = (await runJava("Bench", corpus.bytes)).trim().split("\n").map((line) =>
    JSON.parse(line) as Rate
  );
  const rates = [...ours, ...java, ...await runJspurefix(corpus.messages)];
  const bytesPerMessage = corpus.bytes.length / corpus.messages.length;
  if (values.json) console.log(JSON.stringify({ bytesPerMessage, heapBytesPerMessage: growth, rates }));
  else console.log(toTable(rates, bytesPerMessage, growth));
}

function makeCorpus(count: number): Corpus {
  const messages: Uint8Array[] = [];
  const options = {
    seed: "bench",
    startMs: Date.parse("2026-11-20T14:30:00Z"),
    clock: WEEKDAY_CLOCK,
    intervalMs: 500,
    fills: null,
    untilMs: null,
    faultShare: 0.015,
    bustShare: 0.01,
    correctionShare: 0.01,
    sides: "fix",
    fixVersion: "4.4",
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

function measureOurs({ bytes, messages }: Corpus): Rate[] {
  const end = bytes.length;
  return [
    measure("byte_sum", messages.length, () => sumOneByOne(bytes)),
    measure("frame", messages.length, () => eachFrame(bytes, () => {})),
    measure("tags", messages.length, () => eachFrame(bytes, (from, to) => fields.read(bytes, from, to))),
    measure("dictionary", messages.length, () => eachFrame(bytes, checkFrame)),
    measure("typed_row", messages.length, () => {
      for (const message of messages) readStreet(message, "strict");
    }),
  ].map((rate) => ({ ...rate, bytes: end }));

  function checkFrame(from: number, to: number): void {
    fields.read(bytes, from, to);
    checkMessage(fields, dictionary, faults);
    if (faults.length > 0) throw new Error(`A message of the producer is faulty: ${faults[0]!.text}`);
  }
}

/** What any reader must at least do: it has to see every byte. */
function sumOneByOne(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at]!) & 255;
  return sum;
}

function eachFrame(bytes: Uint8Array, take: (from: number, to: number) => void): void {
  for (let at = 0; at < bytes.length;) {
    const end = scanFrame(bytes, at, bytes.length);
    if (end <= at) throw new Error(`A message of the producer has a broken frame at byte ${at}`);
    take(at, end);
    at = end;
  }
}

function measure(name: string, messages: number, pass: () => void): Rate {
  pass();
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    pass();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  return { name, messages, seconds: best };
}

/** Bytes that stay on the heap for each message that is framed, read and checked, before any collection. */
function heapGrowth({ bytes, messages }: Corpus): number {
  const before = process.memoryUsage().heapUsed;
  eachFrame(bytes, (from, to) => {
    fields.read(bytes, from, to);
    checkMessage(fields, dictionary, faults);
  });
  return Math.max(0, process.memoryUsage().heapUsed - before) / messages.length;
}

function toTable(rates: readonly Rate[], bytesPerMessage: number, growth: number): string {
  const perSecond = (name: string) => {
    const rate = rates.find((one) => one.name === name);
    return rate === undefined ? NaN : rate.messages / rate.seconds;
  };
  const rows = rates.map(({ name, messages, seconds }) => {
    const millions = (messages / seconds / 1e6).toFixed(3).padStart(9);
    const gigabytes = (messages * bytesPerMessage / seconds / 1e9).toFixed(2).padStart(7);
    return `${name.padEnd(22)}${millions}${gigabytes}`;
  });
  const ratio = (a: string, b: string) => (perSecond(a) / perSecond(b)).toFixed(1);
  return [
    `${"".padEnd(22)}${"M msg/s".padStart(9)}${"GB/s".padStart(7)}   of processor time`,
    ...rows,
    "",
    `tags / philadelphia               ${ratio("tags", "philadelphia")}  (goal ${GOALS.philadelphia})`,
    `tags / quickfixj                  ${ratio("tags", "quickfixj")}  (goal ${GOALS.quickfixj})`,
    `dictionary / quickfixj_validating ${
      ratio("dictionary", "quickfixj_validating")
    }  (goal ${GOALS.validating})`,
    `heap growth: ${growth.toFixed(1)} bytes a message; a message has ${bytesPerMessage.toFixed(0)} bytes`,
  ].join("\n");
}
