/**
 * What happened to a trade, from all who have a say in it, in the order in which it happened.
 *
 * @module
 */

import { type BreakRow, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { toWords } from "../breaks/History.tsx";
import type { Execution, History, SaidAfter, Version } from "./story.ts";

export interface Moment {
  /** Null: the message does not say. */
  readonly at: string | null;
  /** When we were told of a version: the instant from which on the trade can be seen with it. */
  readonly recordedAt?: string;
  readonly who: "book" | "street" | "us" | "breakwater" | "person";
  readonly name: string;
  readonly what: string;
  readonly details: readonly string[];
  readonly href?: string;
  /** Something is wrong here. */
  readonly isAlarm?: boolean;
}

interface Told {
  readonly events: readonly Version[];
  readonly executions: readonly Execution[];
  readonly allocations?: readonly SaidAfter[];
  readonly confirmations?: readonly SaidAfter[];
  readonly captures?: readonly SaidAfter[];
  readonly disputes?: readonly SaidAfter[];
  readonly breaks?: readonly Pick<BreakRow, "id" | "type">[];
  readonly history?: History;
}

/** The oldest first; what has no time comes last. */
export function toTimeline(told: Told): Moment[] {
  const typeOf = new Map(told.breaks?.map(({ id, type }) => [id, type]));
  const moments: Moment[] = [
    ...told.events.map((event, n) => toVersion(event, told.events[n - 1])),
    ...told.executions.map(toExecution),
    ...toSaid("Allocation", told.allocations),
    ...toSaid("Confirmation", told.confirmations),
    ...toSaid("Trade capture report", told.captures),
    ...toSaid("Dispute", told.disputes, true),
    ...(told.history ?? []).map((event): Moment => ({
      at: event.at,
      who: event.actor === "system" ? "breakwater" : "person",
      name: event.actor === "system" ? "Breakwater" : event.actor,
      what: `${formatName(typeOf.get(event.break_id) ?? "break")} break: ${toWords(event)}`,
      details: event.text ? [event.text] : [],
      href: `/breaks/${event.break_id}`,
      isAlarm: event.action === "open" || event.action === "reopen",
    })),
  ];
  return moments.sort((a, b) => compareInstants(a.at, b.at));
}

function toVersion(event: Version, before: Version | undefined): Moment {
  const changed = before === undefined ? [] : changesOf(before, event);
  return {
    at: event.timestamp,
    recordedAt: event.recorded_at,
    who: "book",
    name: String(event.processed_by ?? "Book"),
    what: before === undefined
      ? `Booked, ${formatName(event.stage).toLowerCase()}`
      : event.event_type === "status"
      ? formatName(event.stage)
      : formatName(event.event_type),
    details: [
      `Version ${event.version}`,
      ...changed,
      ...event.anomaly ? [`Not a legal step: ${event.anomaly.split(">").map(formatName).join(" to ")}`] : [],
    ],
    isAlarm: event.anomaly !== null || event.reported_break !== null && event.reported_break !== undefined,
  };
}

const WATCHED = ["exec_id", "order_id", "instrument", "side", "quantity", "price", "currency", "counterparty"]
  .concat(
    "settlement_venue",
    "trade_date",
    "settlement_date",
    "brokerage_fee",
    "clearing_fee",
    "exchange_fee",
  )
  .concat(
    "total_fees",
    "priority",
    "reported_break",
    "settlement_status",
    "settlement_reason",
    "settled_quantity",
  );

/** What a version says otherwise than the one before: `Price 98.4 to 98.5`. */
function changesOf(before: Version, event: Version): string[] {
  const text = (value: unknown) => {
    const said = value === null || value === undefined ? "none" : String(value);
    return /^-?\d+\.\d+$/.test(said) ? formatExact(said) : said;
  };
  return WATCHED.filter((field) => text(before[field]) !== text(event[field])).map((field) =>
    `${formatName(field)} ${text(before[field])} to ${text(event[field])}`
  );
}

const KINDS: Readonly<Record<string, string>> = {
  trade: "Filled",
  correct: "Corrected to",
  cancel: "Busted",
};

function toExecution(
  { kind, quantity, price, broker, exec_id, exec_ref_id, transact_time }: Execution,
): Moment {
  const terms = kind === "cancel" ? "" : ` ${formatExact(quantity)} at ${formatExact(price)}`;
  return {
    at: transact_time,
    who: "street",
    name: broker,
    what: `${KINDS[kind] ?? formatName(kind)}${terms}`,
    details: [`ExecID ${exec_id}`, ...exec_ref_id === null ? [] : [`of ${exec_ref_id}`]],
    isAlarm: kind !== "trade",
  };
}

function toSaid(what: string, messages: readonly SaidAfter[] = [], isAlarm = false): Moment[] {
  return messages.map(({ said_at, is_evidence, counterparty, said, text }) => ({
    at: said_at,
    who: is_evidence ? "street" : "us",
    name: is_evidence ? counterparty : `Us to ${counterparty}`,
    what,
    details: [...said.map(({ about }) => about), ...text ? [text] : []],
    isAlarm,
  }));
}

/** Texts of instants have three or six decimals: as texts alone they would not compare. */
function compareInstants(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = [a, b].map((at) => at.replace("Z", "").padEnd(26, "0"));
  return x! < y! ? -1 : x! > y! ? 1 : 0;
}
