/**
 * Loads breaks: pages of them by status, type and counterparty, and those that a change names.
 *
 * @module
 */

import type { BreakRow } from "../../shared/kpi/mod.ts";
import type { Database, Session } from "../../shared/platform/postgres.ts";
import { BREAK_COLUMNS, isoMs } from "./columns.ts";

export interface BreakFilter {
  /** A status, or `closed` or `all`; unset: every break that is not closed. */
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly tradeId?: string | undefined;
  readonly execId?: string | undefined;
}

export interface BreakCursor {
  readonly openedAt: string;
  readonly id: string;
}

/** Breaks that match, the newest first. */
export async function loadBreaks(
  session: Session,
  filter: BreakFilter,
  page: { rowsMax: number; after?: BreakCursor | undefined },
): Promise<BreakRow[]> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where: string[] = [];
  if (filter.status === undefined) where.push("b.closed_at is null");
  else if (filter.status === "closed") where.push("b.closed_at is not null");
  else if (filter.status !== "all") where.push(`b.status = ${bind(filter.status)}`);
  if (filter.type !== undefined) where.push(`b.type = ${bind(filter.type)}`);
  if (filter.counterparty !== undefined) where.push(`b.counterparty = ${bind(filter.counterparty)}`);
  if (filter.tradeId !== undefined) where.push(`b.trade_id = ${bind(filter.tradeId)}`);
  if (filter.execId !== undefined) where.push(`b.exec_id = ${bind(filter.execId)}`);
  if (page.after) {
    where.push(`(b.opened_at, b.id) < (${bind(page.after.openedAt)}::timestamptz, ${bind(page.after.id)})`);
  }
  return await session.query<BreakRow & Record<string, unknown>>(
    `select ${BREAK_COLUMNS} from breaks b ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by b.opened_at desc, b.id desc limit ${bind(page.rowsMax)}`,
    params,
  );
}

/** The given breaks as they are now, the newest first. */
export async function loadBreaksById(
  session: Session,
  ids: readonly string[],
  rowsMax: number,
): Promise<BreakRow[]> {
  return await session.query<BreakRow & Record<string, unknown>>(
    `select ${BREAK_COLUMNS} from breaks b where b.id = any($1::bigint[])
    order by b.opened_at desc, b.id desc limit $2`,
    [ids, rowsMax],
  );
}

/** One entry of a break's history. */
export interface BreakEvent {
  readonly version: number;
  readonly action: string;
  readonly actor: string;
  readonly text: string | null;
  readonly from_status: string;
  readonly to_status: string;
  readonly book: string | null;
  readonly street: string | null;
  readonly at: string;
}

export type BreakStory = BreakRow & { readonly events: readonly BreakEvent[] };

/** A break with all that happened to it, the newest first. */
export async function loadBreak(session: Session, id: string): Promise<BreakStory | null> {
  const [row] = await session.query<BreakRow & Record<string, unknown>>(
    `select ${BREAK_COLUMNS} from breaks b where b.id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const events = await session.query<BreakEvent & Record<string, unknown>>(
    `select version::float8 as version, action, actor, text, from_status, to_status, book, street,
      ${isoMs("at")} as at from break_events where break_id = $1 order by version desc`,
    [id],
  );
  return { ...row, events };
}

/** What a user does to a break, as `change_break` takes it. */
export interface BreakAction {
  readonly id: string;
  /** The version that the user saw. */
  readonly version: number;
  readonly action: string;
  readonly actor: string;
  readonly text: string | null;
  readonly details: Readonly<Record<string, string | undefined>>;
}

/** @throws The refusal of `change_break`, with its SQLSTATE. */
export async function changeBreak(
  database: Database,
  { id, version, action, actor, text, details }: BreakAction,
): Promise<BreakStory> {
  return await database.transaction(async (tx) => {
    await tx.query("select change_break($1, $2, $3, $4, $5, $6)", [
      id,
      version,
      action,
      actor,
      text,
      JSON.stringify(details),
    ]);
    return (await loadBreak(tx, id))!;
  });
}
