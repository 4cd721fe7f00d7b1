/**
 * What the street of a tape says, decoded and checked.
 *
 * @module
 */

import { type DecodedMessage, decodeMessage, Dictionaries, frameFaults } from "../../shared/fix/mod.ts";
import { WEEKDAY_CLOCK } from "../clock.ts";
import { PLAIN_DAY, tape, type TapeOptions } from "../market.ts";

export const OPTIONS: TapeOptions = {
  ...PLAIN_DAY,
  seed: "street",
  startMs: Date.parse("2026-11-16T09:00:00Z"),
  clock: WEEKDAY_CLOCK,
  intervalMs: 60_000 / 45,
  fills: 3_000,
  faultShare: 0,
};
const dictionaries = new Dictionaries();

/** One message of a tape, its fields by tag: the first of each. */
export interface Told {
  readonly key: string;
  readonly atMs: number;
  readonly decoded: DecodedMessage;
  readonly by: string;
  readonly to: string;
  readonly get: (tag: number) => string | undefined;
  readonly all: (tag: number) => string[];
}

export function listen(changes: Partial<TapeOptions> = {}): Told[] {
  const told: Told[] = [];
  for (const { side, key, atMs, value } of tape({ ...OPTIONS, ...changes })) {
    if (side !== "fix") continue;
    const decoded = decodeMessage(value, frameFaults(value), dictionaries);
    const all = (wanted: number) => decoded.fields.flatMap(([tag, text]) => tag === wanted ? [text] : []);
    const get = (wanted: number) => all(wanted)[0];
    told.push({ key, atMs, decoded, by: get(49)!, to: get(56)!, get, all });
  }
  return told;
}
