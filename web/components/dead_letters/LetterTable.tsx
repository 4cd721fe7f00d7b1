/**
 * Records that were set aside, and how many for which reason.
 *
 * @module
 */

import { formatCount, formatName } from "../../../shared/kpi/mod.ts";
import { Instant, Status } from "../tables.tsx";
import { type DeadLetterRow, type DeadLetterTally, type LetterFilter, toLetterQuery } from "./letter.ts";

export function LetterTable({ rows }: { rows: readonly DeadLetterRow[] }) {
  return (
    <table class="letters">
      <caption>Dead letters</caption>
      <thead>
        <tr>
          <th scope="col" class="l-at">Set aside</th>
          <th scope="col" class="l-code">Reason</th>
          <th scope="col">What was wrong</th>
          <th scope="col" class="l-place">Topic, partition, offset</th>
          <th scope="col" class="num l-size">Bytes</th>
          <th scope="col" class="l-state">State</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td class="l-at">
              <Instant at={row.recorded_at} isDated />
            </td>
            <th scope="row" class="l-code">
              <a
                href={`/dead-letters/${row.id}`}
                aria-label={`${formatName(row.code)}, dead letter ${row.id}`}
              >
                {formatName(row.code)}
              </a>
            </th>
            <td title={row.text}>{row.text}</td>
            <td class="l-place">
              {row.topic} <span class="note">{row.partition}, {row.offset}</span>
            </td>
            <td class="num l-size">{row.size === null ? "none" : formatCount(row.size)}</td>
            <td class="l-state">
              <Status status={row.status} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** By reason, each a filter; the topic stands behind it where there is more than one. */
export function Reasons({ tallies, filter }: { tallies: readonly DeadLetterTally[]; filter: LetterFilter }) {
  const status = filter.status ?? "open";
  const counted = tallies.filter((tally) => status === "all" || tally.status === status);
  const topics = new Set(counted.map(({ topic }) => topic));
  const groups = Map.groupBy(counted, ({ topic, code }) => `${topic}\n${code}`);
  const total = counted.reduce((sum, { letters }) => sum + letters, 0);
  const { topic: _t, code: _c, ...rest } = filter;
  return (
    <nav class="views" aria-label="Reasons">
      <Reason name="All" count={total} query={toLetterQuery(rest)} isNow={!filter.code && !filter.topic} />
      {[...groups].map(([key, group]) => {
        const [{ topic, code }] = group as [DeadLetterTally];
        return (
          <Reason
            key={key}
            name={topics.size > 1 ? `${formatName(code)}, ${topic}` : formatName(code)}
            count={group.reduce((sum, { letters }) => sum + letters, 0)}
            query={toLetterQuery(rest, { topic, code })}
            isNow={filter.code === code && filter.topic === topic}
          />
        );
      })}
    </nav>
  );
}

function Reason(
  { name, count, query, isNow }: { name: string; count: number; query: string; isNow: boolean },
) {
  return (
    <a href={`/dead-letters${query && `?${query}`}`} aria-current={isNow ? "page" : undefined}>
      {name} <b>{formatCount(count)}</b>
    </a>
  );
}
