/**
 * `GET /api/v1/trades.csv`: all of a list as a file, with the filters and the order of `/api/v1/trades`. Rows go from
 * the database to the caller a thousand at a time and at the caller's pace, however many there are.
 *
 * RFC 4180: CRLF, a header line, quotes doubled. A text that a spreadsheet would take for a formula gets an apostrophe.
 *
 * @module
 */

import type { TradeRow } from "../../shared/kpi/mod.ts";
import { toSort } from "../components/trades/sorts.ts";
import type { Store } from "../store.ts";
import { toProblemResponse } from "./problem.ts";
import { readQuery, TRADES_CSV_QUERY } from "./query.ts";

/** The columns of the file: the attributes of a trade, then what we know beside them. */
export const CSV_COLUMNS = [
  "trade_id",
  "asset_class",
  "instrument",
  "side",
  "quantity",
  "price",
  "notional_value",
  "counterparty",
  "status",
  "settlement_venue",
  "trade_date",
  "settlement_date",
  "brokerage_fee",
  "clearing_fee",
  "exchange_fee",
  "total_fees",
  "priority",
  "stp_eligible",
  "timestamp",
  "processed_by",
  "currency",
  "notional_usd",
  "stage",
  "reported_break",
  "version",
  "event_type",
  "exec_id",
  "order_id",
  "booked_at",
  "first_seen_at",
  "updated_at",
] as const satisfies readonly (keyof TradeRow)[];

/** Files that one process writes at the same time: each holds a connection until its reader has all of it. */
export const EXPORTS_MAX = 2;
const RETRY_AFTER_SECONDS = 5;

let exporting = 0;

/** @throws {BadRequestError} */
export async function toTradesCsvResponse(store: Store, params: URLSearchParams): Promise<Response> {
  const { sort, ...filter } = readQuery(TRADES_CSV_QUERY, params);
  if (exporting >= EXPORTS_MAX) {
    return toProblemResponse({
      status: 503,
      title: "Too many exports",
      detail: `This process writes ${EXPORTS_MAX} files at the same time; try again when one is done.`,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  exporting++;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const opened = Promise.withResolvers<void>();
  let isFirst = true;
  const done = store.exportTrades(filter, toSort(sort), async (rows) => {
    const head = isFirst ? toLine(CSV_COLUMNS) : "";
    isFirst = false;
    opened.resolve();
    await writer.write(encoder.encode(head + rows.map(toRow).join("")));
  });
  // A fault before the first rows is answered as such; one after them breaks the file off, so that nobody takes it
  // for whole.
  done.then(() => writer.close(), (error) => {
    opened.reject(error);
    return writer.abort(error);
  }).catch(() => {}).finally(() => exporting--);
  await opened.promise;
  return new Response(readable, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="trades-${toFileTime(new Date())}.csv"`,
      "cache-control": "no-store",
    },
  });
}

export function toRow(row: Partial<TradeRow>): string {
  return toLine(CSV_COLUMNS.map((column) => row[column]));
}

/** A line of any file. */
export function toLine(values: readonly unknown[]): string {
  return `${values.map(toCell).join(",")}\r\n`;
}

function toCell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `20261123-143005`, UTC */
function toFileTime(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}
