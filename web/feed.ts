/**
 * Follows the database for all viewers at once: one set of queries, whoever watches. A notification wakes it, a slow
 * poll is the safety net; bursts are gathered, and while the database is away it says so and keeps trying.
 *
 * @module
 */

import {
  type Board,
  type BreakRow,
  changedMinutes,
  type Kpi,
  type Panels,
  toQuery,
  type TradeRow,
  type View,
} from "../shared/kpi/mod.ts";
import type { Log } from "../shared/platform/log.ts";
import { delay, messageOf } from "../shared/platform/retry.ts";
import { START, type Store } from "./store.ts";

/** One moment's news. Without `reset` the rows are those changed since the push before. */
export interface Push {
  /** True: places before this one are lost; the rows are the board's, not changes. */
  readonly reset: boolean;
  /** With only the minutes that changed, unless `reset`. */
  readonly kpi: Kpi;
  /** Null: as before. */
  readonly panels: Panels | null;
  readonly trades: readonly TradeRow[];
  readonly breaks: readonly BreakRow[];
  /** How many have changed and are not among these. */
  readonly omitted: { readonly trades: number; readonly breaks: number };
  readonly from: string;
  readonly position: string;
}

const NONE_OMITTED = { trades: 0, breaks: 0 };

export interface Status {
  readonly database: "ok" | "away";
  /** Of the newest figures; null: there never were any. */
  readonly asOf: string | null;
}

export interface Viewer {
  onPush(push: Push): void;
  onStatus(status: Status): void;
}

