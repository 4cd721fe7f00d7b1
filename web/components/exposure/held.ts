/**
 * Lets rows stand still while somebody reads them: their figures follow, but none comes, goes or changes its place. Pure.
 *
 * @module
 */

import type { Exposure } from "./exposure.ts";

const KEYS = {
  counterparties: ["counterparty"],
  positions: ["counterparty", "currency", "value_date"],
  ladder: ["value_date", "currency"],
  netting: ["value_date", "currency", "counterparty"],
} as const;

type Row = Readonly<Record<string, unknown>>;

/** What is new, in the rows that are shown. */
export function withRowsOf(now: Exposure, shown: Exposure): Exposure {
  const held = Object.entries(KEYS).map(([list, key]) => {
    const byKey = new Map(rowsOf(now, list).map((row) => [keyOf(row, key), row]));
    return [list, rowsOf(shown, list).map((row) => byKey.get(keyOf(row, key)) ?? row)];
  });
  return { ...now, ...Object.fromEntries(held) };
}

/** How many rows would come or go. */
export function waitingRows(now: Exposure, shown: Exposure): number {
  return Object.entries(KEYS).reduce((count, [list, key]) => {
    const [a, b] = [now, shown].map((of) => new Set(rowsOf(of, list).map((row) => keyOf(row, key)))) as [
      Set<string>,
      Set<string>,
    ];
    return count + a.symmetricDifference(b).size;
  }, 0);
}

function rowsOf(exposure: Exposure, list: string): readonly Row[] {
  return exposure[list as keyof typeof KEYS] as unknown as readonly Row[];
}

function keyOf(row: Row, key: readonly string[]): string {
  return key.map((name) => row[name]).join("\n");
}
