/**
 * Where about a share of all trades ends, by the statistics that PostgreSQL keeps of the columns: a jump into the
 * middle of a million rows costs as much as a page. They tell nothing of a filter, so that the place is about right.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { type Place, type Sort, SORTS } from "../components/trades/sorts.ts";

/** A value and the share of rows that have it, or that lie between the one before and it; ascending. */
interface Step {
  readonly value: string;
  readonly share: number;
  /** Its rows have this very value. */
  readonly isCommon: boolean;
}

/** By column; without statistics a column has no steps. */
export type Distribution = Readonly<Record<string, readonly Step[]>>;

const COLUMNS = Object.values(SORTS).map(({ column }) => column);

export async function loadDistribution(session: Session): Promise<Distribution> {
  const rows = await session.query(
    `select attname as column, coalesce(most_common_vals::text::text[], '{}') as common,
      coalesce(most_common_freqs, '{}')::float8[] as shares, coalesce(histogram_bounds::text::text[], '{}') as bounds
    from pg_stats where schemaname = current_schema() and tablename = 'trades' and attname = any($1)`,
    [COLUMNS],
  );
  return Object.fromEntries(rows.map(({ column, common, shares, bounds }) => [
    column,
    toSteps(column, common, shares, bounds),
  ]));
}

export function toSteps(
  column: string,
  common: readonly string[],
  shares: readonly number[],
  bounds: readonly string[],
): Step[] {
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  const between = bounds.map((value, n): Step => ({
    value,
    share: n === 0 ? 0 : rest / (bounds.length - 1),
    isCommon: false,
  }));
  const own = common.map((value, n): Step => ({ value, share: shares[n]!, isCommon: true }));
  const isText = ["counterparty", "instrument"].includes(column);
  return [...between, ...own].sort((a, b) =>
    isText ? (a.value < b.value ? -1 : 1) : toNumber(column, a.value) - toNumber(column, b.value)
  );
}

/**
 * The place below which the list goes on.
 *
 * @param at How far down the list, from 0 to 1.
 * @returns Null: there are no statistics to tell.
 */
export function placeAt(distribution: Distribution, { name, isDescending }: Sort, at: number): Place | null {
  const { column, isGroup } = SORTS[name];
  const found = findStep(distribution[column] ?? [], isDescending ? 1 - at : at);
  if (found === null) return null;
  const { step, before, inside } = found;
  // Before every id, whichever way the list has them.
  const id = isDescending === isGroup ? "" : "\u{10ffff}";
  if (!isGroup) {
    const [low, high] = [toNumber(column, before.value), toNumber(column, step.value)];
    return [toCell(column, step.isCommon ? high : low + (high - low) * inside), id];
  }
  // In a group the newest booking comes first.
  const booked = placeAt(distribution, { name: "booked", isDescending: true }, inside);
  return booked && [step.value, booked[0]!, id];
}

function findStep(steps: readonly Step[], share: number) {
  const total = steps.reduce((sum, step) => sum + step.share, 0);
  if (total <= 0) return null;
  let [below, before] = [0, steps[0]!];
  for (const step of steps) {
    if (step.share > 0 && below + step.share >= share * total) {
      return { step, before, inside: Math.max(0, share * total - below) / step.share };
    }
    below += step.share;
    before = step;
  }
  return { step: before, before, inside: 1 };
}

function toNumber(column: string, value: string): number {
  return column === "notional_usd" ? Number(value) : Date.parse(
    value.replace(" ", "T").replace(/\+00$/, "Z").replace(/^(\d{4}-\d\d-\d\d)$/, "$1T00:00:00Z"),
  );
}

function toCell(column: string, value: number): string {
  return column === "notional_usd" ? value.toFixed(2) : new Date(value).toISOString().replace("Z", "000Z");
}
