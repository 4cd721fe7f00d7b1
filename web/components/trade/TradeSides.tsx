/**
 * What the book says of a trade and what the street says, field by field: what differs, by how much, what we expected
 * ourselves and how far apart they may be.
 *
 * @module
 */

import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import type { ComparedField, UsedTolerance } from "../breaks/break.ts";
import { differenceOf } from "../breaks/difference.ts";
import { toCompared } from "../tables.tsx";
import type { Sides } from "./story.ts";

export function TradeSides({ sides, whyNone }: { sides: Sides; whyNone: string }) {
  const { fields, tolerances, execution } = sides;
  return (
    <div class="card">
      <div class="scroll" tabIndex={0} role="region" aria-label="Book and street, table">
        <table class="sides trade-sides">
          <caption>Book and street, field by field</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col" class="num">Book</th>
              <th scope="col" class="num">Street</th>
              <th scope="col" class="num">Expected</th>
              <th scope="col">Compared</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.field} class={field.break_id !== null ? "differs" : undefined}>
                <th scope="row">{formatName(field.field)}</th>
                <td class={isOff(field, "book") ? "num off" : "num"}>{toValue(field.field, field.book)}</td>
                <td class={isOff(field, "street") ? "num off" : "num"}>
                  {toValue(field.field, field.street)}
                </td>
                <td class="num">{toValue(field.field, field.expected)}</td>
                <td>
                  <Verdict field={field} tolerance={tolerances[field.field]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note below">
        {execution === null
          ? whyNone
          : `Street: execution ${execution.exec_id} of ${execution.broker} on ${execution.trade_date}.`}
      </p>
    </div>
  );
}

function toValue(field: string, value: string | null): string {
  if (value === null) return "—";
  if (field.endsWith("_fee")) return formatAmount(value);
  return field === "side" ? formatName(value) : toCompared(value);
}

function isOff({ break_id, differs }: ComparedField, side: "book" | "street"): boolean {
  return break_id !== null && (differs === side || differs === "both");
}

function Verdict({ field, tolerance }: { field: ComparedField; tolerance: UsedTolerance | undefined }) {
  const { break_id, is_equal, differs, book, street } = field;
  if (break_id === null) {
    if (is_equal === null) {
      return <span class="note">{book === null || street === null ? "One side only" : ""}</span>;
    }
    return is_equal
      ? <span class="agree">Equal</span>
      : <span class="note">{differenceOf(book, street) ?? "Differs"}, within tolerance</span>;
  }
  const difference = differenceOf(book, street);
  return (
    <span class="broken">
      <b>≠ {difference ?? "Differs"}</b>
      {differs !== null && <>{differs === "both" ? "both sides are off" : `the ${differs} is off`}</>}
      {tolerance && <span class="note">tolerance {toTolerance(tolerance)}</span>}
      <a href={`/breaks/${break_id}`}>Break {break_id}</a>
    </span>
  );
}

function toTolerance({ absolute, percent, ticks }: UsedTolerance): string {
  const parts = [
    isSet(absolute) && formatExact(absolute),
    isSet(percent) && `${formatExact(percent)} %`,
    isSet(ticks) && `${formatExact(ticks)} ticks`,
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? "zero" : parts.join(" or ");
}

function isSet(amount: string | null): amount is string {
  return amount !== null && /[1-9]/.test(amount);
}
