/**
 * The table of a list. Only the rows in view are in the page, whatever the list's length: the scroll bar is that of
 * the whole list, and the table stays in view while it is moved.
 *
 * @module
 */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TradeRow } from "../../../shared/kpi/mod.ts";
import { toTradeAddress } from "../tables.tsx";
import type { Column } from "./columns.tsx";
import { type ListParams, toAddress } from "./filter.ts";
import type { Cursor } from "./cursor.ts";
import type { List } from "./list.ts";
import { barOf, lastTopOf, spaceOf, topOf } from "./scroll.ts";
import { toWord } from "./sorts.ts";

interface Props {
  readonly list: List;
  readonly params: ListParams;
  readonly columns: readonly Column[];
  readonly cursor: Cursor;
  /** Came in while the page was open. */
  readonly isNew: (row: TradeRow) => boolean;
}

/** Rows drawn above and below the view, so that none is missing while it moves. */
const SPARE_ROWS = 4;
const REST_MS = 200;

export function Grid({ list, params, columns, cursor, isNew }: Props) {
  const view = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const head = useRef<HTMLTableSectionElement>(null);
  /** Null until the page is alive: the server's rows all stand there. */
  const extent = useSignal<{ viewPx: number; headPx: number; rowPx: number } | null>(null);
  const bar = useRef({ bar: 0, top: 0 });
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const shown = useComputed(() => {
    const size = list.size.value;
    if (extent.value === null) {
      return { from: list.window.value.first, to: list.window.value.first + list.window.value.rows.length };
    }
    const { viewPx, headPx, rowPx } = extent.value;
    const top = list.top.value;
    return {
      from: Math.max(0, Math.floor(top) - SPARE_ROWS),
      to: Math.min(size, Math.ceil(top + (viewPx - headPx) / rowPx) + SPARE_ROWS),
    };
  });

  useLayoutEffect(() => {
    const measure = () => {
      const row = body.current!.rows[0];
      extent.value = {
        viewPx: view.current!.clientHeight,
        headPx: head.current!.offsetHeight,
        rowPx: row?.offsetHeight || 30,
      };
      list.fill(rowsIn(extent.value));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(view.current!);
    return () => observer.disconnect();
  }, []);

  // The bar follows the rows where they moved by themselves: by keys, by what came in, by what turned out otherwise.
  const settle = () => {
    if (extent.value === null) return;
    const place = barOf({ rows: list.size.value, ...extent.value }, list.top.value);
    bar.current = { bar: Math.round(place), top: list.top.value };
    if (Math.abs(view.current!.scrollTop - place) >= 1) view.current!.scrollTop = bar.current.bar;
  };
  useSignalEffect(() => {
    if (extent.value === null) return;
    const whole = { rows: list.size.value, ...extent.value };
    layer.current!.style.height = `${whole.viewPx}px`;
    space.current!.style.height = `${spaceOf(whole)}px`;
    if (list.top.value !== bar.current.top) settle();
  });
  useSignalEffect(() => {
    if (extent.value === null) return;
    const offset = (shown.value.from - list.top.value) * extent.value.rowPx;
    body.current!.style.transform = `translateY(${offset}px)`;
  });

  const onScroll = () => {
    const now = view.current!.scrollTop;
    if (extent.value === null || Math.abs(now - bar.current.bar) < 1) return;
    const top = topOf({ rows: list.size.value, ...extent.value }, now, bar.current);
    bar.current = { bar: now, top };
    list.top.value = top;
    list.fill(rowsIn(extent.value));
    clearTimeout(rest.current);
    rest.current = setTimeout(settle, REST_MS);
  };
  useEffect(() => () => clearTimeout(rest.current), []);

  // What has the focus stays where it is looked at.
  useSignalEffect(() => {
    const { rank } = cursor.wanted.value ?? {};
    if (rank === undefined || extent.value === null) return;
    const rows = rowsIn(extent.value);
    const top = list.top.peek();
    const next = rank < top ? rank : rank + 1 > top + rows ? rank + 1 - rows : top;
    list.top.value = Math.max(0, Math.min(lastTopOf({ rows: list.size.peek(), ...extent.value }), next));
    list.fill(rows);
  });
  useEffect(() => {
    const wanted = cursor.wanted.peek();
    if (wanted === null) return;
    const row = body.current!.querySelector<HTMLElement>(`tr[data-rank="${wanted.rank}"][data-id]`);
    if (row === null) return;
    cursor.wanted.value = null;
    row.focus({ preventScroll: true });
  });

  const { rows, first } = list.window.value;
  const { from, to } = shown.value;
  const isAlive = extent.value !== null;
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
      onFocusOut={() => list.isHeld = false}
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
          {column.cell(row)}
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

function rowsIn({ viewPx, headPx, rowPx }: { viewPx: number; headPx: number; rowPx: number }): number {
  return Math.max(1, (viewPx - headPx) / rowPx);
}
