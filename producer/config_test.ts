import assert from "node:assert/strict";
import { SettingError } from "../shared/platform/env.ts";
import { PLAIN_DAY } from "./market.ts";
import { readConfig } from "./config.ts";

const SURROUNDINGS = {
  nowMs: Date.parse("2026-11-23T15:00:00Z"),
  freshSeed: () => "fresh",
  readFile: Deno.readTextFileSync,
};

const read = (...args: string[]) => readConfig(new Map<string, string>(), args, SURROUNDINGS);

Deno.test("readConfig() presets a live market of 45 fills a minute", () => {
  const { tape, speed, truthFile } = read()!;
  const { clock: _, ...rest } = tape;
  assert.deepEqual(
    { ...rest, speed, truthFile },
    {
      ...PLAIN_DAY,
      seed: "fresh",
      startMs: SURROUNDINGS.nowMs,
      intervalMs: 60_000 / 45,
      fills: null,
      faultShare: 0.015,
      speed: 1,
      truthFile: null,
    },
  );
});

Deno.test("readConfig() reads every flag", () => {
  const flags =
    "--rate MAX --count 20 --seed S --start 2026-11-20 --until 2026-11-21 --break-rate 1 --truth f --no-fix";
  const { tape, speed, truthFile } = read(...flags.split(" "))!;
  const { seed, startMs, fills, untilMs, faultShare, sides } = tape;
  assert.deepEqual([seed, fills, faultShare, sides, speed, truthFile], ["S", 20, 1, "trades", null, "f"]);
  assert.deepEqual([startMs, untilMs], [Date.parse("2026-11-20"), Date.parse("2026-11-21")]);
});

Deno.test("readConfig() reads how the street speaks, and what it takes back", () => {
  const { tape } = read(..."--fix-version 5.0sp2 --bust-rate 0.01 --correct-rate 0.02".split(" "))!;
  assert.deepEqual([tape.fixVersion, tape.bustShare, tape.correctionShare], ["5.0SP2", 0.01, 0.02]);
});

Deno.test("readConfig() reads a mix of faults, by type and how often", () => {
  const { tape, lateAfterMs } = read("--fault-mix", "price=3, side,late=0.5", "--late-after", "9")!;
  assert.deepEqual(tape.faultMix, { price: 3, side: 1, late: 0.5 });
  assert.equal(lateAfterMs, 9_000);
});

Deno.test("readConfig() lets flags have the last word over a scenario", () => {
  const { tape } = read("--scenario", "bad-broker", "--break-rate", "0.2", "--fault-mix", "side")!;
  assert.deepEqual([tape.faultShare, tape.faultMix], [0.2, { side: 1 }]);
  assert.deepEqual([...tape.brokers.keys()], ["BARC", "DBKB"]);
});

Deno.test("readConfig() gives nothing when help is asked for", () => {
  assert.equal(read("--help", "--rate", "x"), null);
});

const REFUSED: { args: string; want: RegExp }[] = [
  { args: "--rate fast", want: /--rate must be max or from 0.001/ },
  { args: "--rate 0", want: /--rate/ },
  { args: "--count 1.5", want: /--count must be a whole number, not "1.5"/ },
  { args: "--count 0", want: /--count/ },
  { args: "--break-rate 1.1", want: /--break-rate must be from 0 to 1, not "1.1"/ },
  { args: "--bust-rate x", want: /--bust-rate must be from 0 to 1, not "x"/ },
  { args: "--correct-rate 2", want: /--correct-rate must be from 0 to 1, not "2"/ },
  { args: "--fix-version 4.3", want: /--fix-version must be 4.2, 4.4, 5.0SP2, not "4.3"/ },
  { args: "--speed 0", want: /--speed/ },
  { args: "--fault-mix cost=1", want: /--fault-mix must be such as price=3,side=1, of price, / },
  { args: "--fault-mix price=x", want: /--fault-mix must be .*not "price=x"/ },
  { args: "--fault-mix price=1,price=2", want: /--fault-mix/ },
  { args: "--late-after 0", want: /--late-after must be from 1 to 3600/ },
  {
    args: "--scenario sunny",
    want: /--scenario must be calm-day, .* or a file that can be read, not "sunny"/,
  },
  { args: "--start soon", want: /--start must be a time such as/ },
  { args: "--no-fix --no-trades", want: /leave nothing to send/ },
  { args: "--rate max", want: /needs --count/ },
];

for (const { args, want } of REFUSED) {
  Deno.test(`readConfig() refuses ${args}`, () => {
    assert.throws(
      () => read(...args.split(" ")),
      (error) => error instanceof SettingError && want.test(error.message),
    );
  });
}

Deno.test("readConfig() names every fault at once, each once", () => {
  assert.throws(() => read("--rate", "x", "--count", "y", "--break-rate", "z"), (error) => {
    assert(error instanceof SettingError);
    assert.equal(error.faults.length, 3);
    return true;
  });
});
