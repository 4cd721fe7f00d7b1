/**
 * The list on the page: the rows it holds, fetched as it is scrolled, kept current by the stream. Nothing that comes in
 * moves what is being read.
 *
 * @module
 */

import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TradeRow } from "../../../shared/kpi/mod.ts";
import { type ListParams, matches } from "./filter.ts";
import { type RowWindow, sizeOf, withAbove, withBelow, withChanged, withInserted } from "./row_window.ts";
import { encodePlace, placeOf, type Sort, toSort } from "./sorts.ts";

export interface Counted {
  readonly trades: number;
  readonly bound: "exact" | "most" | "least";
}

/** A page as the API answers. */
export interface ListPage {
  readonly items: readonly TradeRow[];
  readonly next: string | null;
  readonly prev: string | null;
  readonly count?: Counted;
}

export interface List {
  readonly sort: Sort;
  readonly window: ReadonlySignal<RowWindow>;
  readonly size: ReadonlySignal<number>;
  readonly counted: ReadonlySignal<Counted>;
  /** The list's row at the top of the view; between rows it is a fraction. */
  readonly top: Signal<number>;
  /** Trades that came in and are not shown; `isMore`: and some that the stream left out. */
  readonly waiting: ReadonlySignal<{ readonly trades: number; readonly isMore: boolean }>;
  /** The last fetch failed; it is tried again. */
  readonly isFailing: ReadonlySignal<boolean>;
  /** Whoever reads must not see rows move. */
  isHeld: boolean;
  /** Fetches what the view needs. */
  fill(rowsShown: number): void;
  /** Back to the top, with all that came in. */
  restart(): void;
  takeIn(changed: readonly TradeRow[], isReset: boolean, omitted: number): void;
  close(): void;
}

const PAGE_ROWS = 100;
/** Rows beyond the view that are fetched before they are needed. */
const AHEAD_ROWS = 60;
/** A view further than this from the rows at hand is a jump. */
const JUMP_ROWS = 150;
/** A dragged scroll bar asks once it rests. */
const JUMP_DELAY_MS = 80;
const RETRY_MS = 2_000;
/** Between two looks at how many there are. */
const RECOUNT_MS = 10_000;
/** A list whose stream leaves rows out is fetched anew, no more often than this. */
const RESTART_MS = 1_000;
const NONE_WAITING = { trades: 0, isMore: false };
/** Of ids that came in and are not shown; beyond this they are only counted. */
const WAITING_IDS_MAX = 5_000;

