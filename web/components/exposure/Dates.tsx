/**
 * What is open by value date: by currency, the cash to come, and what netting would do without.
 *
 * @module
 */

import { formatAmount, formatCount, formatRate, formatShort } from "../../../shared/kpi/mod.ts";
import { isNegative } from "./amounts.ts";
import type { ExposureFilter, LadderStep, NettingRow, Position } from "./exposure.ts";
import { type Cell, toPivot } from "./pivot.ts";

/** The day it is for the middle office. */
interface Dated {
  readonly today: string;
  readonly filter: ExposureFilter;
}

/** A value date, and whether it has passed: by a word, and a sign before it. */
export function ValueDate({ date, today }: { date: string; today: string }) {
  if (date < today) return <span class="overdue">{date} overdue</span>;
  return <>{date}{date === today && <span class="note">today</span>}</>;
}

export function Positions({ rows, today, filter }: Dated & { rows: readonly Position[] }) {
  const pivot = toPivot(rows);
  return (
    <table class="positions">
      <caption>By currency and value date</caption>
      <thead>
        <tr>
          <th scope="col">Value date</th>
          {pivot.currencies.map((currency) => <th key={currency} scope="col" class="num">{currency}</th>)}
          <th scope="col" class="num">All</th>
        </tr>
      </thead>
      <tbody>
        {pivot.rows.map(({ date, cells, total }) => (
          <tr key={date}>
            <th scope="row">
              <ValueDate date={date} today={today} />
            </th>
            {cells.map((cell, at) => (
              <td key={pivot.currencies[at]} class="num">
                {cell === null ? "—" : (
                  <Amounts
                    cell={cell}
                    href={toTrades(filter, date, pivot.currencies[at])}
                    label={`Trades in ${pivot.currencies[at]} for ${date}`}
                  />
                )}
              </td>
            ))}
            <td class="num">
              <Amounts cell={total} href={toTrades(filter, date)} label={`Trades for ${date}`} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          {pivot.totals.map((cell, at) => (
            <td key={pivot.currencies[at]} class="num">
              <Amounts cell={cell} />
            </td>
          ))}
          <td class="num">
            <Amounts cell={pivot.total} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Gross above, net below. */
function Amounts({ cell, href, label }: { cell: Cell; href?: string; label?: string }) {
  const exact = `gross ${formatAmount(cell.gross)}, net ${formatAmount(cell.net)} USD, ${
    formatCount(cell.trades)
  } trades`;
  return (
    <span title={exact}>
      {href === undefined
        ? formatShort(cell.gross)
        : <a href={href} aria-label={`${formatShort(cell.gross)}: ${label}`}>{formatShort(cell.gross)}</a>}
      <span class="note">{formatShort(cell.net)}</span>
    </span>
  );
}

function toTrades({ counterparty }: ExposureFilter, date: string, currency?: string): string {
  const query = {
    ...counterparty ? { counterparty } : {},
    ...currency ? { currency } : {},
    settlesFrom: date,
    settlesTo: date,
  };
  return `/trades?${new URLSearchParams(query)}`;
}

export function Ladder({ rows, today }: { rows: readonly LadderStep[]; today: string }) {
  return (
    <table class="ladder">
      <caption>Settlement ladder</caption>
      <thead>
        <tr>
          <th scope="col">Value date</th>
          <th scope="col">Currency</th>
          <th scope="col" class="num">To pay</th>
          <th scope="col" class="num">To receive</th>
          <th scope="col" class="num">Net</th>
          <th scope="col" class="num">Net, USD</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr
            key={`${row.value_date} ${row.currency}`}
            class={at > 0 && rows[at - 1]!.value_date !== row.value_date ? "next-date" : undefined}
          >
            <th scope="row">
              <ValueDate date={row.value_date} today={today} />
            </th>
            <td>{row.currency}</td>
            <td class="num">{formatAmount(row.pay)}</td>
            <td class="num">{formatAmount(row.receive)}</td>
            <td class="num">{toSigned(row.net)}</td>
            <td class="num">{row.net_usd === null ? "no rate" : toSigned(row.net_usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With its sign in words' stead: what comes in has a plus. */
function toSigned(amount: string): string {
  return `${isNegative(amount) || !/[1-9]/.test(amount) ? "" : "+"}${formatAmount(amount)}`;
}

export function Netting({ rows, today }: { rows: readonly NettingRow[]; today: string }) {
  return (
    <table class="netting">
      <caption>Netting</caption>
      <thead>
        <tr>
          <th scope="col">Value date</th>
          <th scope="col">Counterparty</th>
          <th scope="col">Currency</th>
          <th scope="col" class="num">To pay</th>
          <th scope="col" class="num">To receive</th>
          <th scope="col" class="num">Before</th>
          <th scope="col" class="num">After</th>
          <th scope="col" class="num">Less</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.value_date} ${row.currency} ${row.counterparty}`}>
            <th scope="row">
              <ValueDate date={row.value_date} today={today} />
            </th>
            <td>{row.counterparty}</td>
            <td>{row.currency}</td>
            <td class="num">{formatAmount(row.pay)}</td>
            <td class="num">{formatAmount(row.receive)}</td>
            <td class="num">{formatAmount(row.before)}</td>
            <td class="num">{formatAmount(row.after)}</td>
            <td class="num">{toSaved(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function toSaved({ before, after }: NettingRow): string {
  return Number(before) === 0 ? "—" : formatRate(1 - Number(after) / Number(before));
}
