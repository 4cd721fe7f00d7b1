/**
 * Rows of trades and breaks as every page shows them.
 *
 * @module
 */

import {
  type BreakRow,
  formatAmount,
  formatDay,
  formatExact,
  formatName,
  formatTime,
  toUtc,
  type TradeRow,
} from "../../shared/kpi/mod.ts";

interface TradesProps {
  readonly rows: readonly TradeRow[];
  readonly caption: string;
  /** Arrived while the page was open: marked for a moment. */
  readonly isNew?: (row: TradeRow) => boolean;
  /** With the day before the time, where rows of several days stand together. */
  readonly isDated?: boolean;
}

export function TradesTable({ rows, caption, isNew, isDated = false }: TradesProps) {
  return (
    <table class={isDated ? "trades dated" : "trades"}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="w-time">Booked</th>
          <th scope="col" class="w-id">Trade</th>
          <th scope="col" class="w-name">Instrument</th>
          <th scope="col" class="w-word">Class</th>
          <th scope="col" class="w-side">Side</th>
          <th scope="col" class="num w-num">Quantity</th>
          <th scope="col" class="num w-num">Price</th>
          <th scope="col" class="num w-num">Notional USD</th>
          <th scope="col" class="w-name">Counterparty</th>
          <th scope="col" class="w-status">Status</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.trade_id} class={isNew?.(row) ? "new" : undefined}>
            <td>
              <Instant at={row.booked_at} isDated={isDated} />
            </td>
            <td>
              <a href={toTradeAddress(row.trade_id)} title={row.trade_id}>{row.trade_id}</a>
            </td>
            <td title={row.instrument}>{row.instrument}</td>
            <td>{formatName(row.asset_class)}</td>
            <td class={row.side}>{formatName(row.side)}</td>
            <td class="num">{formatExact(row.quantity)}</td>
            <td class="num">{formatExact(row.price)}</td>
            <td class="num">{formatAmount(row.notional_usd)}</td>
            <td title={row.counterparty}>{row.counterparty}</td>
            <td>
              <Status status={row.status} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BreaksProps {
  readonly rows: readonly BreakRow[];
  readonly caption: string;
  /** Where all rows are open, their state is left out. */
  readonly isBrief?: boolean;
}

export function BreaksTable({ rows, caption, isBrief = false }: BreaksProps) {
  return (
    <table class={isBrief ? "breaks" : "breaks dated"}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="w-time">Opened</th>
          <th scope="col" class="w-word">Break</th>
          <th scope="col" class="w-id">Trade</th>
          <th scope="col" class="w-name">Counterparty</th>
          <th scope="col" class="num w-num">Book</th>
          <th scope="col" class="num w-num">Street</th>
          {!isBrief && (
            <>
              <th scope="col" class="num w-num">Notional USD</th>
              <th scope="col" class="w-status">State</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Instant at={row.opened_at} isDated={!isBrief} />
            </td>
            <td>{formatName(row.type)}</td>
            <td>
              <a href={toTradeAddress(row.trade_id)} title={row.trade_id}>{row.trade_id}</a>
            </td>
            <td title={row.counterparty ?? undefined}>{row.counterparty ?? "—"}</td>
            <td class="num" title={row.book ?? undefined}>{toCompared(row.book)}</td>
            <td class="num" title={row.street ?? undefined}>{toCompared(row.street)}</td>
            {!isBrief && (
              <>
                <td class="num">{row.notional_usd === null ? "—" : formatAmount(row.notional_usd)}</td>
                <td title={row.reason ?? undefined}>
                  <Status status={row.status} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The mark in front tells the states apart without their colours. */
export function Status({ status }: { status: string }) {
  return <span class={`status ${status}`}>{formatName(status)}</span>;
}

/** Shows the time of day in the viewer's zone; the date and UTC on hover. */
export function Instant({ at, isDated = false }: { at: string; isDated?: boolean }) {
  return (
    <time dateTime={at} title={toUtc(at)}>
      {isDated ? `${formatDay(at)} ${formatTime(at)}` : formatTime(at)}
    </time>
  );
}

/** Also of a fill that nobody has booked, by its ExecID. */
export function toTradeAddress(tradeId: string): string {
  return `/trades/${encodeURIComponent(tradeId)}`;
}

/** A value of one side, or `quantity @ price` of a side that has no other. */
export function toCompared(value: string | null): string {
  if (value === null) return "—";
  return value.split(" @ ").map((part) => /^[+-]?\d+(\.\d+)?$/.test(part) ? formatExact(part) : part).join(
    " @ ",
  );
}
