/**
 * Appends what was said after a trade, each fact under its natural key, and names what the sweep must look at again.
 * Nothing here reads what other writers write, so that the order of arrival makes no difference.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Transaction } from "../../shared/platform/postgres.ts";
import { add } from "../../shared/trade/decimal.ts";
import type {
  AllocationFact,
  CaptureFact,
  ConfirmationFact,
  DisputeFact,
  FixHeader,
  PostTradeFact,
  StreetTerms,
} from "../../shared/trade/street.ts";
import type { Decoded } from "../decode.ts";
import { bytea, type Cell, copy, encodeRow, textArray } from "./staging.ts";

type Table = FactTable | "execution_terms";
type FactTable = "allocations" | "confirmations" | "captures" | "disputes";

const TERM_COLUMNS =
  `settlement_date, gross_amount, net_amount, accrued_interest, brokerage_fee, exchange_fee,
  clearing_fee, other_fees`;

/** In the order of the rows below. The first three are the key. */
const COLUMNS: Readonly<Record<Table, string>> = {
  allocations: `counterparty, alloc_id, digest, begin_string, msg_type, is_evidence, trans_type, ref_alloc_id,
    status, reason, match_status, said_at, text, order_ids, exec_ids, instrument, side, quantity, avg_px, trade_date,
    ${TERM_COLUMNS}, accounts, allocated_quantity`,
  confirmations:
    `counterparty, confirm_id, digest, kind, is_evidence, trans_type, ref_confirm_id, status, reason,
    match_status, said_at, text, alloc_id, order_ids, instrument, side, quantity, avg_px, account, trade_date,
    ${TERM_COLUMNS}`,
  captures:
    `counterparty, report_id, digest, msg_type, is_evidence, trans_type, report_ref_id, exec_id, trade_date,
    status, reason, match_status, said_at, text, ${TERM_COLUMNS}`,
  disputes: `counterparty, exec_id, digest, is_evidence, broker_order_id, reason, said_at, text`,
  execution_terms: `broker, trade_date, exec_id, gross_amount, net_amount, accrued_interest, other_fees`,
};

/** What the sweep finds the order of a fact by: the orders it names, else the message it answers. The others change no state. */
const DUE: Readonly<Partial<Record<FactTable, string>>> = {
  allocations: `select 'order', unnest(order_ids) from added
    union select 'alloc', alloc_id from added where order_ids = '{}'`,
  confirmations: `select 'order', unnest(order_ids) from added
    union select 'alloc', alloc_id from added where order_ids = '{}' and alloc_id is not null
    union select 'confirm', confirm_id from added where order_ids = '{}' and alloc_id is null`,
};

const TABLES = `
  set local client_min_messages to warning;
  ${
  Object.entries(COLUMNS).map(([table, columns]) =>
    `create temp table if not exists incoming_${table} on commit delete rows as
      select ${columns} from ${table} with no data;`
  ).join("\n")
}`;

const appendFacts = (table: FactTable) => {
  const insert = `insert into ${table} (${COLUMNS[table]}) select ${
    COLUMNS[table]
  } from incoming_${table} order by 1, 2, 3
    on conflict do nothing`;
  const due = DUE[table];
  return due === undefined ? `${insert};` : `
    with added as (${insert} returning *) insert into post_trade_due ${due};`;
};

/** The first report of an execution states its amounts; a repeat of it adds none. */
const APPEND_TERMS = `
  insert into execution_terms (${COLUMNS.execution_terms})
  select distinct on (broker, trade_date, exec_id) ${COLUMNS.execution_terms} from incoming_execution_terms
  order by broker, trade_date, exec_id, gross_amount, net_amount, accrued_interest
  on conflict do nothing;`;

/** What of a booking an allocation or a confirmation is held against. */
const COMPARED = ["order_id", "exec_id", "trade_date", "quantity", "price", "counterparty", "instrument"];
const isChanged = COMPARED.map((column) => `(before).${column} is distinct from (after).${column}`).join(
  " or ",
);

/** Bookings and executions that change what an order adds up to. A booking that names no order is found by its execution. */
const APPEND_DUE = `
  insert into post_trade_due
  select 'order', order_id from fresh_executions where order_id is not null
  union
  select case when t.order_id is null then 'exec' else 'order' end, coalesce(t.order_id, t.exec_id)
  from moved, unnest(array[before, after]) t
  where coalesce(t.order_id, t.exec_id) is not null
    and (${isChanged} or ((before).stage = 'cancelled') is distinct from ((after).stage = 'cancelled'));`;

