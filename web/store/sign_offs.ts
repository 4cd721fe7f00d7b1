/**
 * Signs a business date off, and loads what was signed.
 *
 * @module
 */

import type { Database, Session } from "../../shared/platform/postgres.ts";
import type { Severity } from "../../shared/reconcile/severity.ts";
import type { Calendar } from "../../shared/trade/calendar/calendar.ts";
import { withClock } from "./break_clock.ts";
import type { BusinessDay } from "./business_day.ts";
import { iso } from "./columns.ts";

interface Tally {
  readonly breaks: number;
  readonly notional_usd: string;
}

/** The end of a business date. */
export interface SignOff {
  readonly business_date: string;
  readonly signed_by: string;
  readonly signed_at: string;
  readonly text: string | null;
  /** Open when it was signed: how many, worth how much, how many of them late. */
  readonly breaks: number;
  readonly notional_usd: string;
  readonly overdue: number;
  /** Since the business date before. */
  readonly opened: number;
  readonly closed: number;
  readonly by_severity: Readonly<Record<string, Tally>>;
  /** `""` for those that nobody had taken. */
  readonly by_owner: Readonly<Record<string, Tally>>;
  /** SHA-256 of the open breaks, hexadecimal. */
  readonly digest: string;
}

/** A break as it was when the date was signed. */
export interface SignedBreak {
  readonly break_id: number;
  readonly version: number;
  readonly type: string;
  readonly status: string;
  readonly severity: Severity;
  readonly trade_id: string;
  readonly counterparty: string | null;
  readonly notional_usd: string | null;
  readonly owner: string | null;
  readonly book: string | null;
  readonly street: string | null;
  readonly opened_at: string;
  readonly due_at: string | null;
  readonly overdue: boolean | null;
  readonly age_business_days: number | null;
}

const COLUMNS = `s.business_date, s.signed_by, ${iso("s.signed_at")} as signed_at, s.text,
  s.breaks::float8 as breaks, s.notional_usd, s.overdue::float8 as overdue, s.opened::float8 as opened,
  s.closed::float8 as closed, s.by_severity, s.by_owner, encode(s.digest, 'hex') as digest`;

export interface Signing {
  readonly day: BusinessDay;
  readonly actor: string;
  readonly text: string | null;
}

/**
 * Freezes what is open of a business date. Under the lock taken first no break changes, so that what is signed is what
 * the log of breaks says at that moment.
 *
 * @throws The refusal of `sign_off`, with its SQLSTATE.
 */
export async function signOff(
  database: Database,
  { day, actor, text }: Signing,
  calendar: Calendar,
): Promise<SignOff> {
  return await database.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('breakwater.audit'))");
    const open = await tx.query<{ id: string; severity: Severity; opened_at: string; closed_at: null }>(
      `select id, severity, ${iso("opened_at")} as opened_at, null as closed_at from breaks
      where closed_at is null and opened_at < $1::timestamptz`,
      [day.until],
    );
    const clocks = withClock(open, calendar).map(({ id, due_at, overdue, age_business_days }) => (
      { id, due_at, overdue, age_business_days }
    ));
    const [signed] = await tx.query<SignOff & Record<string, unknown>>(
      `select ${COLUMNS} from sign_off($1, $2, $3, $4, $5, $6) s`,
      [day.date, actor, text, day.since, day.until, JSON.stringify(clocks)],
    );
    return signed!;
  });
}

/** The newest dates first; `before` is the last date of the page before. */
export async function loadSignOffs(
  session: Session,
  { rowsMax, before = null }: { readonly rowsMax: number; readonly before?: string | null },
): Promise<SignOff[]> {
  return await session.query<SignOff & Record<string, unknown>>(
    `select ${COLUMNS} from sign_offs s where $1::date is null or s.business_date < $1::date
    order by s.business_date desc limit $2`,
    [before, rowsMax],
  );
}

/** Null: the date is not signed. */
export async function loadSignOff(
  session: Session,
  date: string,
): Promise<SignOff & { readonly items: readonly SignedBreak[] } | null> {
  const [signed] = await session.query<SignOff & Record<string, unknown>>(
    `select ${COLUMNS} from sign_offs s where s.business_date = $1::date`,
    [date],
  );
  if (signed === undefined) return null;
  const items = await session.query<SignedBreak & Record<string, unknown>>(
    `select b.break_id::float8 as break_id, b.version::float8 as version, b.type, b.status, b.severity, b.trade_id,
      b.counterparty, b.notional_usd, b.owner, b.book, b.street, ${iso("b.opened_at")} as opened_at,
      ${iso("b.due_at")} as due_at, b.overdue, b.age_business_days
    from sign_off_breaks b where b.business_date = $1::date order by b.severity, b.opened_at, b.break_id`,
    [date],
  );
  return { ...signed, items };
}
