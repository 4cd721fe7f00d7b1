/**
 * Which breaks a list is about, as conditions of a query. What is not set does not filter, but for the closed ones:
 * a list is of what is left to do unless it says otherwise.
 *
 * @module
 */

import { SEVERITIES } from "../../shared/reconcile/severity.ts";
import { overdueBeforeMs } from "../../shared/reconcile/sla.ts";
import { type Calendar, UncoveredDayError } from "../../shared/trade/calendar/calendar.ts";

export interface BreakFilter {
  /** A status, or `closed` or `all`; unset: every break that is not closed. */
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly severity?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly tradeId?: string | undefined;
  readonly execId?: string | undefined;
  /** Null: breaks that nobody has taken. */
  readonly owner?: string | null | undefined;
  /** Open ones that should have been closed by now. */
  readonly overdue?: true | undefined;
}

const COLUMNS = {
  type: "type",
  severity: "severity",
  counterparty: "counterparty",
  tradeId: "trade_id",
  execId: "exec_id",
} as const satisfies Partial<Record<keyof BreakFilter, string>>;

/**
 * Conditions on the table `breaks b`, to be joined by `and`.
 *
 * @param bind Adds a parameter to the query and names it.
 */
export function toConditions(
  filter: BreakFilter,
  bind: (value: unknown) => string,
  calendar: Calendar,
): string[] {
  const where: string[] = [];
  if (filter.status === undefined) where.push("b.closed_at is null");
  else if (filter.status === "closed") where.push("b.closed_at is not null");
  else if (filter.status !== "all") where.push(`b.status = ${bind(filter.status)}`);
  for (const [name, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, string][]) {
    if (filter[name] !== undefined) where.push(`b.${column} = ${bind(filter[name])}`);
  }
  if (filter.owner === null) where.push("b.owner is null");
  else if (filter.owner !== undefined) where.push(`lower(b.owner) = lower(${bind(filter.owner)})`);
  if (filter.overdue) where.push(toOverdue(bind, calendar));
  return where;
}

/** Whether `breaks b` should have been closed by now. */
export function toOverdue(bind: (value: unknown) => string, calendar: Calendar): string {
  const nowMs = Date.now();
  try {
    const due = SEVERITIES.map((severity) => {
      const before = new Date(overdueBeforeMs(nowMs, severity, calendar)).toISOString();
      return `(b.severity = '${severity}' and b.opened_at < ${bind(before)}::timestamptz)`;
    });
    return `b.closed_at is null and (${due.join(" or ")})`;
  } catch (error) {
    // Beyond the calendars' years nothing is known to be overdue.
    if (error instanceof UncoveredDayError) return "false";
    throw error;
  }
}