/** Writes the facts of a batch, after its bookings and executions. */
export async function writePostTrade(tx: Transaction, decoded: readonly Decoded[]): Promise<void> {
  const rows = toRows(decoded);
  const tables = (Object.keys(rows) as (keyof typeof rows)[]).filter((table) => rows[table].length > 0);
  if (tables.length === 0) {
    await tx.script(APPEND_DUE);
    return;
  }
  await tx.script(TABLES);
  for (const table of tables) await copy(tx, `incoming_${table} (${COLUMNS[table]})`, rows[table]);
  const appends = tables.map((table) => table === "execution_terms" ? APPEND_TERMS : appendFacts(table));
  await tx.script(`${appends.join("\n")}${APPEND_DUE}`);
}

function toRows(decoded: readonly Decoded[]): Record<Table, string[]> {
  const rows: Record<Table, string[]> = {
    allocations: [],
    confirmations: [],
    captures: [],
    disputes: [],
    execution_terms: [],
  };
  for (const record of decoded) {
    if (record.kind !== "message") continue;
    const { header, execution, terms, postTrade } = record.message;
    if (postTrade !== undefined) rows[tableOf(postTrade)].push(encodeRow(factRow(postTrade, header)));
    if (execution === null || terms === undefined || !statesAmounts(terms)) continue;
    const { broker, tradeDate, execId } = execution;
    const { grossAmount, netAmount, accruedInterest } = terms;
    rows.execution_terms.push(
      encodeRow([broker, tradeDate, execId, grossAmount, netAmount, accruedInterest, otherFees(terms)]),
    );
  }
  return rows;
}

function tableOf({ kind }: PostTradeFact): FactTable {
  if (kind === "affirmation") return "confirmations";
  return `${kind}s`;
}

function statesAmounts({ grossAmount, netAmount, accruedInterest, otherFees }: StreetTerms): boolean {
  return grossAmount !== null || netAmount !== null || accruedInterest !== null || otherFees.length > 0;
}

function factRow(fact: PostTradeFact, header: FixHeader): Cell[] {
  const content = JSON.stringify([header.beginString, header.msgType, fact]);
  const digest = bytea(createHash("sha256").update(content).digest());
  switch (fact.kind) {
    case "allocation":
      return allocationRow(fact, header, digest);
    case "confirmation":
    case "affirmation":
      return confirmationRow(fact, digest);
    case "capture":
      return captureRow(fact, header, digest);
    case "dispute":
      return disputeRow(fact, digest);
  }
}

function allocationRow(fact: AllocationFact, { beginString, msgType }: FixHeader, digest: Cell): Cell[] {
  const quantities = fact.accounts.flatMap(({ quantity }) => quantity ?? []);
  const isWhole = quantities.length > 0 && quantities.length === fact.accounts.length;
  return [
    fact.counterparty,
    fact.allocId,
    digest,
    beginString,
    msgType,
    fact.isEvidence,
    fact.transType,
    fact.refAllocId,
    fact.status,
    fact.reason,
    fact.matchStatus,
    fact.saidAt,
    fact.text,
    textArray(fact.clOrdIds),
    textArray(fact.execIds),
    fact.instrument,
    fact.side,
    fact.quantity,
    fact.avgPx,
    fact.tradeDate,
    ...termCells(fact.terms),
    JSON.stringify(fact.accounts),
    isWhole ? add(...quantities) : null,
  ];
}

function confirmationRow(fact: ConfirmationFact, digest: Cell): Cell[] {
  return [
    fact.counterparty,
    fact.confirmId,
    digest,
    fact.kind,
    fact.isEvidence,
    fact.transType,
    fact.refConfirmId,
    fact.status,
    fact.reason,
    fact.matchStatus,
    fact.saidAt,
    fact.text,
    fact.allocId,
    textArray(fact.clOrdIds),
    fact.instrument,
    fact.side,
    fact.quantity,
    fact.avgPx,
    fact.account,
    fact.tradeDate,
    ...termCells(fact.terms),
  ];
}

function captureRow(fact: CaptureFact, { msgType }: FixHeader, digest: Cell): Cell[] {
  return [
    fact.counterparty,
    fact.reportId,
    digest,
    msgType,
    fact.isEvidence,
    fact.transType,
    fact.reportRefId,
    fact.execId,
    fact.tradeDate,
    fact.status,
    fact.reason,
    fact.matchStatus,
    fact.saidAt,
    fact.text,
    ...termCells(fact.terms),
  ];
}

function disputeRow(fact: DisputeFact, digest: Cell): Cell[] {
  return [
    fact.counterparty,
    fact.execId,
    digest,
    fact.isEvidence,
    fact.orderId,
    fact.reason,
    fact.saidAt,
    fact.text,
  ];
}

function termCells(terms: StreetTerms | null): Cell[] {
  if (terms === null) return [null, null, null, null, null, null, null, null];
  return [
    terms.settlementDate,
    terms.grossAmount,
    terms.netAmount,
    terms.accruedInterest,
    terms.brokerageFee,
    terms.exchangeFee,
    terms.clearingFee,
    otherFees(terms),
  ];
}

function otherFees({ otherFees }: StreetTerms): string | null {
  return otherFees.length === 0 ? null : JSON.stringify(otherFees);
}
