/**
 * Actions on the selected breaks, how far they have come, and what was refused with its reason.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { formatCount } from "../../../shared/kpi/mod.ts";
import { type Action, ACTION_PAST, legalActions } from "./actions.ts";
import type { Bench } from "./bench.ts";
import type { Bulk } from "./bulk.ts";
import { BULK_MAX } from "./client.ts";

const OFFERED: readonly (readonly [action: Action, name: string])[] = [
  ["assign", "Assign to…"],
  ["comment", "Comment…"],
  ["resolve", "Resolve…"],
];

/** Always as high, so that selecting moves nothing. */
export function BulkBar({ bench, children }: { bench: Bench; children?: ComponentChildren }) {
  const { selected, bulk, asking, user } = bench;
  const count = selected.value.size;
  const isRunning = bulk.value?.isRunning === true;
  const isTooMany = count > BULK_MAX;
  const cannot = user.value === null || isRunning || isTooMany;
  const ask = (action: Action) => asking.value = { action, rows: bench.chosenRows(), isMany: true };
  const isPossible = (action: Action) =>
    bench.rows.value.some((row) => selected.value.has(row.id) && legalActions(row).includes(action));
  if (count === 0 && !isRunning) return <div class="bulk">{children}</div>;
  return (
    <div class="bulk on" role="group" aria-label="Selected breaks">
      <b>{formatCount(count)} selected</b>
      <button
        type="button"
        disabled={cannot || !isPossible("assign")}
        onClick={() => bench.performOnMany(bench.chosenRows(), "assign", {})}
      >
        Assign to me
      </button>
      {OFFERED.map(([action, name]) => (
        <button
          key={action}
          type="button"
          disabled={cannot || !isPossible(action)}
          onClick={() => ask(action)}
        >
          {name}
        </button>
      ))}
      <button type="button" class="plain" onClick={() => selected.value = new Set()}>Clear</button>
      {user.value === null && <span class="note">Say who you are first.</span>}
      {isTooMany && <span class="note">{formatCount(BULK_MAX)} at most at once.</span>}
    </div>
  );
}

/** What became of the last action on many. */
export function BulkOutcome({ bench: { bulk } }: { bench: Bench }) {
  const run = bulk.value;
  if (run === null) return null;
  const refused = run.items.filter(({ status }) => status !== 200);
  return (
    <section class="card outcome" aria-label="Outcome of the action on many breaks">
      <p>
        <b>{toOutcome(run)}</b>
        {!run.isRunning && (
          <button type="button" class="plain" onClick={() => bulk.value = null}>Dismiss</button>
        )}
      </p>
      {run.isRunning && (
        <progress max={run.total} value={run.items.length} aria-label="Breaks done">
          {run.items.length}
        </progress>
      )}
      {refused.length > 0 && (
        <ul>
          {refused.map(({ id, code, detail }) => (
            <li key={id}>
              <a href={`/breaks/${id}`}>Break {id}</a>:{" "}
              {code === "version" ? "changed in the meantime. " : ""}
              {detail ?? "refused"}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function toOutcome({ action, total, items, isRunning }: Bulk): string {
  if (isRunning) return `${formatCount(items.length)} of ${formatCount(total)} done`;
  const done = items.filter(({ status }) => status === 200).length;
  const refused = total - done;
  const said = `${formatCount(done)} of ${formatCount(total)} ${ACTION_PAST[action]}`;
  return refused === 0 ? `${said}.` : `${said}, ${formatCount(refused)} refused and still selected:`;
}
