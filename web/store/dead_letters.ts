/**
 * Loads what was set aside: pages of it, how much for which reason, and one record with its bytes.
 *
 * @module
 */

import type { DeadLetterRow, DeadLetterTally } from "../components/dead_letters/letter.ts";
import type { Session } from "../../shared/platform/postgres.ts";
import { iso } from "./columns.ts";

export interface DeadLetterFilter {
  readonly topic?: string | undefined;
  readonly code?: string | undefined;
  /** Unset: whatever became of it. */
  readonly status?: string | undefined;
}

/** With its bytes; null: the record had none. */
export type DeadLetter = DeadLetterRow & { readonly value: Uint8Array | null };

const COLUMNS = `d.id::float8 as id, d.topic, d.partition, d."offset"::text as "offset",
  left(encode(d.key, 'escape'), 200) as key, length(d.value) as size, d.code, left(d.text, 1000) as text, d.status,
  ${iso("d.recorded_at")} as recorded_at`;

/** Records that match, the newest first. */
export async function loadDeadLetters(
  session: Session,
  filter: DeadLetterFilter,
  page: { readonly rowsMax: number; readonly before?: string | undefined },
): Promise<DeadLetterRow[]> {
  const params: unknown[] = [];
  const where: string[] = [];
  for (const name of ["topic", "code", "status"] as const) {
    if (filter[name] !== undefined) where.push(`d.${name} = $${params.push(filter[name])}`);
  }
  if (page.before !== undefined) where.push(`d.id < $${params.push(page.before)}`);
  return await session.query<DeadLetterRow & Record<string, unknown>>(
    `select ${COLUMNS} from dead_letters d ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by d.id desc limit $${params.push(page.rowsMax)}`,
    params,
  );
}

/** How many of each reason, topic and status, the most first. */
export async function loadDeadLetterTallies(session: Session): Promise<DeadLetterTally[]> {
  return await session.query<DeadLetterTally & Record<string, unknown>>(
    `select topic, code, status, count(*)::float8 as letters from dead_letters
    group by topic, code, status order by letters desc, topic, code, status`,
  );
}

/** Null: there is no such record. */
export async function loadDeadLetter(session: Session, id: string): Promise<DeadLetter | null> {
  const [row] = await session.query<DeadLetter & Record<string, unknown>>(
    `select ${COLUMNS}, d.value from dead_letters d where d.id = $1`,
    [id],
  );
  return row ?? null;
}
