/**
 * Breaks for tests of the work on them, whatever reconciliation makes of their trades.
 *
 * @module
 */

import type { World } from "./harness.ts";
import { booking } from "./messages.ts";
import { write } from "./web_world.ts";

export interface OpenedBreak {
  readonly type: string;
  readonly notionalUsd: string;
}

const PRICE: OpenedBreak = { type: "price", notionalUsd: "27150.00" };

/** Breaks 1 to n, each at version 1, of the trades T-1 to T-n. */
export async function openBreaks(world: World, breaks: readonly OpenedBreak[]): Promise<void> {
  await write(world, breaks.map((_, at) => booking({ trade_id: `T-${at + 1}`, exec_id: `E-${at + 1}` })));
  await world.database.query(
    `select open_break('E-' || n, type, 'T-' || n, 'E-' || n, type, '1', '2', 'Citi', "notionalUsd")
    from jsonb_to_recordset($1::jsonb) as b(n int, type text, "notionalUsd" numeric) order by n`,
    [JSON.stringify(breaks.map((opened, at) => ({ n: at + 1, ...opened })))],
  );
}

/** Price breaks 1 to `count`. */
export function openPriceBreaks(world: World, count: number): Promise<void> {
  return openBreaks(world, Array.from({ length: count }, () => PRICE));
}