/** @param asOf When the page was written: what was first seen later is new. */
export function openList(params: ListParams, page: ListPage, asOf: string): List {
  const sort = toSort(params.sort);
  const { cursor, before, at, columns: _, limit: __, ...filter } = params;
  const isTop = cursor === undefined && before === undefined && at === undefined;
  const window = signal<RowWindow>({
    rows: page.items,
    first: 0,
    isStart: isTop || page.prev === null,
    isEnd: page.next === null,
  });
  const counted = signal<Counted>(page.count ?? { trades: page.items.length, bound: "least" });
  const size = signal(sizeOf(window.value, counted.value.trades));
  const top = signal(0);
  const waiting = signal(NONE_WAITING);
  const isFailing = signal(false);
  const waitingIds = new Set<string>();
  const stop = new AbortController();
  const isFollowed = sort.isDescending && (sort.name === "booked" || sort.name === "updated");
  let busy: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rowsShown = 0;
  let countedAtMs = performance.now();
  let restartedAtMs = -RESTART_MS;

  async function fetchPage(where: Record<string, string>, isCounting: boolean): Promise<ListPage | null> {
    busy?.abort();
    const own = busy = new AbortController();
    const query = new URLSearchParams({ ...filter, ...where, limit: String(PAGE_ROWS) });
    if (isCounting) query.set("count", "true");
    try {
      const signal = AbortSignal.any([own.signal, stop.signal]);
      const response = await fetch(`/api/v1/trades?${query}`, { signal });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      const answer: ListPage = await response.json();
      isFailing.value = false;
      return own === busy ? answer : null;
    } catch (error) {
      if (own.signal.aborted || stop.signal.aborted) return null;
      console.info(`cannot load trades, trying again: ${(error as Error).message}`);
      isFailing.value = true;
      again(RETRY_MS);
      return null;
    } finally {
      if (own === busy) busy = null;
    }
  }

  function again(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => list.fill(rowsShown), ms);
  }

  /** @param shift By how much the ranks of all rows at hand have changed. */
  function show(next: RowWindow, shift: number, count?: Counted): void {
    batch(() => {
      if (count !== undefined) counted.value = count;
      window.value = next;
      size.value = sizeOf(next, counted.value.trades);
      top.value = Math.max(0, Math.min(top.value + shift, size.value - rowsShown));
    });
    list.fill(rowsShown);
  }

  async function loadBelow(): Promise<void> {
    const last = window.value.rows.at(-1)!;
    const answer = await fetchPage({ cursor: encodePlace(sort, placeOf(sort, last)) }, false);
    if (answer === null) return;
    const next = withBelow(window.value, answer.items, answer.next === null);
    if (next.rows.at(-1) === last && !next.isEnd) return again(RETRY_MS);
    show(next, 0);
  }

  async function loadAbove(): Promise<void> {
    const held = window.value;
    const answer = await fetchPage({ before: encodePlace(sort, placeOf(sort, held.rows[0]!)) }, false);
    if (answer === null) return;
    const next = withAbove(held, answer.items, answer.prev === null);
    const at = next.rows.indexOf(held.rows[0]!);
    show(next, next.first + at - held.first);
  }

  async function jump(): Promise<void> {
    const [target, whole] = [top.value, size.value];
    const isAtEnd = target + rowsShown >= whole - 1;
    const where = target < 1 ? {} : { at: isAtEnd ? "1" : String(target / whole) };
    const answer = await fetchPage(where, false);
    if (answer === null) return;
    const [isStart, isEnd] = [answer.prev === null, answer.next === null];
    const first = isStart
      ? 0
      : isEnd
      ? Math.max(1, whole - answer.items.length)
      : Math.max(1, Math.floor(target));
    show({ rows: answer.items, first, isStart, isEnd }, isStart ? -target : 0);
  }

  async function recount(): Promise<void> {
    if (performance.now() - countedAtMs < RECOUNT_MS) return;
    countedAtMs = performance.now();
    const query = new URLSearchParams({ ...filter, limit: "1", count: "true" });
    const response = await fetch(`/api/v1/trades?${query}`, { signal: stop.signal }).catch(() => null);
    if (response === null || !response.ok) return;
    const { count }: ListPage = await response.json();
    batch(() => {
      counted.value = count!;
      size.value = sizeOf(window.value, count!.trades);
    });
  }

  const list: List = {
    sort,
    window,
    size,
    counted,
    top,
    waiting,
    isFailing,
    isHeld: false,
    fill: (shown) => {
      rowsShown = shown;
      const { rows, first, isStart, isEnd } = window.value;
      const [above, below] = [top.value, top.value + shown];
      if (above > first + rows.length + JUMP_ROWS || below < first - JUMP_ROWS) {
        clearTimeout(timer);
        timer = setTimeout(jump, JUMP_DELAY_MS);
      } else if (busy === null && rows.length > 0) {
        if (!isEnd && below + AHEAD_ROWS > first + rows.length) loadBelow();
        else if (!isStart && above - AHEAD_ROWS < first) loadAbove();
      }
    },
    restart: async () => {
      restartedAtMs = performance.now();
      const answer = await fetchPage({}, true);
      if (answer === null) return;
      waitingIds.clear();
      batch(() => {
        waiting.value = NONE_WAITING;
        top.value = 0;
        show({ rows: answer.items, first: 0, isStart: true, isEnd: answer.next === null }, 0, answer.count);
      });
    },
    takeIn: (changed, isReset, omitted) => {
      const { window: current, others } = withChanged(window.value, changed);
      const fresh = others.filter((row) => matches(filter, row) && (sort.name === "updated" || isNew(row)));
      const isFollowing = isFollowed && !list.isHeld && current.isStart && top.value < 1;
      const isWhole = !isReset && omitted === 0 && waiting.value === NONE_WAITING;
      if (isFollowing && isWhole) {
        const moved = sort.name === "updated" ? changed.filter((row) => matches(filter, row)) : fresh;
        const { trades, bound } = counted.value;
        show(withInserted(current, sort, moved), 0, {
          trades: trades + fresh.filter(isBooked).length,
          bound,
        });
      } else {
        window.value = current;
        for (const { trade_id } of fresh) if (waitingIds.size < WAITING_IDS_MAX) waitingIds.add(trade_id);
        const isMore = isReset || omitted > 0 || waiting.value.isMore;
        if (waitingIds.size > 0 || isMore) waiting.value = { trades: waitingIds.size, isMore };
        if (isFollowing && performance.now() - restartedAtMs > RESTART_MS) list.restart();
      }
      if (fresh.length > 0 || omitted > 0 || isReset) recount();
    },
    close: () => {
      clearTimeout(timer);
      stop.abort();
    },
  };

  function isBooked(row: TradeRow): boolean {
    return row.first_seen_at > asOf;
  }

  /** A trade that has come into a state may be as new to this list as one that was booked. */
  function isNew(row: TradeRow): boolean {
    return isBooked(row) || filter.status !== undefined || filter.stage !== undefined;
  }

  return list;
}
