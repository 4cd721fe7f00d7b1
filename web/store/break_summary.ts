/**
 * Counts breaks the ways a manager asks for them: how many, worth how much, how old, and whose.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { dayOf } from "../../shared/reconcile/sla.ts";
import { businessDaysBetween } from "../../shared/trade/calendar/business_days.ts";
import { type Calendar, UncoveredDayError } from "../../shared/trade/calendar/calendar.ts";
import { firstOpen } from "../../shared/trade/calendar/settle.ts";
import { add } from "../../shared/trade/decimal.ts";
import { type BreakFilter, toConditions, toOverdue } from "./break_filter.ts";

export interface BreakTally {
  readonly breaks: number;
  /** USD; a break of unknown value counts nothing. */
  readonly notional: string;
}
type Tallies = Readonly<Record<string, BreakTally>>;

export interface BreakSummary extends BreakTally {
  readonly asOf: string;
  readonly overdue: number;
  readonly bySeverity: Tallies;
  readonly byStatus: Tallies;
  readonly byType: Tallies;
  /** `""` for those that nobody has taken. */
  readonly byOwner: Tallies;
  readonly byCounterparty: Tallies;
  /** By business days since they opened: `0`, `1`, `2-3`, `4-7`, `8+`. */
  readonly byAge: Tallies;
}

/** Where each group of ages ends, the last one never. */
const AGES: readonly (readonly [name: string, daysMax: number])[] = [
  ["0", 0],
  ["1", 1],
  ["2-3", 3],
  ["4-7", 7],
  ["8+", Infinity],
];

const KINDS = ["severity", "status", "type", "owner", "counterparty", "day"] as const;
type Kind = typeof KINDS[number] | "all";
interface Group extends BreakTally {
  readonly kind: Kind;
  readonly name: string;
  readonly overdue: number;
}

export async function loadBreakSummary(
  session: Session,
  filter: BreakFilter,
  calendar: Calendar,
): Promise<BreakSummary> {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const where = toConditions(filter, bind, calendar);
  const groups = await session.query<Group & Record<string, unknown>>(
    `select case ${
      KINDS.map((kind) => `when grouping(${kind}) = 0 then '${kind}'`).join(" ")
    } else 'all' end as kind,
      coalesce(severity::text, status, type, owner, counterparty, day::text, '') as name,
      count(*)::float8 as breaks, coalesce(sum(notional_usd), 0) as notional,
      (count(*) filter (where overdue))::float8 as overdue
    from (
      select b.severity, b.status, b.type, b.owner, b.counterparty, b.notional_usd,
        (b.opened_at at time zone 'America/New_York')::date as day, (${toOverdue(bind, calendar)}) as overdue
      from breaks b ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    ) b
    group by grouping sets ((), ${KINDS.map((kind) => `(${kind})`).join(", ")})
    order by 1, 2`,
    params,
  );
  const all = groups.find(({ kind }) => kind === "all")!;
  const by = (wanted: Kind): Tallies =>
    Object.fromEntries(
      groups.filter(({ kind }) => kind === wanted)
        .map(({ name, breaks, notional }) => [name, { breaks, notional }]),
    );
  return {
    asOf: new Date().toISOString(),
    breaks: all.breaks,
    notional: all.notional,
    overdue: all.overdue,
    bySeverity: by("severity"),
    byStatus: by("status"),
    byType: by("type"),
    byOwner: by("owner"),
    byCounterparty: by("counterparty"),
    byAge: toAges(by("day"), calendar),
  };
}

/** From the days that breaks opened on to how old they are now; days beyond the calendars have no age. */
function toAges(byDay: Tallies, calendar: Calendar): Tallies {
  const today = dayOf(Date.now());
  const ages: Record<string, BreakTally> = {};
  for (const [day, { breaks, notional }] of Object.entries(byDay)) {
    const name = ageOf(day, today, calendar);
    const before = ages[name] ?? { breaks: 0, notional: "0" };
    ages[name] = { breaks: before.breaks + breaks, notional: add(before.notional, notional) };
  }
  return ages;
}

function ageOf(day: string, today: string, calendar: Calendar): string {
  try {
    const days = businessDaysBetween(calendar, firstOpen([calendar], day), today);
    return AGES.find(([, daysMax]) => days <= daysMax)![0];
  } catch (error) {
    if (error instanceof UncoveredDayError) return "unknown";
    throw error;
  }
}
