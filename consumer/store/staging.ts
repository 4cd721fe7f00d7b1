/**
 * The first step of a write: a batch goes by COPY into temporary tables of the transaction, so that all that
 * follows is a handful of set-based statements.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { Transaction } from "../../shared/platform/postgres.ts";
import { isZero } from "../../shared/trade/decimal.ts";
import type { Decoded, Rejection } from "../decode.ts";

/** Rows of text in one chunk of a COPY: some 100 KB, so that encoding and sending overlap. */
const CHUNK_ROWS = 256;

export type Cell = string | number | boolean | null | Encoded;

/** Text that is escaped for COPY already. */
export interface Encoded {
  readonly encoded: string;
}

type Of<K extends Decoded["kind"]> = Extract<Decoded, { kind: K }>;

/** Columns of `trades` and `trade_events` that a message carries, in the order of {@link tradeRow}. */
export const TRADE_COLUMNS = `trade_id, version, event_type, exec_id, order_id, asset_class, instrument, side,
  quantity, price, currency, notional_value, notional_usd, counterparty, stage, reported_break, settlement_venue,
  trade_date, settlement_date, brokerage_fee, clearing_fee, exchange_fee, total_fees, priority, stp_eligible,
  "timestamp", processed_by, settlement_status, settlement_reason, settled_quantity, usd_rate, usd_rate_as_of,
  expected_settlement_date, allocate_by, affirm_by`;

export const MESSAGE_COLUMNS =
  `topic, partition, "offset", digest, raw, begin_string, msg_type, sender_comp_id,
  target_comp_id, msg_seq_num, sending_time, cl_ord_id, orig_cl_ord_id, order_id, exec_id, faults`;

export const EXECUTION_COLUMNS = `broker, trade_date, exec_id, kind, exec_ref_id, order_id, broker_order_id,
  instrument, side, quantity, price, currency, counterparty, settlement_date, transact_time, brokerage_fee,
  clearing_fee, exchange_fee, cum_qty`;

export const ORDER_COLUMNS = `order_id, broker_order_id, ord_status, instrument, side, order_qty, limit_price,
  cum_qty, leaves_qty, avg_px, counterparty, transact_time, msg_seq_num`;

export const DEAD_LETTER_COLUMNS = `topic, partition, "offset", digest, key, value, code, text`;

/**
 * `position` is a record's index in the batch. `fresh` are the versions this batch adds, `newest` the latest of
 * them by trade beside what is known of it, `sides` the halves of pairs it brings, `touched` the pairs they landed on, `moved` the trades
 * before and after.
 */
const TABLES = `
  set local client_min_messages to warning;
  create temp table if not exists incoming_trades on commit delete rows as
    select 0 as position, ${TRADE_COLUMNS}, content_hash from trade_events with no data;
  create temp table if not exists incoming_messages on commit delete rows as select ${MESSAGE_COLUMNS} from fix_messages with no data;
  create temp table if not exists incoming_executions on commit delete rows as
    select ${EXECUTION_COLUMNS}, false as dated from executions with no data;
  create temp table if not exists incoming_orders on commit delete rows as select ${ORDER_COLUMNS} from orders with no data;
  create temp table if not exists incoming_dead on commit delete rows as select ${DEAD_LETTER_COLUMNS} from dead_letters with no data;
  create temp table if not exists fresh (trade_id text, version bigint) on commit delete rows;
  create temp table if not exists newest on commit delete rows as
    select position, ${TRADE_COLUMNS}, "timestamp" as booked_at, version as known_version, trade_id as known_key,
      exec_id as known_exec_id from incoming_trades with no data;
  create temp table if not exists stored_types (msg_type text, messages bigint) on commit delete rows;
  create temp table if not exists fresh_executions on commit delete rows as
    select ${EXECUTION_COLUMNS}, dated from incoming_executions with no data;
  create temp table if not exists books (trade_id text, exec_id text, known_key text, version bigint, live boolean,
    trade_date date, quantity numeric, price numeric, pair_key text) on commit delete rows;
  create temp table if not exists streets (broker text, exec_id text, trade_date date, dated boolean,
    quantity numeric, price numeric, pair_key text) on commit delete rows;
  create temp table if not exists touched (pair_key text, shared boolean) on commit delete rows;
  create temp table if not exists moved (before trades, after trades) on commit delete rows;`;

/** Fills the temporary tables from a batch. */
export async function stage(tx: Transaction, decoded: readonly Decoded[]): Promise<void> {
  await tx.script(TABLES);
  const trades = rowsOf("trade", decoded, tradeRow);
  const messages = rowsOf("message", decoded, messageRow);
  const executions = rowsOf("message", decoded, executionRow);
  const orders = rowsOf("message", decoded, orderRow);
  await copy(tx, `incoming_trades (position, ${TRADE_COLUMNS}, content_hash)`, trades);
  await copy(tx, `incoming_messages (${MESSAGE_COLUMNS})`, messages);
  await copy(tx, `incoming_executions (${EXECUTION_COLUMNS}, dated)`, executions);
  await copy(tx, `incoming_orders (${ORDER_COLUMNS})`, orders);
}

