/**
 * The table of a list. Only the rows in view are in the page, whatever the list's length: the scroll bar is that of
 * the whole list, and the table stays in view while it is moved.
 *
 * @module
 */

import type { TradeRow } from "../../../shared/kpi/mod.ts";
import { toTradeAddress } from "../tables.tsx";
import type { Column } from "./columns.tsx";
import { type ListParams, toAddress } from "./filter.ts";
import type { Cursor } from "./cursor.ts";
import type { List } from "./list.ts";
import { toWord } from "./sorts.ts";
import { useScroll } from "./use_scroll.ts";

interface Props {
  readonly list: List;
  readonly params: ListParams;
  readonly columns: readonly Column[];
  readonly cursor: Cursor;
  /** Came in while the page was open. */
  readonly isNew: (row: TradeRow) => boolean;
}

export function Grid({ list, params, columns, cursor, isNew }: Props) {
  const { view, space, layer, head, body, shown, onScroll, isAlive } = useScroll(list, cursor);
  const { rows, first } = list.window.value;
  const { from, to } = shown.value;
  const counted = list.counted.value;
  const isSure = counted.bound === "exact" || list.window.value.isEnd;
  const ranks = Array.from({ length: to - from }, (_, n) => from + n);
  return (
    <div
      ref={view}
      class="trade-view"
      onScroll={onScroll}
      onPointerEnter={() => list.isHeld = true}
      onPointerLeave={() => list.isHeld = body.current!.contains(document.activeElement)}
      onFocusIn={() => list.isHeld = true}
      onFocusOut={() => list.isHeld = view.current!.matches(":hover")}
    >
      <div ref={space} class="trade-space">
        <div ref={layer} class="trade-layer">
          <table
            class="trade-grid"
            role="grid"
            aria-label="Trades"
            aria-rowcount={isSure ? list.size.value + 1 : -1}
            aria-colcount={columns.length}
          >
            <thead ref={head}>
              <tr aria-rowindex={1}>
                {columns.map((column) => (
                  <Heading key={column.name} column={column} list={list} params={params} />
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {ranks.map((rank) => {
                const row = rows[rank - first];
                return row === undefined ? <Blank key={rank} rank={rank} columns={columns} /> : (
                  <Row
                    key={row.trade_id}
                    row={row}
                    rank={rank}
                    columns={columns}
                    isAlive={isAlive}
                    isNew={isNew(row)}
                    isCurrent={cursor.id.value === row.trade_id}
                    isStop={cursor.id.value === row.trade_id ||
                      (rank === Math.ceil(list.top.value) &&
                        !cursor.isAmong(rows.slice(from - first, to - first)))}
                    onFocus={() => cursor.id.value = row.trade_id}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </div>
  );
}

function Heading({ column, list, params }: { column: Column; list: List; params: ListParams }) {
  const { sort, label } = column;
  if (sort === undefined) return <th scope="col" class={column.class}>{label}</th>;
  const own = list.sort.name === sort;
  // The first click gives what is looked for first: the newest, the largest, the alphabet.
  const isDescending = own
    ? !list.sort.isDescending
    : ["booked", "updated", "notional", "tradeDate"].includes(sort);
  return (
    <th
      scope="col"
      class={column.class}
      aria-sort={own ? (list.sort.isDescending ? "descending" : "ascending") : "none"}
    >
      <a href={toAddress(params, { sort: toWord({ name: sort, isDescending }) })}>
        {label}
      </a>
    </th>
  );
}

interface RowProps {
  readonly row: TradeRow;
  readonly rank: number;
  readonly columns: readonly Column[];
  readonly isAlive: boolean;
  readonly isNew: boolean;
  readonly isCurrent: boolean;
  /** Where Tab comes into the table. */
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

function Row({ row, rank, columns, isAlive, isNew, isCurrent, isStop, onFocus }: RowProps) {
  return (
    <tr
      class={isNew ? "new" : undefined}
      aria-rowindex={rank + 2}
      aria-selected={isAlive ? isCurrent : undefined}
      data-rank={rank}
      data-id={row.trade_id}
      tabIndex={isAlive ? (isStop ? 0 : -1) : undefined}
      onFocus={onFocus}
      onDblClick={() => location.assign(toTradeAddress(row.trade_id))}
    >
      {columns.map((column) => (
        <td
          key={column.name}
          class={`${column.class}${column.name === "side" ? ` ${row.side}` : ""}`}
          title={column.title?.(row)}
        >
          {column.cell(row, isAlive && !isStop ? -1 : undefined)}
        </td>
      ))}
    </tr>
  );
}

/** A row that is on its way. */
function Blank({ rank, columns }: { rank: number; columns: readonly Column[] }) {
  return (
    <tr class="blank-row" aria-rowindex={rank + 2} data-rank={rank}>
      {columns.map(({ name }, n) => <td key={name}>{n === 0 ? "…" : ""}</td>)}
    </tr>
  );
}
