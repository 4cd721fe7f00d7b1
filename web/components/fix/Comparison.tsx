/**
 * Two messages side by side, their differences marked.
 *
 * @module
 */

import { compareMessages } from "./compare.ts";
import { printable, type ShownField, type ShownMessage, titleOf } from "./message.ts";

export function Comparison({ left, right }: { left: ShownMessage; right: ShownMessage }) {
  const rows = compareMessages(left, right);
  const differing = rows.filter(({ isSame, isRoutine }) => !isSame && !isRoutine).length;
  return (
    <section class="fix-compare" aria-label="Comparison">
      <header>
        <h3>
          {differing === 0
            ? "No field differs"
            : `${differing} ${differing === 1 ? "field differs" : "fields differ"}`}
        </h3>
        <p class="note">besides length, checksum, sequence number and sending time</p>
        <label class="only">
          <input type="checkbox" /> Differences only
        </label>
      </header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Fields of both messages">
        <table>
          <caption>Two messages, field by field</caption>
          <thead>
            <tr>
              <th scope="col" class="num">Tag</th>
              <th scope="col">Field</th>
              <th scope="col">Line {left.line}: {titleOf(left)}</th>
              <th scope="col">Line {right.line}: {titleOf(right)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, depth, left, right, isSame, isRoutine }) => (
              <tr key={key} class={isSame || isRoutine ? "same" : "differs"}>
                <td class="num">{(left ?? right)!.tag}</td>
                <th scope="row" class={`depth-${Math.min(depth, 4)}`}>{(left ?? right)!.name ?? "—"}</th>
                <Cell field={left} />
                <Cell field={right} isMarked={!isSame && !isRoutine} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ field, isMarked = false }: { field: ShownField | null; isMarked?: boolean }) {
  return (
    <td>
      {isMarked && (
        <span class="mark">
          ≠<span class="hidden">differs:</span>
        </span>
      )}
      {field === null ? <i>not there</i> : printable(field.value)}
      {field?.meaning && <span class="meaning">{field.meaning}</span>}
    </td>
  );
}
