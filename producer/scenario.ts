/**
 * A scenario: what kind of day the simulated market has. Flags of the command line have the last word.
 *
 * @module
 */

import { z } from "zod";
import { COUNTERPARTIES } from "../shared/trade/counterparties.ts";
import { FAULT_TYPES } from "./faults.ts";

export const SCENARIOS = [
  "calm-day",
  "volatile-open",
  "bad-broker",
  "settlement-fail-day",
  "replay-storm",
] as const;

const share = z.number().min(0).max(1);
const times = z.number().min(0).max(1_000);
const count = (max: number) => z.number().int().min(1).max(max);
const names = COUNTERPARTIES.map(({ name }) => name) as [string, ...string[]];

const scenario = z.strictObject({
  about: z.string().optional(),
  perMinute: z.number().min(0.001).max(10_000_000).optional(),
  phases: z.array(z.strictObject({ minutes: z.number().min(1).max(1_440), times }))
    .max(100).refine((phases) => phases.length === 0 || phases.some((phase) => phase.times > 0), {
      message: "at least one phase must have fills",
    }).default([]),
  faults: z.strictObject({
    share: share.optional(),
    mix: z.partialRecord(z.enum(FAULT_TYPES), times).optional(),
  }).default({}),
  bustShare: share.optional(),
  correctionShare: share.optional(),
  curedFailShare: share.default(0),
  brokers: z.partialRecord(
    z.enum(names),
    z.strictObject({ faults: times.default(1), busts: times.default(1), corrections: times.default(1) }),
  ).default({}),
  runOnHours: z.number().min(0).max(1_000).default(0),
  replay: z.strictObject({
    everyFills: count(1_000_000),
    records: count(10_000),
    resends: z.number().int().min(0).max(1_000).default(0),
  }).nullable().default(null),
});

/** See docs/FLOW.md for what each part does. */
export type Scenario = z.infer<typeof scenario>;

export const NO_SCENARIO: Scenario = scenario.parse({});

/** The text is no scenario; the message says what must be mended, one line for each fault. */
export class ScenarioError extends SyntaxError {
  override readonly name = "ScenarioError";

  constructor(source: string, readonly problems: readonly string[]) {
    super(problems.map((problem) => `scenario ${source}: ${problem}`).join("\n"));
  }
}

/** @throws {ScenarioError} If the text is no JSON, or has a part that is unknown or out of range. */
export function readScenario(text: string, source: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(source, [`is not JSON (${(error as Error).message.slice(0, 80)})`]);
  }
  const read = scenario.safeParse(json);
  if (read.success) return read.data;
  throw new ScenarioError(
    source,
    read.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`),
  );
}
