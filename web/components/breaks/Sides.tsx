/**
 * Both sides of a break beside each other, with what we expected ourselves and how far apart they may be.
 *
 * @module
 */

import { formatName } from "../../../shared/kpi/mod.ts";
import type { Break } from "./break.ts";
import { differenceOf } from "./difference.ts";
import { toCompared } from "./QueueTable.tsx";

export function Sides({ row }: { row: Break }) {
  const { field, book, street } = row;
  const difference = differenceOf(book, street);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Book and street">
      <table class="sides">
        <caption>Book and street</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col" class="num">Book</th>
            <th scope="col" class="num">Street</th>
            <th scope="col" class="num">Difference</th>
          </tr>
        </thead>
        <tbody>
          <tr class="differs">
            <th scope="row">{field === null ? formatName(row.type) : formatName(field)}</th>
            <td class="num">{toCompared(book)}</td>
            <td class="num">{toCompared(street)}</td>
            <td class="num">{difference ?? "≠"}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
