/**
 * A tape with all that a test of its faults asks of it: the records, read and unread.
 *
 * @module
 */

import type { Execution } from "../../shared/trade/street.ts";
import type { TapeOptions } from "../market.ts";
import type { TapeRecord } from "../reporting.ts";
import { readTape } from "./read_tape.ts";

/** One FIX message by tag. */
export interface Told {
  readonly key: string;
  get(tag: number): string | undefined;
  all(tag: number): string[];
}

export function tellAll(changes: Partial<TapeOptions>) {
  const read = readTape(changes);
  const told = read.records.filter(({ side }) => side === "fix").map(toTold);
  const bookings = read.records.filter(({ side }) => side === "trades").map(
    ({ value }): Record<string, string | undefined> => JSON.parse(new TextDecoder().decode(value)),
  );
  const executions: readonly Execution[] = read.changed;
  return { ...read, executions, told, bookings };
}

function toTold({ key, value }: TapeRecord): Told {
  const fields = new TextDecoder("latin1").decode(value).split("\x01").slice(0, -1)
    .map((field) => [Number(field.split("=")[0]), field.slice(field.indexOf("=") + 1)] as const);
  const all = (wanted: number) => fields.flatMap(([tag, text]) => tag === wanted ? [text] : []);
  return { key, all, get: (wanted) => all(wanted)[0] };
}
