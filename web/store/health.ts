/**
 * Asks the database whether it can serve, and when the consumers were last heard of.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import type { Sources } from "./kpi.ts";

export interface Health {
  /** The newest migration that is applied; 0: none. */
  readonly schema: number;
  /** Since a consumer last wrote its progress; null: never. */
  readonly consumerAgeMs: number | null;
}

/** Answers also while the schema is missing, so that "not migrated" can be told from "away". */
export async function loadHealth(session: Session, { tradesTopic, fixTopic }: Sources): Promise<Health> {
  const [tables] = await session.query(
    "select to_regclass('schema_migrations') is not null as migrated, to_regclass('ingest_progress') is not null as fed",
  );
  const [schema] = tables?.migrated
    ? await session.query("select max(version)::int as version from schema_migrations")
    : [];
  const [progress] = tables?.fed
    ? await session.query(
      `select extract(epoch from clock_timestamp() - max(updated_at))::float8 * 1000 as age_ms
      from ingest_progress where topic in ($1, $2)`,
      [tradesTopic, fixTopic],
    )
    : [];
  return { schema: schema?.version ?? 0, consumerAgeMs: progress?.age_ms ?? null };
}
