/**
 * How bad a break is, by its value and its type. Breaks are worked on in this order, and the clock of each runs by it
 * (see `sla.ts`). The database keeps it in a column, by `break_severity` of the migrations, so that lists can be in
 * its order; a test holds the two together.
 *
 * @module
 */

import { compare } from "../trade/decimal.ts";

/** The worst first, as lists are ordered. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = typeof SEVERITIES[number];

/** Notional in USD, from which on a value counts this many steps. */
const VALUE_STEPS: readonly (readonly [usdMin: string, steps: number])[] = [
  ["25000000", 3],
  ["5000000", 2],
  ["500000", 1],
];
/** Of a break whose value is unknown, such as an execution in an instrument that nobody booked. */
const STEPS_UNKNOWN = 1;

/** Position or cash is wrong until it is solved. */
const POSITION = ["side", "quantity", "instrument", "counterparty", "currency"]
  .concat("missing_book", "missing_street", "duplicate", "bust", "settlement_fail");
/** The position is right, its record is not. */
const RECORD = ["fees", "late", "reported"];

/** @param notionalUsd Decimal text; null where it is not known. */
export function severityOf(type: string, notionalUsd: string | null): Severity {
  const typeSteps = POSITION.includes(type) ? 1 : RECORD.includes(type) ? -2 : 0;
  const steps = Math.min(Math.max(valueSteps(notionalUsd) + typeSteps, 0), 3);
  return SEVERITIES[3 - steps]!;
}

function valueSteps(notionalUsd: string | null): number {
  if (notionalUsd === null) return STEPS_UNKNOWN;
  return VALUE_STEPS.find(([usdMin]) => compare(notionalUsd, usdMin) >= 0)?.[1] ?? 0;
}
