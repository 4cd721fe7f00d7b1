/**
 * What stands still: trades that did not leave their stage in time, and records that were set aside.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { formatCount, formatName } from "../../../shared/kpi/mod.ts";
import { Status } from "../tables.tsx";
import { Ago } from "./Progress.tsx";
import { type Reason, type Stuck, STUCK_AGES } from "./system.ts";

export function StuckTable({ rows, date }: { rows: readonly Stuck[]; date: string }) {
  return (
    <table class="stuck">
      <caption>Stuck stages</caption>
      <thead>
        <tr>
          <th scope="col">Still</th>
          <th scope="col">Was due on</th>
          {STUCK_AGES.map((age) => (
            <th key={age} scope="col" class="num">{age} {age === "1" ? "day" : "days"}</th>
          ))}
          <th scope="col" class="num">Trades</th>
          <th scope="col">Oldest</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.stage}>
            <th scope="row">
              <Status status={row.stage} />
            </th>
            <td>{row.due === "trade_date" ? "trade date" : "value date"}</td>
            {STUCK_AGES.map((age) => <td key={age} class="num">{formatCount(row.by_age[age])}</td>)}
            <td class="num">
              <a
                href={toStuckAddress(row, date)}
                aria-label={`${formatCount(row.trades)} ${row.trades === 1 ? "trade" : "trades"} still ${
                  formatName(row.stage)
                }`}
              >
                {formatCount(row.trades)}
              </a>
            </td>
            <td>{row.oldest}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The very trades that were counted. */
export function toStuckAddress({ stage, due }: Pick<Stuck, "stage" | "due">, date: string): string {
  const before = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  const query = due === "trade_date" ? { status: stage, to: before } : { stage, settlesTo: before };
  return `/trades?${new URLSearchParams(query)}`;
}

interface ReasonsProps {
  readonly rows: readonly Reason[];
  readonly nowMs: ReadonlySignal<number>;
}

export function ReasonTable({ rows, nowMs }: ReasonsProps) {
  return (
    <table class="reasons">
      <caption>Dead letters by reason</caption>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Topic</th>
          <th scope="col" class="num">Records</th>
          <th scope="col" class="num">Newest</th>
          <th scope="col" class="num">Oldest</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ topic, code, letters, newest, oldest }) => (
          <tr key={`${topic}\n${code}`}>
            <th scope="row">
              <a href={`/dead-letters?${new URLSearchParams({ topic, code })}`}>{formatName(code)}</a>
            </th>
            <td>{topic}</td>
            <td class="num">{formatCount(letters)}</td>
            <td class="num">
              <Ago at={newest} nowMs={nowMs} />
            </td>
            <td class="num">
              <Ago at={oldest} nowMs={nowMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
