/**
 * Facts of one thing, and records of one kind, as they are stored.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatExact, formatName } from "../../shared/kpi/mod.ts";
import { Instant } from "./tables.tsx";

export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RecordsProps {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly columns: readonly string[];
  readonly caption: string;
}

export function Records({ rows, columns, caption }: RecordsProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${caption}, table`}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column} scope="col">{formatName(column)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => <td key={column}>{toCell(column, row[column])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toCell(column: string, value: unknown): ComponentChildren {
  if (value === null || value === undefined) return "—";
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return <Instant at={text} isDated />;
  if (column === "quantity" || column === "price") return formatExact(text);
  return ["stage", "event_type", "kind", "side"].includes(column) ? formatName(text) : text;
}
