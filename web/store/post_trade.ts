/**
 * Loads what became of a trade after its execution: how far it is allocated, confirmed, affirmed and settled, and every
 * message that says so.
 *
 * @module
 */

import type { Session } from "../../shared/platform/postgres.ts";
import { meaningOf, type PostTradeFieldName } from "../../shared/trade/post_trade_codes.ts";
import { type Claim, claimOf, daysLate } from "../../shared/trade/settlement_claim.ts";
import { SETTLEMENT_REASONS, type SettlementReason } from "../../shared/trade/settlement_reasons.ts";
import { iso } from "./columns.ts";

/** A message after the trade, with its codes in words. */
export type SaidAfter = Record<string, unknown> & {
  readonly said: readonly { readonly field: string; readonly value: string; readonly about: string }[];
};

export interface Settlement {
  /** As the source says; null: it does not tell. */
  readonly status: string | null;
  readonly reason: string | null;
  readonly reason_text: string | null;
  readonly responsible: SettlementReason["responsible"];
  readonly settled_quantity: string | null;
  readonly settlement_date: string;
  /** By our own calendars; null: we do not know the market. */
  readonly expected_settlement_date: string | null;
  readonly is_settled: boolean;
  /** Calendar days after the settlement date, while it is not settled. */
  readonly days_late: number;
  /** What the delay may cost; null while it is not late. */
  readonly claim: Claim | null;
}

/** How far a trade that is captured and not allocated has come. */
export interface CaptureState {
  readonly status: "reported" | "accepted" | "rejected" | "cancelled";
  readonly reason: string | null;
  readonly match_status: string | null;
}

export interface AfterTrade {
  readonly usd_rate: string | null;
  readonly usd_rate_as_of: string | null;
  readonly settlement: Settlement;
  /** Null: nothing was said of the trade yet. */
  readonly post_trade: Record<string, unknown> | null;
  /** Null: no trade capture reported it. */
  readonly capture: CaptureState | null;
  readonly allocations: readonly SaidAfter[];
  readonly confirmations: readonly SaidAfter[];
  readonly captures: readonly SaidAfter[];
  readonly disputes: readonly SaidAfter[];
}

/** Messages of one kind for one trade; an order of more shows the first ones. */
const MESSAGES_MAX = 100;

const TRADE = `
  select t.exec_id, t.currency, t.notional_value, t.quantity, t.stage, t.settlement_date, t.settlement_status,
    t.settlement_reason, t.settled_quantity, t.expected_settlement_date, t.usd_rate, t.usd_rate_as_of,
    ${iso("t.allocate_by")} as allocate_by, ${iso("t.affirm_by")} as affirm_by,
    s.trade_id is not null as is_told, s.allocation_status, s.allocation_reason, s.confirmation_status,
    s.confirmation_reason, s.affirmation_status, s.affirmation_reason, ${iso("s.affirmed_at")} as affirmed_at,
    s.is_late
  from trades t left join post_trade_status s using (trade_id) where t.trade_id = $1`;

// Every ClOrdID of the trade's order, or where it names none, of its execution's.
const ORDERS = `
  with recursive chain (id) as (
    select coalesce(t.order_id, e.order_id) from trades t
      left join pairs p on p.pair_key = t.pair_key
      left join executions e on e.exec_id = p.exec_id and e.broker = p.broker and e.trade_date = p.street_trade_date
    where t.trade_id = $1
    union
    select n.id from chain c, lateral (
      select m.orig_cl_ord_id as id from fix_messages m
        where m.cl_ord_id = c.id and m.orig_cl_ord_id is not null
      union all
      select m.cl_ord_id from fix_messages m where m.orig_cl_ord_id = c.id and m.cl_ord_id is not null
    ) n
  )
  select id from chain where id is not null limit ${MESSAGES_MAX}`;

const TERMS =
  `settlement_date, gross_amount, net_amount, accrued_interest, brokerage_fee, exchange_fee, clearing_fee,
  other_fees`;

const ALLOCATIONS = `
  with asked as (
    select * from allocations where order_ids[1] = any($1) or (cardinality(order_ids) > 1 and order_ids && $1)
  ), said as (
    select * from asked union
    select b.* from allocations b join asked a using (counterparty, alloc_id) where b.order_ids = '{}'
  )
  select alloc_id, msg_type, is_evidence, counterparty, trans_type, ref_alloc_id, status, reason, match_status,
    ${iso("said_at")} as said_at, text, quantity, allocated_quantity, avg_px, trade_date, ${TERMS}, accounts
  from said order by said.said_at nulls first, digest limit ${MESSAGES_MAX}`;

const CONFIRMATIONS = `
  with told as (
    select * from confirmations where order_ids[1] = any($1) or (cardinality(order_ids) > 1 and order_ids && $1)
    union
    select c.* from confirmations c where c.order_ids = '{}' and c.alloc_id in (
      select alloc_id from allocations where order_ids[1] = any($1)
        or (cardinality(order_ids) > 1 and order_ids && $1))
  ), said as (
    select * from told union
    select b.* from confirmations b join told a using (counterparty, confirm_id)
  )
  select confirm_id, kind, is_evidence, counterparty, trans_type, ref_confirm_id, status, reason, match_status,
    ${iso("said_at")} as said_at, text, alloc_id, account, quantity, avg_px, trade_date, ${TERMS}
  from said order by said.said_at nulls first, digest limit ${MESSAGES_MAX}`;

