import assert from "node:assert/strict";
import { repeatedFills, type ReportedFill } from "./repeats.ts";

const fill = (execId: string, changes: Partial<ReportedFill> = {}): ReportedFill => ({
  execId,
  cumQty: "100",
  live: true,
  booked: false,
  transactTime: `2026-11-23T14:30:0${execId.slice(1)}Z`,
  ...changes,
});

const CASES: { name: string; fills: ReportedFill[]; changedAt?: string[]; want: string[] }[] = [
  { name: "one fill is no surplus", fills: [fill("E1")], want: [] },
  { name: "the later of two is", fills: [fill("E2"), fill("E1")], want: ["E2 repeats E1"] },
  {
    name: "the one that is booked is not",
    fills: [fill("E1"), fill("E2", { booked: true })],
    want: ["E1 repeats E2"],
  },
  { name: "one that was busted repeats nothing", fills: [fill("E1"), fill("E2", { live: false })], want: [] },
  { name: "one that was busted is not repeated", fills: [fill("E1", { live: false }), fill("E2")], want: [] },
  {
    name: "CumQty came by again after a bust between them",
    fills: [fill("E1"), fill("E3")],
    changedAt: ["2026-11-23T14:30:02Z"],
    want: [],
  },
  {
    name: "a bust after both changes nothing",
    fills: [fill("E1"), fill("E3")],
    changedAt: ["2026-11-23T14:30:04Z"],
    want: ["E3 repeats E1"],
  },
];

for (const { name, fills, changedAt = [], want } of CASES) {
  Deno.test(`repeatedFills(): ${name}`, () => {
    assert.deepEqual([...repeatedFills(fills, changedAt)].map(([id, of]) => `${id} repeats ${of}`), want);
  });
}
