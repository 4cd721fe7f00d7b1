/**
 * Limits on what is open with a counterparty, as dated versions, and the alerts that follow from them.
 *
 * @module
 */

import type { Database, Session } from "../../shared/platform/postgres.ts";
import { iso } from "./columns.ts";

export interface Limit {
  readonly counterparty: string;
  readonly version: number;
  readonly measure: "gross" | "net";
  /** Null: there is no limit any more. */
  readonly warn_usd: string | null;
  readonly breach_usd: string | null;
  readonly valid_from: string;
  readonly changed_by: string;
  readonly changed_at: string;
  readonly text: string | null;
}

const COLUMNS =
  `l.counterparty, l.version::float8 as version, l.measure, l.warn_usd, l.breach_usd, l.valid_from,
  l.changed_by, ${iso("l.changed_at")} as changed_at, l.text`;

/** In force on a business date, by counterparty. */
export async function loadLimits(session: Session, date: string): Promise<Limit[]> {
  return await session.query<Limit & Record<string, unknown>>(
    `select ${COLUMNS} from limits_on($1::date) l order by l.counterparty`,
    [date],
  );
}

/** All versions, the newest first. */
export async function loadLimitHistory(
  session: Session,
  counterparty: string,
  rowsMax: number,
): Promise<Limit[]> {
  return await session.query<Limit & Record<string, unknown>>(
    `select ${COLUMNS} from limits l where l.counterparty = $1 order by l.version desc limit $2`,
    [counterparty, rowsMax],
  );
}

export interface LimitChange {
  readonly counterparty: string;
  /** The newest one that the user saw; 0: none. */
  readonly version: number;
  readonly measure: "gross" | "net";
  readonly warnUsd: string | null;
  readonly breachUsd: string | null;
  readonly validFrom: string;
  readonly actor: string;
  readonly text: string | null;
}

/** @throws The refusal of `set_limit`, with its SQLSTATE. */
export async function changeLimit(database: Database, change: LimitChange): Promise<Limit> {
  const { counterparty, version, measure, warnUsd, breachUsd, validFrom, actor, text } = change;
  return await database.transaction(async (tx) => {
    const [row] = await tx.query<Limit & Record<string, unknown>>(
      `select ${COLUMNS} from set_limit($1, $2, $3, $4, $5, $6, $7, $8) l`,
      [counterparty, version, measure, warnUsd, breachUsd, validFrom, actor, text],
    );
    return row!;
  });
}

/** What needs somebody's attention. */
export interface AlertRow {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  readonly severity: "warning" | "critical";
  readonly state: "open" | "closed";
  readonly version: number;
  readonly opened_at: string;
  readonly changed_at: string;
  readonly closed_at: string | null;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface AlertFilter {
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
}

/** The newest first. */
export async function loadAlerts(
  session: Session,
  { state, kind }: AlertFilter,
  { rowsMax, after }: {
    readonly rowsMax: number;
    readonly after?: { readonly openedAt: string; readonly id: string } | undefined;
  },
): Promise<AlertRow[]> {
  return await session.query<AlertRow & Record<string, unknown>>(
    `select a.id::float8 as id, a.kind, a.key, a.severity, a.state, a.version::float8 as version,
      ${iso("a.opened_at")} as opened_at, ${iso("a.changed_at")} as changed_at, ${
      iso("a.closed_at")
    } as closed_at,
      a.text, a.details
    from alerts a where ($1::text is null or a.state = $1) and ($2::text is null or a.kind = $2)
      and ($3::timestamptz is null or (a.opened_at, a.id) < ($3::timestamptz, $4::bigint))
    order by a.opened_at desc, a.id desc limit $5`,
    [state ?? null, kind ?? null, after?.openedAt ?? null, after?.id ?? null, rowsMax],
  );
}