/** Fills `incoming_dead`; `rejected` are records with the reason they are set aside for. */
export async function stageDead(tx: Transaction, rejected: readonly Rejection[]): Promise<void> {
  await copy(tx, `incoming_dead (${DEAD_LETTER_COLUMNS})`, rowsOf("rejected", rejected, deadRow));
}

function rowsOf<K extends Decoded["kind"]>(
  kind: K,
  decoded: readonly Decoded[],
  toRow: (record: Of<K>, position: number) => Cell[] | null,
): string[] {
  const rows: string[] = [];
  decoded.forEach((record, position) => {
    if (record.kind !== kind) return;
    const row = toRow(record as Of<K>, position);
    if (row) rows.push(encodeRow(row));
  });
  return rows;
}

export async function copy(tx: Transaction, target: string, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy(`copy ${target} from stdin`, chunksOf(rows));
}

function* chunksOf(rows: readonly string[]): Iterable<Uint8Array> {
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    yield Buffer.from(rows.slice(at, at + CHUNK_ROWS).join(""));
  }
}

function tradeRow({ trade, hash, expected }: Of<"trade">, position: number): Cell[] {
  return [
    position,
    trade.tradeId,
    trade.version,
    trade.eventType,
    trade.execId,
    trade.orderId,
    trade.assetClass,
    trade.instrument,
    trade.side,
    trade.quantity,
    trade.price,
    trade.currency,
    trade.notionalValue,
    trade.notionalUsd,
    trade.counterparty,
    trade.stage,
    trade.reportedBreak,
    trade.settlementVenue,
    trade.tradeDate,
    trade.settlementDate,
    trade.brokerageFee,
    trade.clearingFee,
    trade.exchangeFee,
    trade.totalFees,
    trade.priority,
    trade.stpEligible,
    trade.timestamp,
    trade.processedBy,
    trade.settlementStatus,
    trade.settlementReason,
    trade.settledQuantity,
    trade.usdRate,
    trade.usdRateAsOf,
    expected.settlementDate,
    expected.allocateBy,
    expected.affirmBy,
    { encoded: `\\\\x${hash}` },
  ];
}

function messageRow({ source, message: { header, faults } }: Of<"message">): Cell[] {
  return [
    source.topic,
    source.partition,
    source.offset,
    bytea(source.digest),
    rawBytea(source.value!),
    header.beginString,
    header.msgType,
    header.senderCompId,
    header.targetCompId,
    header.msgSeqNum,
    header.sendingTime,
    header.clOrdId,
    header.origClOrdId,
    header.orderId,
    header.execId,
    faults.length === 0 ? null : textArray(faults),
  ];
}

function executionRow({ message: { execution, order, terms } }: Of<"message">): Cell[] | null {
  return execution && [
    execution.broker,
    execution.tradeDate,
    execution.execId,
    execution.kind,
    execution.execRefId,
    execution.clOrdId,
    execution.orderId,
    execution.instrument,
    execution.side,
    execution.quantity,
    execution.price,
    execution.currency,
    execution.counterparty,
    execution.settlementDate,
    execution.transactTime,
    terms?.brokerageFee ?? null,
    terms?.clearingFee ?? null,
    terms?.exchangeFee ?? null,
    order === null || isZero(order.cumQty) ? null : order.cumQty,
    execution.tradeDateStated,
  ];
}

function orderRow({ message: { order } }: Of<"message">): Cell[] | null {
  return order && [
    order.orderId,
    order.brokerOrderId,
    order.ordStatus,
    order.instrument,
    order.side,
    order.orderQty,
    order.limitPrice,
    order.cumQty,
    order.leavesQty,
    order.avgPx,
    order.counterparty,
    order.transactTime,
    order.msgSeqNum,
  ];
}

function deadRow({ source, code, text }: Rejection): Cell[] {
  return [
    source.topic,
    source.partition,
    source.offset,
    bytea(source.digest),
    bytea(source.key),
    bytea(source.value),
    code,
    text,
  ];
}

export function bytea(bytes: Uint8Array | null): Cell {
  return bytes && { encoded: `\\\\x${bufferOf(bytes).toString("hex")}` };
}

/**
 * A FIX message goes as it is: PostgreSQL, 8.4.2, bytea's escape format takes every character but a backslash for
 * itself. That is half the bytes of the hexadecimal format, for both sides.
 */
function rawBytea(bytes: Uint8Array): Cell {
  const text = bufferOf(bytes).toString("latin1");
  return NOT_ITSELF.test(text) ? bytea(bytes) : { encoded: text };
}

// A backslash starts an escape in both formats; beyond ASCII a byte is no character; no text holds NUL.
const NOT_ITSELF = /[\\\t\n\r\0\x80-\xff]/;

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

// PostgreSQL, COPY, text format: tab between columns, \N for null, these characters escaped.
const ESCAPED = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

export function encodeRow(cells: readonly Cell[]): string {
  let row = "";
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index];
    if (index > 0) row += "\t";
    if (cell === null || cell === undefined) row += "\\N";
    else if (typeof cell === "object") row += cell.encoded;
    else if (typeof cell === "string" && ESCAPED.test(cell)) {
      row += cell.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
    } else row += cell;
  }
  return `${row}\n`;
}
