import assert from "node:assert/strict";
import { toTally } from "./run.ts";

const CASES: { name: string; output: string; success: boolean; want: [passed: number, failed: number] }[] = [
  { name: "counts", output: "\nok | 12 passed (3 steps) | 0 failed (9ms)\n", success: true, want: [12, 0] },
  { name: "counts failures", output: "FAILED | 3 passed | 2 failed (1s)\n", success: false, want: [3, 2] },
  {
    name: "counts what was skipped as failed",
    output: "\x1b[0mok\x1b[0m | 3 passed (1 step) | 0 failed | 1 ignored (1 step) (1s)\n",
    success: true,
    want: [3, 2],
  },
  {
    name: "does not count what a filter left out",
    output: "ok | 1 passed | 0 failed | 4 filtered out (1s)\n",
    success: true,
    want: [1, 0],
  },
  { name: "sees that nothing ran", output: "ok | 0 passed | 0 failed (1ms)\n", success: true, want: [0, 0] },
  { name: "takes a crash for a failure", output: "panicked", success: false, want: [0, 1] },
  {
    name: "is not misled by what a test prints",
    output: "ok | 9 passed | 0 failed\nFAILED | 1 passed | 1 failed (1s)\n",
    success: false,
    want: [1, 1],
  },
];

for (const { name, output, success, want } of CASES) {
  Deno.test(`toTally() ${name}`, () => {
    const { passed, failed } = toTally(output, success);
    assert.deepEqual([passed, failed], want);
  });
}
