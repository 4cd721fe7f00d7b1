import assert from "node:assert/strict";
import { NO_SCENARIO, readScenario, ScenarioError } from "./scenario.ts";

Deno.test("readScenario() of nothing is a plain day", () => {
  assert.deepEqual(readScenario("{}", "mine"), NO_SCENARIO);
});

const REFUSED: { name: string; text: string; want: RegExp }[] = [
  { name: "what is no JSON", text: "{", want: /^scenario mine: is not JSON/ },
  { name: "a list", text: "[]", want: /^scenario mine: the whole: / },
  { name: "an unknown part", text: '{"fault": {}}', want: /the whole: .*"fault"/ },
  { name: "a share above 1", text: '{"faults": {"share": 2}}', want: /faults.share: / },
  { name: "a fault that there is not", text: '{"faults": {"mix": {"cost": 1}}}', want: /faults.mix/ },
  { name: "a broker that there is not", text: '{"brokers": {"Acme": {}}}', want: /brokers/ },
  { name: "a day without fills", text: '{"phases": [{"minutes": 5, "times": 0}]}', want: /must have fills/ },
  {
    name: "a storm without bounds",
    text: '{"replay": {"everyFills": 1, "records": 1e6}}',
    want: /replay.records/,
  },
];
for (const { name, text, want } of REFUSED) {
  Deno.test(`readScenario() refuses ${name}`, () => {
    assert.throws(
      () => readScenario(text, "mine"),
      (error) => error instanceof ScenarioError && want.test(error.message),
    );
  });
}

Deno.test("readScenario() names every fault at once", () => {
  assert.throws(
    () => readScenario('{"bustShare": -1, "perMinute": 0}', "mine"),
    (error) => error instanceof ScenarioError && error.problems.length === 2,
  );
});
