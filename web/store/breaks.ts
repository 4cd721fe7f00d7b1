/**
 * Loads breaks: pages of them, those that a change names, and one with its history; and does what a user asks.
 *
 * @module
 */

import type { BreakRow } from "../../shared/kpi/mod.ts";
import type { Database, Session } from "../../shared/platform/postgres.ts";
import type { BreakClock } from "../../shared/reconcile/sla.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import { type BreakSides, loadBreakSides } from "./break_sides.ts";
import { type BreakFilter, toConditions } from "./break_filter.ts";
import { BREAK_COLUMNS, isoMs } from "./columns.ts";

/** A break as `BREAK_COLUMNS` gives it. */
export type StoredBreak = Omit<BreakRow, keyof BreakClock> & Record<string, unknown>;

/** `severity`: the worst first, and of these the oldest; `newest`: the last opened first. */
export type BreakOrder = "severity" | "newest";

export interface BreakCursor {
  readonly openedAt: string;
  readonly id: string;
  /** Of a list in order of severity. */
  readonly severity?: string | undefined;
}

export interface BreakPage {
  readonly rowsMax: number;
  readonly order?: BreakOrder;
  readonly after?: BreakCursor | undefined;
}

/** Breaks that match. Every order ends in the id, so that a page starts exactly after the one before. */
export async function loadBreaks(
  session: Session,
  filter: BreakFilter,
  { rowsMax, order = "newest", after }: BreakPage,
  calendar: Calendar,
): Promise<BreakRow[]> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where = toConditions(filter, bind, calendar);
  if (after && order === "severity") {
    const place = [
      `${bind(after.severity)}::severity`,
      `${bind(after.openedAt)}::timestamptz`,
      bind(after.id),
    ];
    where.push(`(b.severity, b.opened_at, b.id) > (${place.join(", ")})`);
  } else if (after) {
    where.push(`(b.opened_at, b.id) < (${bind(after.openedAt)}::timestamptz, ${bind(after.id)})`);
  }
  const rows = await session.query<StoredBreak>(
    `select ${BREAK_COLUMNS} from breaks b ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by ${
      order === "severity" ? "b.severity, b.opened_at, b.id" : "b.opened_at desc, b.id desc"
    } limit ${bind(rowsMax)}`,
    params,
  );
  return withClock(rows, calendar);
}

/** The given breaks as they are now, the newest first. */
export async function loadBreaksById(
  session: Session,
  ids: readonly string[],
  rowsMax: number,
  calendar: Calendar,
): Promise<BreakRow[]> {
  const rows = await session.query<StoredBreak>(
    `select ${BREAK_COLUMNS} from breaks b where b.id = any($1::bigint[])
    order by b.opened_at desc, b.id desc limit $2`,
    [ids, rowsMax],
  );
  return withClock(rows, calendar);
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
  readonly details: Readonly<Record<string, string>>;
  readonly at: string;
}

export type BreakStory = BreakRow & { readonly events: readonly BreakEvent[]; readonly sides: BreakSides };

/** A break with both sides of its pair, and all that happened to it, the newest first. */
export async function loadBreak(
  session: Session,
  id: string,
  calendar: Calendar,
): Promise<BreakStory | null> {
  const [row] = await session.query<StoredBreak>(
    `select ${BREAK_COLUMNS} from breaks b where b.id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const events = await session.query<BreakEvent & Record<string, unknown>>(
    `select version::float8 as version, action, actor, text, from_status, to_status, book, street,
      details, ${isoMs("at")} as at from break_events where break_id = $1 order by version desc`,
    [id],
  );
  return { ...withClock([row], calendar)[0]!, events, sides: await loadBreakSides(session, id) };
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
  session: Session,
  { id, version, action, actor, text, details }: BreakAction,
): Promise<void> {
  await session.query("select from change_break($1, $2, $3, $4, $5, $6)", [
    id,
    version,
    action,
    actor,
    text,
    JSON.stringify(details),
  ]);
}

/** The break as it is after the action. */
export async function actOnBreak(
  database: Database,
  action: BreakAction,
  calendar: Calendar,
): Promise<BreakStory> {
  return await database.transaction(async (tx) => {
    await changeBreak(tx, action);
    return (await loadBreak(tx, action.id, calendar))!;
  });
}
