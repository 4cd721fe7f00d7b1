/**
 * The queue as a table. Two lines a row: what it is and whose, then both values below each other, so that digits
 * that differ stand in one column.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { formatAmount, formatExact, formatName } from "../../../shared/kpi/mod.ts";
import { Status } from "../tables.tsx";
import { toRequest } from "./actions.ts";
import type { Bench } from "./bench.ts";
import { ROWS_MAX, selectionOf } from "./bench.ts";
import type { Break } from "./break.ts";
import { Age, DueMark, SeverityMark } from "./marks.tsx";

interface Props {
  readonly bench: Bench;
  readonly nowMs: ReadonlySignal<number>;
  /** Called with the plain click on a row's link; true: the page shows it itself. */
  readonly onOpen: (id: number) => boolean;
  readonly onFocusRow: (id: number) => void;
}

/** A row as it was drawn last. The same one again costs nothing, and most changes are of few rows. */
interface Drawn {
  readonly row: Break;
  readonly isSelected: boolean;
  readonly isOpened: boolean;
  readonly vnode: VNode;
}

export function QueueTable({ bench, nowMs, onOpen, onFocusRow }: Props) {
  const { rows, selected, opened } = bench;
  const drawn = useRef(new Map<number, Drawn>());
  const rowOf = (row: Break, isSelected: boolean, isOpened: boolean) => {
    const before = drawn.current.get(row.id);
    if (before?.row === row && before.isSelected === isSelected && before.isOpened === isOpened) {
      return before.vnode;
    }
    if (drawn.current.size > 2 * ROWS_MAX) drawn.current.clear();
    const props = { row, nowMs, isSelected, isOpened, onOpen, onFocusRow };
    const vnode = <Row key={row.id} {...props} onSelect={() => bench.toggle(row.id)} />;
    drawn.current.set(row.id, { row, isSelected, isOpened, vnode });
    return vnode;
  };
  const state = selectionOf(rows, selected);
  const toggleAll = () =>
    selected.value = state === "all" ? new Set() : new Set(rows.value.map(({ id }) => id));
  return (
    <table class="queue">
      <caption>Breaks</caption>
      <thead>
        <tr>
          <th scope="col" class="pick">
            <input
              type="checkbox"
              aria-label="Select all breaks shown"
              checked={state === "all"}
              indeterminate={state === "some"}
              onChange={toggleAll}
            />
          </th>
          <th scope="col" class="q-severity">Severity</th>
          <th scope="col">Break</th>
          <th scope="col" class="num q-sides">Book and street</th>
          <th scope="col" class="num q-value">Value USD</th>
          <th scope="col" class="q-due">Due, age</th>
          <th scope="col" class="q-state">State, owner</th>
        </tr>
      </thead>
      <tbody>
        {rows.value.map((row) => rowOf(row, selected.value.has(row.id), opened.value?.id === row.id))}
      </tbody>
    </table>
  );
}

interface RowProps extends Omit<Props, "bench"> {
  readonly row: Break;
  readonly isSelected: boolean;
  readonly isOpened: boolean;
  readonly onSelect: () => void;
}

function Row({ row, nowMs, isSelected, isOpened, onSelect, onOpen, onFocusRow }: RowProps) {
  const { id, type, trade_id, counterparty, notional_usd } = row;
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (onOpen(id)) event.preventDefault();
  };
  const classes = [isSelected && "selected", isOpened && "opened", row.closed_at !== null && "done"];
  return (
    <tr class={classes.filter(Boolean).join(" ")} onFocusCapture={() => onFocusRow(id)}>
      <td class="pick">
        <label>
          <input type="checkbox" aria-label={`Select break ${id}`} checked={isSelected} onChange={onSelect} />
        </label>
      </td>
      <td class="q-severity">
        <SeverityMark severity={row.severity} />
      </td>
      <th scope="row">
        <a
          href={`/breaks/${id}`}
          data-break={id}
          aria-label={`${formatName(type)}, break ${id}`}
          aria-current={isOpened ? "true" : undefined}
          onClick={open}
        >
          {formatName(type)}
        </a>{" "}
        <span title={counterparty ?? undefined}>{counterparty ?? ""}</span>
        <span class="note" title={trade_id}>{trade_id}</span>
      </th>
      <td class="num q-sides">
        <Side name="Book" value={row.book} />
        <Side name="Street" value={row.street} />
      </td>
      <td class="num q-value">{notional_usd === null ? "—" : formatAmount(notional_usd, 0)}</td>
      <td class="q-due">
        <DueMark row={row} nowMs={nowMs} />
        <span class="note">
          <Age row={row} nowMs={nowMs} />
        </span>
      </td>
      <td class="q-state">
        <Status status={row.status} />
        <Holder row={row} />
      </td>
    </tr>
  );
}

/** Who has it, or who asked for what a second person must approve. */
function Holder({ row: { status, owner, requested_action, requested_by } }: { row: Break }) {
  const text = status === "pending_approval"
    ? `${toRequest(requested_action)}, ${requested_by}`
    : owner ?? "nobody's";
  return <span class="note" title={text}>{text}</span>;
}

function Side({ name, value }: { name: string; value: string | null }) {
  return (
    <span class="side" title={value === null ? undefined : `${name}: ${value}`}>
      <span class="hidden">{name}</span> {toCompared(value)}
    </span>
  );
}

/** A value of one side, or `quantity @ price` of a side that has no other. */
export function toCompared(value: string | null): string {
  if (value === null) return "—";
  return value.split(" @ ").map((part) => /^[+-]?\d+(\.\d+)?$/.test(part) ? formatExact(part) : part).join(
    " @ ",
  );
}
