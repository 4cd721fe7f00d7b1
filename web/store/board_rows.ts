/**
 * Which rows a filtered board lists: the newest trades and open breaks of its view.
 *
 * @module
 */

import type { View } from "../../shared/kpi/mod.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import { toNewestTrades, toOpenBreaks, toParams, WITHOUT_DATES } from "./scope.ts";

export interface BoardRows {
  readonly tradeIds: readonly string[];
  readonly breakIds: readonly string[];
}

export async function findBoardRows(session: Session, view: View, rowsMax: number): Promise<BoardRows> {
  const [row] = await session.query<{ trade_ids: string[]; break_ids: string[] }>(
    `select $1::date::text || $2::date::text || $3::text || $4::text || $5::text || $6::text as used,
      array(select trade_id from (${toNewestTrades(view)}) x limit $7) as trade_ids,
      array(select id from (${
      toOpenBreaks(view, WITHOUT_DATES)
    }) x order by opened_at desc, id desc limit $7)::text[]
        as break_ids`,
    [...toParams(view, WITHOUT_DATES), rowsMax],
  );
  return { tradeIds: row?.trade_ids ?? [], breakIds: row?.break_ids ?? [] };
}
