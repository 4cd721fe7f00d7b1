/**
 * The columns that a list of trades can show: their names in the address, their headings, and a row's cell of each.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatAmount, formatExact, formatName, type TradeRow } from "../../../shared/kpi/mod.ts";
import { Instant, Status, toTradeAddress } from "../tables.tsx";
import type { SortName } from "./sorts.ts";

export interface Column {
  readonly name: string;
  readonly label: string;
  /** Width and alignment, see trades.css. */
  readonly class: string;
  /** Unset: no index has the rows in this column's order. */
  readonly sort?: SortName;
  /** @param tabIndex Of its link: with arrow keys between rows, Tab stops in one row only. */
  cell(row: TradeRow, tabIndex?: number): ComponentChildren;
  /** What a cell that may be cut off says in full. */
  title?(row: TradeRow): string;
}

const text = (
  name: string,
  label: string,
  field: keyof TradeRow,
  width: string,
  more: Partial<Column> = {},
): Column => ({
  name,
  label,
  class: width,
  cell: (row) => row[field] ?? "—",
  title: (row) => String(row[field] ?? ""),
  ...more,
});

const word = (name: string, label: string, field: keyof TradeRow, width: string): Column => ({
  name,
  label,
  class: width,
  cell: (row) => formatName(String(row[field])),
});

const amount = (
  name: string,
  label: string,
  cell: (row: TradeRow) => string,
  more: Partial<Column> = {},
): Column => ({ name, label, class: "num c-num", cell, title: cell, ...more });

const instant = (name: string, label: string, field: "booked_at" | "updated_at", sort: SortName): Column => ({
  name,
  label,
  class: "c-instant",
  sort,
  cell: (row) => <Instant at={row[field]} isDated />,
});

/** In the order in which they stand beside each other. */
export const COLUMNS: readonly Column[] = [
  instant("booked", "Booked", "booked_at", "booked"),
  {
    name: "trade",
    label: "Trade",
    class: "c-id",
    cell: (row, tabIndex) => <a href={toTradeAddress(row.trade_id)} tabIndex={tabIndex}>{row.trade_id}</a>,
    title: (row) => row.trade_id,
  },
  text("instrument", "Instrument", "instrument", "c-name", { sort: "instrument" }),
  word("class", "Class", "asset_class", "c-word"),
  { ...word("side", "Side", "side", "c-side") },
  amount("quantity", "Quantity", (row) => formatExact(row.quantity)),
  amount("price", "Price", (row) => formatExact(row.price)),
  amount("notional", "Notional USD", (row) => formatAmount(row.notional_usd), { sort: "notional" }),
  amount("amount", "Notional", (row) => `${row.currency} ${formatAmount(row.notional_value)}`),
  amount("fees", "Fees", (row) => formatAmount(row.total_fees)),
  text("counterparty", "Counterparty", "counterparty", "c-name", { sort: "counterparty" }),
  text("venue", "Venue", "settlement_venue", "c-word"),
  text("tradeDate", "Trade date", "trade_date", "c-date", { sort: "tradeDate" }),
  text("settles", "Settles", "settlement_date", "c-date"),
  { name: "status", label: "Status", class: "c-status", cell: (row) => <Status status={row.status} /> },
  word("stage", "Stage", "stage", "c-status"),
  text("order", "Order", "order_id", "c-id", {
    cell: ({ order_id }, tabIndex) =>
      order_id === null
        ? "—"
        : <a href={`/orders/${encodeURIComponent(order_id)}`} tabIndex={tabIndex}>{order_id}</a>,
  }),
  text("execution", "Execution", "exec_id", "c-id"),
  word("priority", "Priority", "priority", "c-word"),
  instant("updated", "Changed", "updated_at", "updated"),
];

export const COLUMNS_SHOWN: readonly string[] = [
  "booked",
  "trade",
  "instrument",
  "class",
  "side",
  "quantity",
  "price",
  "notional",
  "counterparty",
  "venue",
  "tradeDate",
  "status",
];

/** @param text As the address has it: names with commas between; what is no column is left out. */
export function readColumns(text: string | undefined): readonly Column[] {
  const names = text === undefined ? COLUMNS_SHOWN : text.split(",");
  const columns = COLUMNS.filter(({ name }) => names.includes(name));
  return columns.length > 0 ? columns : readColumns(undefined);
}
