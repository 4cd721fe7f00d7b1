/**
 * One action on many breaks, in portions, so that its progress shows and a closed page loses little.
 *
 * @module
 */

import type { Action, ActionDetails } from "./actions.ts";
import type { Break } from "./break.ts";
import { actOnMany, type BulkItem } from "./client.ts";

const PORTION = 25;

export interface Bulk {
  readonly action: Action;
  readonly total: number;
  readonly items: readonly BulkItem[];
  /** Rows of the last portion as they are now. */
  readonly fresh: readonly Break[];
  readonly isRunning: boolean;
}

/** Tells the state before, after every portion and at the end. A portion that fails as a whole is refused for each. */
export async function runBulk(
  rows: readonly Pick<Break, "id" | "version">[],
  action: Action,
  details: ActionDetails,
  user: string,
  tell: (state: Bulk) => void,
): Promise<void> {
  const total = rows.length;
  let items: BulkItem[] = [];
  tell({ action, total, items, fresh: [], isRunning: true });
  for (let at = 0; at < total; at += PORTION) {
    const portion = rows.slice(at, at + PORTION);
    const now = await actOnMany(portion, action, details, user).catch((error: Error): BulkItem[] =>
      portion.map(({ id }) => ({ id, status: 0, detail: error.message }))
    );
    items = [...items, ...now];
    const fresh = now.flatMap((item) => item.break ? [item.break] : []);
    tell({ action, total, items, fresh, isRunning: at + PORTION < total });
  }
}
