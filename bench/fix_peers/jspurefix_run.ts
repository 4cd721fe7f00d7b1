/**
 * Parses the messages of a JSON file with jspurefix, as its own benchmark does, and prints the rate. Its names
 * are put together at run time, so that no check of the project fetches it.
 *
 * @module
 */

import process from "node:process";

const PACKAGE = "npm:jspurefix@5.11.4";
const ROUNDS = 3;

// deno-lint-ignore no-explicit-any
const load = async (path: string): Promise<any> => {
  const module = await import(`${PACKAGE}/dist/${path}`);
  return module.default ?? module;
};

await import("npm:reflect-metadata" + "@0.2.2");
const { SessionContainer } = await load("runtime/index.js");
const { DITokens } = await load("runtime/di-tokens.js");
const { DefinitionFactory } = await load("util/index.js");
const { ParseCase, ParseDepth } = await load("benchmark/parse-bench.js");

const messages = JSON.parse(await Deno.readTextFile(Deno.args[0]!)) as string[];
const system = new SessionContainer();
system.registerGlobal("error");
const container = await system.makeSystem({
  application: {
    reconnectSeconds: 10,
    type: "initiator",
    name: "bench",
    tcp: { host: "localhost", port: 2344 },
    protocol: "ascii",
    dictionary: "qf44",
  },
  EncryptMethod: 0,
  ResetSeqNumFlag: true,
  HeartBtInt: 30,
  SenderCompId: "BREAKWATER",
  TargetCompID: "GSCO",
  TargetSubID: "fix",
  BeginString: "FIX.4.4",
});
const config = container.resolve(DITokens.IJsFixConfig);
config.definitions = await new DefinitionFactory().getDefinitions("qf44");
config.delimiter = 1;

const parsing = new ParseCase("parse", { config, contents: messages.join(""), depth: ParseDepth.View });
const count = parsing.operationsPerInvocation;
parsing.setup();
parsing.run(count);
let best = Infinity;
for (let round = 0; round < ROUNDS; round++) {
  const before = process.cpuUsage();
  parsing.run(count);
  const { user, system: inKernel } = process.cpuUsage(before);
  best = Math.min(best, (user + inKernel) / 1e6);
}
console.log(JSON.stringify({ name: "jspurefix", messages: count, seconds: best }));
Deno.exit(0);
