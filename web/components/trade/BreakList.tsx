/**
 * The breaks of a trade, each with what differs and all that happened to it. Open ones come first.
 *
 * @module
 */

import { type BreakRow, formatName } from "../../../shared/kpi/mod.ts";
import { differenceOf } from "../breaks/difference.ts";
import { History } from "../breaks/History.tsx";
import { Instant, Status, toCompared } from "../tables.tsx";
import type { History as Events } from "./story.ts";

export function BreakList({ breaks, history }: { breaks: readonly BreakRow[]; history: Events }) {
  const sorted = [...breaks].sort((a, b) =>
    Number(a.closed_at !== null) - Number(b.closed_at !== null) || (a.opened_at < b.opened_at ? 1 : -1)
  );
  return (
    <ul class="break-list" aria-label="Breaks of this trade">
      {sorted.map((row) => (
        <li key={row.id} class={row.closed_at === null ? "card open" : "card"}>
          <p class="line">
            <a href={`/breaks/${row.id}`}>
              <b>{formatName(row.type)}</b>
            </a>
            <Status status={row.status} />
            <span>{toDifference(row)}</span>
            <span class="note">
              {row.owner === null ? "nobody's" : row.owner}, opened <Instant at={row.opened_at} isDated />
              {row.reason !== null && `, ${row.reason}`}
            </span>
          </p>
          <details>
            <summary>History</summary>
            <History events={history.filter(({ break_id }) => break_id === row.id)} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function toDifference({ book, street }: BreakRow): string {
  if (book === null && street === null) return "";
  const difference = differenceOf(book, street);
  return `book ${toCompared(book)}, street ${toCompared(street)}${
    difference === null ? "" : `: ${difference}`
  }`;
}
