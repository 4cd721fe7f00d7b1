/**
 * Both sides of a break beside each other, field by field: which differ, by how much, what we expected ourselves and
 * how far apart they may be.
 *
 * @module
 */

import { formatExact, formatName } from "../../../shared/kpi/mod.ts";
import type { BreakStory, ComparedField, UsedTolerance } from "./break.ts";
import { differenceOf } from "./difference.ts";
import { toCompared } from "./QueueTable.tsx";

export function Sides({ story }: { story: BreakStory }) {
  const fields = fieldsOf(story);
  const difference = differenceOf(story.book, story.street);
  const hasExpected = fields.some(({ expected }) => expected !== null);
  return (
    <section aria-label="Book and street">
      <div class="scroll" tabIndex={0} role="region" aria-label="Book and street, table">
        <table class="sides">
          <caption>Book and street</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col" class="num">Book</th>
              <th scope="col" class="num">Street</th>
              {hasExpected && <th scope="col" class="num">Expected</th>}
              <th scope="col">Differs</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.field} class={field.break_id !== null ? "differs" : undefined}>
                <th scope="row">{formatName(field.field)}</th>
                <td class={isOff(field, "book") ? "num off" : "num"}>{toCompared(field.book)}</td>
                <td class={isOff(field, "street") ? "num off" : "num"}>{toCompared(field.street)}</td>
                {hasExpected && (
                  <td class="num">{field.expected === null ? "" : toCompared(field.expected)}</td>
                )}
                <td>
                  <Verdict field={field} ownId={story.id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        {difference && (
          <>
            Difference <b>{difference}</b>.{" "}
          </>
        )}
        {toTolerance(story)}
      </p>
    </section>
  );
}

/** What is broken first. Until both sides are loaded, the break itself says what differs. */
function fieldsOf({ sides, field, type, book, street, id }: BreakStory): readonly ComparedField[] {
  if (sides === undefined || sides.fields.length === 0) {
    const own = { field: field ?? type, book, street, expected: null, is_equal: false };
    return [{ ...own, break_id: id, differs: null }];
  }
  const broken = sides.fields.filter(({ break_id }) => break_id !== null);
  return [...broken, ...sides.fields.filter(({ break_id }) => break_id === null)];
}

function isOff({ break_id, differs }: ComparedField, side: "book" | "street"): boolean {
  return break_id !== null && (differs === side || differs === "both");
}

function Verdict({ field, ownId }: { field: ComparedField; ownId: number }) {
  const { differs, break_id, is_equal } = field;
  if (break_id === null) return <span class="note">{is_equal === false ? "Not beyond tolerance" : ""}</span>;
  const who = differs === null ? "Differs" : differs === "both" ? "Both" : formatName(differs);
  return (
    <>
      ≠ {who}
      {break_id !== ownId && (
        <>
          {" "}
          <a href={`/breaks/${break_id}`}>break {break_id}</a>
        </>
      )}
    </>
  );
}

function toTolerance({ sides, type }: BreakStory): string {
  if (sides === undefined) return "";
  if (sides.tolerance === null) {
    return type.startsWith("missing") ? "One side is missing." : "Tolerance: none, equal or not.";
  }
  const { absolute, percent, ticks, valid_from }: UsedTolerance = sides.tolerance;
  const parts = [
    isSet(absolute) && formatExact(absolute),
    isSet(percent) && `${formatExact(percent)} % of the street's`,
    isSet(ticks) && `${formatExact(ticks)} ticks`,
  ].filter((part) => typeof part === "string");
  const since = valid_from > "1970-01-01" ? `, in force from ${valid_from}` : "";
  return `Tolerance: ${parts.length === 0 ? "zero" : parts.join(", or ")}${since}.`;
}

function isSet(amount: string | null): amount is string {
  return amount !== null && /[1-9]/.test(amount);
}
