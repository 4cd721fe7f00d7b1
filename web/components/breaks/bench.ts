/**
 * The state of the workbench: the queue, who works on it, what is selected, opened, asked and on its way. An action
 * shows at once and goes back when the server refuses it.
 *
 * @module
 */

import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Action, ACTION_PAST, type ActionDetails, withAction } from "./actions.ts";
import type { Break, BreakStory, Summary } from "./break.ts";
import { type Bulk, runBulk } from "./bulk.ts";
import * as client from "./client.ts";
import { inOrder, newer, pendingOf, type Queue, type QueueFilter, settled, withChanges } from "./queue.ts";

export interface BenchStart {
  readonly rows: readonly Break[];
  readonly next: string | null;
  readonly filter: QueueFilter;
  readonly user: string | null;
  readonly opened: BreakStory | null;
  readonly summary: Summary | null;
}

/** What a dialog asks about: the breaks as they were when it opened, since that is what its answer is about. */
export interface Asking {
  /** Of the selected breaks, even if it is one. */
  readonly isMany: boolean;
  readonly action: Action;
  readonly rows: readonly Pick<Break, "id" | "version">[];
}

/** An action that came too late, or was refused. */
export interface Refusal {
  readonly id: number;
  readonly action: Action;
  readonly details: ActionDetails;
  readonly code: string | undefined;
  readonly detail: string;
  readonly current: BreakStory | null;
}

/** More rows than anyone works through in one sitting; beyond it a filter helps. */
export const ROWS_MAX = 2_000;
/** Who reads on for a day while more comes looks at a new list afterwards. */
const WAITING_MAX = 500;

export type Bench = ReturnType<typeof openBench>;