export interface Feed {
  readonly status: Status;
  readonly position: string;
  /** The newest figures in full; null: there never were any. */
  readonly kpi: Kpi | null;
  /**
   * The board as it is now, in one query for all who ask at the same time. While the database is away the last
   * known one, or null.
   */
  board(): Promise<Board | null>;
  /**
   * The board of a view with a range or filters, from at most a moment ago: one query for all who ask for the same
   * view, and the rarer the longer it takes. Null while the database is away.
   */
  view(view: View): Promise<Board | null>;
  /** What has changed after a place; one query for all who ask for the same. Its kpi is the newest one. */
  since(position: string): Promise<Push>;
  /** @returns How to leave. */
  join(viewer: Viewer): () => void;
  /** Something has changed: look now. */
  wake(): void;
  /** Follows until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
}

/** Between two looks at the database in a burst. */
const GAP_MIN_MS = 150;
/** A look that took long is followed by a longer pause, so that the feed never takes more than a fifth of a core. */
const GAP_PER_WORK = 4;
/** Without a notification: how long until the next look, with and without viewers. */
const POLL_MS = 1_000;
const POLL_IDLE_MS = 5_000;
/** Panels cost more than figures and change more slowly. */
const PANELS_GAP_MS = 1_000;
/** A filtered board is loaded at most so often, and takes at most a fifth of the time. */
const VIEW_AGE_MAX_MS = 1_000;
/** Views that are remembered; each is some 50 KB. */
const VIEWS_MAX = 200;
/** When something was written that may not be read yet, because an older transaction still runs. */
const POLL_PENDING_MS = 40;
/** Viewers get figures at least this often, so that a dead connection is noticed. */
const QUIET_MAX_MS = 3_000;
/** A database that does not answer within this is away. */
const ANSWER_MAX_MS = 4_000;
/** Rows of the change feed in one look. */
const CHANGES_MAX = 2_000;
/** Trades or breaks in one push, the newest; it says how many it leaves out, and the figures count all of them. */
const PUSH_ROWS_MAX = 200;
/** A viewer who missed more rows than this gets the board anew. */
const MISSED_ROWS_MAX = 500;

export function openFeed(store: Store, log: Log): Feed {
  const viewers = new Set<Viewer>();
  const freshBoard = sharedByCallers(() => withDeadline(store.board()));
  const missed = new Map<string, Promise<Push>>();
  const views = new Map<string, { board: Promise<Board>; freshUntilMs: number }>();
  let panels: Panels | null = null;
  let panelsDueMs = 0;
  let last: Board | null = null;
  let kpi: Kpi | null = null;
  let position: string | null = null;
  let away = false;
  let more = false;
  let pushedAtMs = 0;
  let woken = Promise.withResolvers<void>();

  const status = (): Status => ({ database: away ? "away" : "ok", asOf: kpi?.asOf ?? null });

  function setAway(reason: string | null): void {
    if (away !== (reason !== null)) {
      away = reason !== null;
      if (away) log.warn(`cannot reach the database, showing what was last known: ${reason}`);
      else log.info("the database is back");
    }
    if (away) { for (const viewer of viewers) viewer.onStatus(status()); }
  }

  function publish(push: Push): void {
    pushedAtMs = Date.now();
    for (const viewer of viewers) viewer.onPush(push);
  }

  /** Starts over from the board: at the beginning, or when the feed was trimmed beyond our place in it. */
  async function restart(): Promise<void> {
    const board = await freshBoard();
    const from = position ?? START;
    [last, kpi, position, more] = [board, board.kpi, board.position, false];
    publish({ reset: true, omitted: NONE_OMITTED, from, ...board });
  }

  async function look(): Promise<void> {
    if (position === null) return await restart();
    const from = position;
    const changes = await store.changes(from, CHANGES_MAX);
    if (!changes.known) return await restart();
    if (viewers.size > 0 && performance.now() >= panelsDueMs) loadPanels();
    const [trades, breaks, next] = await Promise.all([
      store.tradesById(changes.tradeIds, PUSH_ROWS_MAX),
      store.breaksById(changes.breakIds, PUSH_ROWS_MAX),
      store.kpi(),
    ]);
    // A look that was given up on and ends after all must not turn the clock back.
    if (position !== from || next.asOf < (kpi?.asOf ?? "")) return;
    const minutes = changedMinutes(kpi?.minutes ?? [], next);
    const isNews = changes.position !== from || figuresOf(kpi) !== figuresOf(next);
    [kpi, position, more] = [next, changes.position, changes.isCut || changes.isPending];
    if (isNews || Date.now() - pushedAtMs >= QUIET_MAX_MS) {
      const omitted = { trades: beyond(changes.tradeIds), breaks: beyond(changes.breakIds) };
      publish({
        reset: false,
        kpi: { ...next, minutes },
        panels: null,
        trades,
        breaks,
        omitted,
        from,
        position,
      });
    }
  }

  /** Beside the looks, which do not wait for it. */
  async function loadPanels(): Promise<void> {
    const startedAtMs = performance.now();
    panelsDueMs = Infinity;
    try {
      const loaded = await withDeadline(store.panels());
      const isNews = figuresOf(panels) !== figuresOf(loaded);
      panels = loaded;
      if (isNews && kpi !== null && position !== null) {
        const nothing = {
          reset: false,
          trades: [],
          breaks: [],
          omitted: NONE_OMITTED,
          from: position,
          position,
        };
        publish({ ...nothing, kpi: { ...kpi, minutes: [] }, panels });
      }
    } catch (error) {
      if (!away) log.warn(`cannot load the board's panels yet: ${messageOf(error)}`);
    }
    const nowMs = performance.now();
    panelsDueMs = nowMs + Math.max(PANELS_GAP_MS, GAP_PER_WORK * (nowMs - startedAtMs));
  }

  function loadView(view: View, key: string): Promise<Board> {
    const startedAtMs = performance.now();
    const entry = { board: withDeadline(store.board(view)), freshUntilMs: Infinity };
    views.delete(key);
    views.set(key, entry);
    for (const oldest of views.keys()) if (views.size > VIEWS_MAX) views.delete(oldest);
    entry.board.then(() => {
      const nowMs = performance.now();
      entry.freshUntilMs = nowMs + Math.max(VIEW_AGE_MAX_MS, GAP_PER_WORK * (nowMs - startedAtMs));
    }, () => views.delete(key));
    return entry.board;
  }

  async function readSince(after: string): Promise<Push> {
    const changes = await store.changes(after, CHANGES_MAX);
    const { known, isCut, tradeIds, breakIds, position } = changes;
    if (!known || isCut || Math.max(tradeIds.length, breakIds.length) > MISSED_ROWS_MAX) {
      return { reset: true, omitted: NONE_OMITTED, from: after, ...await freshBoard() };
    }
    const [trades, breaks] = await Promise.all([
      store.tradesById(tradeIds, MISSED_ROWS_MAX),
      store.breaksById(breakIds, MISSED_ROWS_MAX),
    ]);
    return { reset: false, kpi: kpi!, panels, trades, breaks, omitted: NONE_OMITTED, from: after, position };
  }

  return {
    get status() {
      return status();
    },
    get position() {
      return position ?? START;
    },
    get kpi() {
      return kpi;
    },
    board: async () => {
      if (away) return last;
      try {
        return last = await freshBoard();
      } catch (error) {
        setAway(messageOf(error));
        return last;
      }
    },
    view: async (view) => {
      if (away) return null;
      const key = toQuery(view);
      const known = views.get(key);
      try {
        return await (known !== undefined && performance.now() < known.freshUntilMs
          ? known.board
          : loadView(view, key));
      } catch (error) {
        setAway(messageOf(error));
        return null;
      }
    },
    since: (after) => {
      const reading = missed.get(after) ??
        withDeadline(readSince(after)).finally(() => missed.delete(after));
      missed.set(after, reading);
      return reading;
    },
    join: (viewer) => {
      viewers.add(viewer);
      if (viewers.size === 1) woken.resolve();
      return () => viewers.delete(viewer);
    },
    wake: () => viewers.size > 0 && woken.resolve(),
    run: async (signal) => {
      const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      while (!signal.aborted) {
        const startedAtMs = performance.now();
        // What is written from here on calls for another look.
        woken = Promise.withResolvers();
        try {
          await withDeadline(look());
          setAway(null);
        } catch (error) {
          setAway(messageOf(error));
        }
        const tookMs = performance.now() - startedAtMs;
        const poll = more ? POLL_PENDING_MS : viewers.size > 0 || away ? POLL_MS : POLL_IDLE_MS;
        await pause(Math.max(GAP_MIN_MS, GAP_PER_WORK * tookMs), stopped, signal);
        await pause(poll, Promise.race([stopped, woken.promise]), signal);
      }
    },
  };
}

/** Waits, but not beyond `end`; leaves no timer behind. */
async function pause(ms: number, end: Promise<void>, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  await Promise.race([end, delay(ms, AbortSignal.any([signal, done.signal])).catch(() => {})]);
  done.abort();
}

function beyond(ids: readonly string[]): number {
  return Math.max(0, ids.length - PUSH_ROWS_MAX);
}

/** Figures or panels without the clock. */
function figuresOf(figures: Kpi | Panels | null): string {
  return JSON.stringify({
    ...figures,
    asOf: "",
    feeds: figures && "feeds" in figures ? { ...figures.feeds, seenAt: "" } : null,
  });
}

/** Callers while one load runs share the next one: what each gets was read after it asked. */
export function sharedByCallers<T>(load: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = () => running = load().finally(() => running = null);
  return () => {
    if (running === null) return start();
    next ??= running.then(() => {}, () => {}).then(() => {
      next = null;
      return start();
    });
    return next;
  };
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = delay(ANSWER_MAX_MS, done.signal).then(() => {
    throw new Error(`the database did not answer within ${ANSWER_MAX_MS} ms`);
  });
  late.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