const CAPTURES = `
  with told as (select * from captures where exec_id = $1), said as (
    select * from told union
    select b.* from captures b join told a using (counterparty, report_id)
  )
  select report_id, msg_type, is_evidence, counterparty, trans_type, report_ref_id, exec_id, trade_date, status, reason,
    match_status, ${iso("said_at")} as said_at, text, ${TERMS}
  from said order by said.said_at nulls first, digest limit ${MESSAGES_MAX}`;

const DISPUTES = `
  select exec_id, is_evidence, counterparty, broker_order_id, reason, ${iso("said_at")} as said_at, text
  from disputes where exec_id = $1 order by disputes.said_at nulls first, digest limit ${MESSAGES_MAX}`;

/** @param today ISO day, up to which a delay counts. */
export async function loadAfterTrade(
  session: Session,
  tradeId: string,
  today: string,
): Promise<AfterTrade | null> {
  const [trade] = await session.query(TRADE, [tradeId]);
  if (!trade) return null;
  const orders = (await session.query<{ id: string }>(ORDERS, [tradeId])).map(({ id }) => id);
  const [allocations, confirmations, captures, disputes] = await Promise.all([
    session.query(ALLOCATIONS, [orders]),
    session.query(CONFIRMATIONS, [orders]),
    session.query(CAPTURES, [trade.exec_id]),
    session.query(DISPUTES, [trade.exec_id]),
  ]);
  return {
    usd_rate: trade.usd_rate,
    usd_rate_as_of: trade.usd_rate_as_of,
    settlement: toSettlement(trade, today),
    post_trade: trade.is_told ? toStatus(trade) : null,
    capture: toCaptureState(captures),
    allocations: allocations.map((row) => explain(row, { status: "allocStatus", reason: "allocRejCode" })),
    confirmations: confirmations.map((row) => (
      explain(row, {
        status: row.kind === "confirmation" ? "confirmStatus" : "affirmStatus",
        reason: "confirmRejReason",
      })
    )),
    captures: captures.map((row) =>
      explain(row, { status: "trdRptStatus", reason: "tradeReportRejectReason" })
    ),
    disputes: disputes.map((row) => explain(row, { reason: "dkReason" })),
  };
}

const CANCEL = "1";

/** By the newest report (AE) and the newest answer (AR); `captures` are in the order in which they were said. */
function toCaptureState(captures: readonly Record<string, unknown>[]): CaptureState | null {
  const report = captures.findLast(({ msg_type }) => msg_type === "AE");
  const answer = captures.findLast(({ msg_type }) => msg_type === "AR");
  if (report === undefined) return null;
  const told = (field: PostTradeFieldName, value: unknown) =>
    typeof value === "string" ? meaningOf(field, value) : undefined;
  const answered = told("trdRptStatus", answer?.status)?.status === "rejected" ? "rejected" : "accepted";
  const status = answer === undefined ? "reported" : answered;
  const matched = captures.findLast(({ match_status }) => match_status !== null)?.match_status;
  return {
    status: report.trans_type === CANCEL ? "cancelled" : status,
    reason: status === "rejected" ? told("tradeReportRejectReason", answer?.reason)?.reason ?? null : null,
    match_status: told("matchStatus", matched)?.status ?? null,
  };
}

const STATUS_COLUMNS = [
  "allocation_status",
  "allocation_reason",
  "confirmation_status",
  "confirmation_reason",
  "affirmation_status",
  "affirmation_reason",
  "affirmed_at",
  "is_late",
  "allocate_by",
  "affirm_by",
];

function toStatus(trade: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(STATUS_COLUMNS.map((column) => [column, trade[column]]));
}

function toSettlement(trade: Record<string, string | null>, today: string): Settlement {
  const { settlement_status, settlement_reason, settled_quantity, stage } = trade;
  const settlementDate = trade.settlement_date!;
  const known = settlement_reason === null ? undefined : SETTLEMENT_REASONS[settlement_reason!];
  const isSettled = stage === "settled" || settlement_status === "settled";
  const isOver = isSettled || stage === "cancelled";
  const late = {
    currency: trade.currency!,
    principal: trade.notional_value!,
    quantity: trade.quantity!,
    settledQuantity: settled_quantity!,
    settlementDate,
  };
  return {
    status: settlement_status!,
    reason: settlement_reason!,
    reason_text: known?.about ?? settlement_reason!,
    responsible: known?.responsible ?? null,
    settled_quantity: settled_quantity!,
    settlement_date: settlementDate,
    expected_settlement_date: trade.expected_settlement_date!,
    is_settled: isSettled,
    days_late: isOver ? 0 : daysLate(settlementDate, today),
    claim: isOver ? null : claimOf(late, today),
  };
}

function explain(
  row: Record<string, unknown>,
  fields: { readonly [column: string]: PostTradeFieldName },
): SaidAfter {
  const told = Object.entries({ ...fields, match_status: "matchStatus" as const })
    .filter(([column]) => typeof row[column] === "string");
  return {
    ...row,
    said: told.map(([column, field]) => {
      const value = String(row[column]);
      return { field, value, about: meaningOf(field, value).about };
    }),
  };
}