export function openBench(start: BenchStart) {
  const { filter } = start;
  const queue = signal<Queue>({ rows: start.rows, waiting: [] });
  const next = signal(start.next);
  const user = signal(start.user);
  const summary = signal(start.summary);
  const selected = signal<ReadonlySet<number>>(new Set());
  const story = signal(start.opened);
  const asking = signal<Asking | null>(null);
  const refusal = signal<Refusal | null>(null);
  const bulk = signal<Bulk | null>(null);
  /** Said to everyone who cannot see it. */
  const notice = signal("");
  /** Why the last reading failed. */
  const problem = signal<string | null>(null);
  const isLoading = signal(false);
  /** Rows came and went unseen: only a new look at everything shows what belongs here. */
  const isStale = signal(false);
  /** As they will be when the server agrees. */
  const flight = signal<ReadonlyMap<number, Break>>(new Map());
  const busy = new Map<number, Promise<void>>();
  const isPointerIn = signal(false);
  const isFocusIn = signal(false);

  const isHeld = computed(() =>
    isPointerIn.value || isFocusIn.value || selected.value.size > 0 || story.value !== null
  );
  const view = () => ({ filter, user: user.peek(), isWhole: next.peek() === null });
  const rows = computed(() => queue.value.rows.map((row) => flight.value.get(row.id) ?? row));
  const pending = computed(() => pendingOf(queue.value, view()));
  const opened = computed(() =>
    story.value === null ? null : { ...story.value, ...flight.value.get(story.value.id) }
  );

  const find = (id: number): Break | undefined =>
    [story.peek(), ...queue.peek().rows].find((row) => row?.id === id) ?? undefined;

  function settle(): void {
    const after = settled(queue.peek(), view());
    if (isStale.peek() || after.rows.length > ROWS_MAX) load(null);
    else queue.value = after;
  }

  function takeIn(changed: readonly Break[]): void {
    batch(() => {
      queue.value = withChanges(queue.peek(), changed, view());
      if (queue.peek().waiting.length > WAITING_MAX) {
        queue.value = { ...queue.peek(), waiting: [] };
        isStale.value = true;
      }
      if (!isHeld.peek()) settle();
    });
    const own = changed.find(({ id }) => id === story.peek()?.id);
    if (own && own.version > story.peek()!.version) reload(own.id);
  }

  /** The stream has lost its place, or told only a part: the first page again, without moving what is read. */
  async function reset(): Promise<void> {
    try {
      const { items, next: more } = await client.loadPage(filter, user.peek(), null);
      const last = items.at(-1);
      const isCovered = (row: Break) =>
        more === null || (last !== undefined && inOrder(filter)(row, last) < 0);
      const known = new Set(items.map(({ id }) => id));
      // What became of these is not told; a new look leaves them out.
      isStale.value = queue.peek().rows.some((row) => !known.has(row.id) && isCovered(row));
      takeIn(items);
      if (story.peek() !== null) await reload(story.peek()!.id);
    } catch (error) {
      problem.value = (error as Error).message;
    }
  }

  /** The history of the opened break has grown. */
  async function reload(id: number): Promise<void> {
    try {
      const fresh = await client.loadStory(id);
      if (story.peek()?.id === id) story.value = newer(story.peek()!, fresh);
    } catch (error) {
      problem.value = (error as Error).message;
    }
  }

  async function open(id: number | null): Promise<void> {
    refusal.value = null;
    const row = id === null ? undefined : find(id);
    // What the row says shows at once, its history when it is there.
    story.value = row === undefined ? null : { events: [], ...row } as BreakStory;
    if (id !== null) await reload(id);
  }

  /**
   * One after the other on each break, so that somebody quick is not in their own way.
   *
   * @param seen The version that was acted upon; unset: the one that is shown.
   */
  function perform(id: number, action: Action, details: ActionDetails = {}, seen?: number): Promise<void> {
    const before = busy.get(id);
    const run = before === undefined
      ? performNow(id, action, details, seen)
      : before.then(() => performNow(id, action, details, undefined));
    const ends: Promise<void> = run.finally(() => {
      if (busy.get(id) === ends) busy.delete(id);
    });
    busy.set(id, ends);
    return ends;
  }

  async function performNow(
    id: number,
    action: Action,
    details: ActionDetails,
    seen: number | undefined,
  ): Promise<void> {
    const row = find(id);
    const actor = user.peek();
    if (row === undefined || actor === null) return;
    refusal.value = null;
    flight.value = new Map(flight.peek()).set(id, withAction(row, action, details, actor));
    const outcome = await client.act({ id, version: seen ?? row.version }, action, details, actor);
    batch(() => {
      const rest = new Map(flight.peek());
      rest.delete(id);
      flight.value = rest;
      const now = outcome.kind === "done" ? outcome.row : outcome.current;
      if (now !== null) put(now);
      if (outcome.kind === "done") {
        notice.value = `Break ${id} ${ACTION_PAST[action]}.`;
        askAbout(outcome.row);
      } else refusal.value = { id, action, details, ...outcome };
    });
  }

  /** What one has done oneself is known to whoever is asked. */
  function askAbout(row: BreakStory): void {
    const now = asking.peek();
    if (now === null) return;
    asking.value = { ...now, rows: now.rows.map((asked) => asked.id === row.id ? row : asked) };
  }

  function put(row: BreakStory): void {
    queue.value = withChanges(queue.peek(), [row], view());
    if (story.peek()?.id === row.id) story.value = newer(story.peek()!, row);
  }

  const chosenRows = () => queue.peek().rows.filter(({ id }) => selected.peek().has(id));

  async function performOnMany(
    chosen: Asking["rows"],
    action: Action,
    details: ActionDetails,
  ): Promise<void> {
    const actor = user.peek();
    if (actor === null || chosen.length === 0 || bulk.peek()?.isRunning) return;
    await runBulk(chosen, action, details, actor, (state) => {
      batch(() => {
        bulk.value = state;
        queue.value = withChanges(queue.peek(), state.fresh, view());
      });
    });
    const done = bulk.peek()!.items.filter(({ status }) => status === 200).map(({ id }) => id);
    // What was refused stays selected, to be tried again.
    selected.value = new Set([...selected.peek()].filter((id) => !done.includes(id)));
    notice.value = `${done.length} of ${chosen.length} ${ACTION_PAST[action]}.`;
  }

  async function load(cursor: string | null): Promise<void> {
    if (isLoading.peek()) return;
    isLoading.value = true;
    try {
      const page = await client.loadPage(filter, user.peek(), cursor);
      batch(() => {
        const known = new Set(cursor === null ? [] : queue.peek().rows.map(({ id }) => id));
        const kept = cursor === null ? [] : queue.peek().rows;
        queue.value = { rows: [...kept, ...page.items.filter(({ id }) => !known.has(id))], waiting: [] };
        next.value = page.next;
        [problem.value, isStale.value] = [null, isStale.peek() && cursor !== null];
      });
    } catch (error) {
      problem.value = (error as Error).message;
    } finally {
      isLoading.value = false;
    }
  }

  return {
    ...{ filter, queue, rows, next, user, summary, selected, opened, asking, refusal, bulk, notice, problem },
    ...{ isLoading, isStale, isPointerIn, isFocusIn, isHeld, pending, flight },
    ...{ settle, takeIn, open, perform, performOnMany, chosenRows, find },
    more: () => load(next.peek()),
    reset,
    loadSummary: async () => {
      try {
        summary.value = await client.loadSummary();
      } catch (error) {
        problem.value = (error as Error).message;
      }
    },
    toggle: (id: number) => {
      const now = new Set(selected.peek());
      if (!now.delete(id)) now.add(id);
      selected.value = now;
    },
  };
}

/** Whether all rows, some or none are selected. */
export function selectionOf(
  rows: ReadonlySignal<readonly Break[]>,
  selected: Signal<ReadonlySet<number>>,
): "all" | "some" | "none" {
  const count = rows.value.filter(({ id }) => selected.value.has(id)).length;
  return count === 0 ? "none" : count === rows.value.length ? "all" : "some";
}
