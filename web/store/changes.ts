/**
 * Reads the change feed, and knows a place in it: `xid-id` of the last row a reader has seen. Rows are read only
 * below the oldest transaction still running, so that nothing which commits late is skipped.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";

/** Before the first change of a database. */
export const START = "0-0";

export interface Changes {
  /** False: rows after the place asked for may have been trimmed, or the place is not one of this database. */
  readonly known: boolean;
  /** The last row read, or the place asked for. */
  readonly position: string;
  readonly tradeIds: readonly string[];
  readonly breakIds: readonly string[];
  /** There are more rows than were read. */
  readonly isCut: boolean;
  /** Rows are written that may not be read yet, because an older transaction still runs. */
  readonly isPending: boolean;
}

const CHANGES = `
with
  known as (select exists (select from changes where xid = $1::xid8 and id = $2::bigint)
    or ($1 = '0' and coalesce((select min(id) from changes), 1) = 1) as known),
  fresh as (
    select xid, id, trade_ids, break_ids from changes
    where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, id limit $3
  ),
  last as (select xid, id from fresh order by xid desc, id desc limit 1)
select (select known from known) as known,
  (select xid || '-' || id from last) as position,
  (select count(*) from fresh)::int as rows,
  array(select distinct unnest(trade_ids) from fresh) as trade_ids,
  array(select distinct unnest(break_ids) from fresh)::text[] as break_ids,
  exists (select from changes where xid >= pg_snapshot_xmin(pg_current_snapshot())) as pending`;

/** What has changed after a place in the feed, from at most `rowsMax` rows of it. */
export async function loadChanges(session: Session, position: string, rowsMax: number): Promise<Changes> {
  const place = readPosition(position);
  if (!place) return { known: false, position, tradeIds: [], breakIds: [], isCut: false, isPending: false };
  const [row] = await session.query(CHANGES, [place.xid, place.id, rowsMax]);
  return {
    known: row?.known === true,
    position: row?.position ?? position,
    tradeIds: row?.trade_ids ?? [],
    breakIds: row?.break_ids ?? [],
    isCut: row?.rows === rowsMax,
    isPending: row?.pending === true,
  };
}

/** True when `a` lies after `b`; both must be positions. */
export function isAfter(a: string, b: string): boolean {
  const [one, other] = [readPosition(a), readPosition(b)];
  if (!one || !other) return false;
  const xids = BigInt(one.xid) - BigInt(other.xid);
  return xids > 0n || (xids === 0n && BigInt(one.id) > BigInt(other.id));
}

export function isPosition(text: string): boolean {
  return readPosition(text) !== null;
}

function readPosition(text: string): { xid: string; id: string } | null {
  const [, xid, id] = /^(\d{1,19})-(\d{1,18})$/.exec(text) ?? [];
  return xid !== undefined && id !== undefined ? { xid, id } : null;
}
