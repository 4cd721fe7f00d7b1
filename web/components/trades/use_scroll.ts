/**
 * The scroll bar of a list and the rows in view, kept together: whoever moves the one moves the other.
 *
 * @module
 */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Cursor } from "./cursor.ts";
import type { List } from "./list.ts";
import { barOf, lastTopOf, spaceOf, topOf } from "./scroll.ts";

/** Rows drawn above and below the view, so that none is missing while it moves. */
const SPARE_ROWS = 4;
/** The bar rests. */
const REST_MS = 200;
/** Until a row is there to be measured. */
const ROW_PX = 30;

interface Measures {
  readonly viewPx: number;
  readonly headPx: number;
  readonly rowPx: number;
}

export function useScroll(list: List, cursor: Cursor) {
  const view = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLTableSectionElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  /** Null until the page is alive: the server's rows all stand there. */
  const measures = useSignal<Measures | null>(null);
  const bar = useRef({ bar: 0, top: 0 });
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const shown = useComputed(() => {
    const { rows, first } = list.window.value;
    if (measures.value === null) return { from: first, to: first + rows.length };
    const top = list.top.value;
    return {
      from: Math.max(0, Math.floor(top) - SPARE_ROWS),
      to: Math.min(list.size.value, Math.ceil(top + rowsIn(measures.value)) + SPARE_ROWS),
    };
  });

  useLayoutEffect(() => {
    const measure = () => {
      measures.value = {
        viewPx: view.current!.clientHeight,
        headPx: head.current!.offsetHeight,
        rowPx: body.current!.rows[0]?.offsetHeight || ROW_PX,
      };
      list.fill(rowsIn(measures.value));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(view.current!);
    return () => observer.disconnect();
  }, []);

  // The bar follows the rows where they moved by themselves: by keys, by what came in, by what turned out otherwise.
  const settle = () => {
    if (measures.value === null) return;
    const place = barOf({ rows: list.size.value, ...measures.value }, list.top.value);
    bar.current = { bar: Math.round(place), top: list.top.value };
    if (Math.abs(view.current!.scrollTop - place) >= 1) view.current!.scrollTop = bar.current.bar;
  };
  useSignalEffect(() => {
    if (measures.value === null) return;
    const extent = { rows: list.size.value, ...measures.value };
    layer.current!.style.height = `${extent.viewPx}px`;
    space.current!.style.height = `${spaceOf(extent)}px`;
    if (list.top.value !== bar.current.top) settle();
  });
  useSignalEffect(() => {
    if (measures.value === null) return;
    const offset = (shown.value.from - list.top.value) * measures.value.rowPx;
    body.current!.style.transform = `translateY(${offset}px)`;
  });

  const onScroll = () => {
    const now = view.current!.scrollTop;
    if (measures.value === null || Math.abs(now - bar.current.bar) < 1) return;
    const top = topOf({ rows: list.size.value, ...measures.value }, now, bar.current);
    bar.current = { bar: now, top };
    list.top.value = top;
    list.fill(rowsIn(measures.value));
    clearTimeout(rest.current);
    rest.current = setTimeout(settle, REST_MS);
  };
  useEffect(() => () => clearTimeout(rest.current), []);

  // What has the focus stays where it is looked at.
  useSignalEffect(() => {
    const { rank } = cursor.wanted.value ?? {};
    if (rank === undefined || measures.value === null) return;
    const rows = rowsIn(measures.value);
    const top = list.top.peek();
    const next = rank < top ? rank : rank + 1 > top + rows ? rank + 1 - rows : top;
    list.top.value = Math.max(0, Math.min(lastTopOf({ rows: list.size.peek(), ...measures.value }), next));
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

  return { view, space, layer, head, body, shown, onScroll, isAlive: measures.value !== null };
}

/** In view; the last one may be cut off. */
function rowsIn({ viewPx, headPx, rowPx }: Measures): number {
  return Math.max(1, (viewPx - headPx) / rowPx);
}
