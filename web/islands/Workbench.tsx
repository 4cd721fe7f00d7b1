/**
 * The workbench: the queue of breaks, live and worked on with the keyboard, and beside it the break that is open.
 * The server writes its first page with data in it.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { formatCount } from "../../shared/kpi/mod.ts";
import { ActionDialog } from "../components/breaks/ActionDialog.tsx";
import { type Action, legalActions, whyNot } from "../components/breaks/actions.ts";
import { type Bench, type BenchStart, openBench, ROWS_MAX } from "../components/breaks/bench.ts";
import { BreakPanel } from "../components/breaks/BreakPanel.tsx";
import { BulkBar, BulkOutcome } from "../components/breaks/BulkBar.tsx";
import { KeyHelp } from "../components/KeyHelp.tsx";
import { useKeys } from "../components/keys.ts";
import { QUEUE_KEYS } from "../components/breaks/queue_keys.ts";
import { type LiveStart, useLive } from "../components/breaks/live.ts";
import { QueueForm, Views } from "../components/breaks/QueueFilters.tsx";
import { QueueTable } from "../components/breaks/QueueTable.tsx";
import { Who } from "../components/Who.tsx";
import { Connection } from "../components/Connection.tsx";

interface Props extends BenchStart, LiveStart {
  readonly counterparties: readonly string[];
  /** Address of the next page, for a browser without scripts. */
  readonly nextPage: string | null;
}

/** Below this there is no room beside the queue: a break opens as a page of its own. */
const WIDE = "(min-width: 1100px)";

export default function Workbench(props: Props) {
  const bench = useMemo(() => openBench(props), []);
  const { link, kpi, nowMs, ageMs } = useLive(bench, props);
  const active = useSignal<number | null>(props.opened?.id ?? null);
  const isHelpOpen = useSignal(false);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const linkOf = (id: number) => list.current!.querySelector<HTMLElement>(`[data-break="${id}"]`);
  const open = (id: number) => {
    if (!matchMedia(WIDE).matches) return false;
    bench.open(id);
    return true;
  };
  const close = () => {
    const id = bench.opened.peek()?.id;
    bench.open(null);
    if (id !== undefined) linkOf(id)?.focus();
  };
  const move = (step: 1 | -1) => {
    const rows = bench.rows.peek();
    const at = rows.findIndex(({ id }) => id === active.peek());
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    linkOf(next.id)?.focus();
    if (bench.opened.peek() !== null && next.id !== bench.opened.peek()!.id) bench.open(next.id);
  };
  const start = (action: Action) => () => startOn(bench, active.peek(), action);

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => active.peek() !== null && bench.toggle(active.peek()!),
    a: start("assign"),
    v: start("review"),
    c: start("comment"),
    r: start("resolve"),
    w: start("write-off"),
    p: start("approve"),
    u: () => bench.settle(),
    "/": () => search.current?.focus(),
    "?": () => isHelpOpen.value = true,
    Escape: close,
  });
  useEffect(() => bench.opened.subscribe((row) => keepInAddress(row?.id)), []);

  const opened = bench.opened.value;
  return (
    <div class="bench">
      <Connection link={link} kpi={kpi} ageMs={ageMs} />
      <div class="bench-head">
        <h1>Breaks</h1>
        <Who user={bench.user} />
        <button type="button" class="plain" onClick={() => isHelpOpen.value = true}>Keys</button>
        <a href="/sign-off">End of day</a>
      </div>
      <Views filter={props.filter} summary={bench.summary} user={bench.user} />
      <QueueForm filter={props.filter} counterparties={props.counterparties} search={search} />
      <div class={opened ? "bench-parts opened" : "bench-parts"}>
        <section
          class="card queue-card"
          aria-label="Queue"
          onPointerEnter={() => bench.isPointerIn.value = true}
          onPointerLeave={() => leave(bench, "isPointerIn")}
          onFocusCapture={() => bench.isFocusIn.value = true}
          onBlurCapture={({ currentTarget, relatedTarget }) =>
            !currentTarget.contains(relatedTarget as Node | null) && leave(bench, "isFocusIn")}
        >
          <BulkBar bench={bench}>
            <News bench={bench} />
          </BulkBar>
          <div class="scroll queue-scroll" ref={list} tabIndex={0} role="region" aria-label="Queue, table">
            <QueueTable
              {...{ bench, nowMs }}
              onOpen={open}
              onFocusRow={(id) => active.value = id}
            />
            <Foot bench={bench} nextPage={props.nextPage} />
          </div>
        </section>
        <aside class="card panel" aria-label="Open break">
          {opened
            ? (
              <BreakPanel {...{ bench, nowMs }} story={opened}>
                <p class="panel-tools">
                  <a href={`/breaks/${opened.id}`}>Page</a>{" "}
                  <button type="button" class="plain" onClick={close}>Close</button>
                </p>
              </BreakPanel>
            )
            : <p class="blank">Open a break to see both sides: Enter on its row, or a click.</p>}
        </aside>
      </div>
      <BulkOutcome bench={bench} />
      <p class="hidden" role="status">{bench.notice.value}</p>
      <ActionDialog bench={bench} />
      <KeyHelp keys={QUEUE_KEYS} isOpen={isHelpOpen} />
    </div>
  );
}

/** With one key: done at once where nothing is asked, else its dialog opens; on what is selected, if anything is. */
function startOn(bench: Bench, id: number | null, action: Action): void {
  const { selected, asking } = bench;
  const rows = bench.chosenRows();
  const isMany = selected.peek().size > 0 && ["assign", "comment", "resolve"].includes(action);
  const row = isMany ? undefined : bench.find(id ?? -1);
  if (bench.user.peek() === null) {
    bench.notice.value = "Say who you are first.";
    document.getElementById("who-name")?.focus();
  } else if (isMany && action === "assign") bench.performOnMany(rows, action, {});
  else if (isMany) asking.value = { action, rows, isMany };
  else if (row !== undefined) startOnOne(bench, row.id, action);
}

function startOnOne(bench: Bench, id: number, action: Action): void {
  const row = bench.find(id)!;
  const reason = whyNot(action, row, bench.user.peek());
  if (!legalActions(row).includes(action)) bench.notice.value = `Break ${id} is ${row.status}.`;
  else if (reason !== null) bench.notice.value = reason;
  else if (action === "assign" || action === "review") bench.perform(id, action);
  else bench.asking.value = { action, rows: [row], isMany: false };
}

function leave(bench: Bench, part: "isPointerIn" | "isFocusIn"): void {
  bench[part].value = false;
  if (!bench.isHeld.peek()) bench.settle();
}

/** A reload, and whoever gets the address, sees the same break. */
function keepInAddress(id: number | undefined): void {
  const url = new URL(location.href);
  if (id === undefined) url.searchParams.delete("break");
  else url.searchParams.set("break", String(id));
  if (url.href !== location.href) history.replaceState(null, "", url);
}

/** What would come and go if nobody were reading. */
function News({ bench }: { bench: Bench }) {
  const { come, go } = bench.pending.value;
  const count = bench.rows.value.length;
  const said = bench.isStale.value
    ? ["List has changed"]
    : [come > 0 && `${formatCount(come)} new`, go > 0 && `${formatCount(go)} done`].filter(Boolean);
  return (
    <>
      <span class="note">
        {formatCount(count)} {count === 1 ? "break" : "breaks"}{" "}
        shown{bench.next.value !== null && ", more below"}
      </span>
      {said.length > 0 && (
        <button type="button" class="pill" onClick={() => bench.settle()}>{said.join(", ")}: show</button>
      )}
    </>
  );
}

function Foot({ bench, nextPage }: { bench: Bench; nextPage: string | null }) {
  const { rows, next, problem, isLoading, filter, user } = bench;
  if (problem.value !== null) return <p class="empty" role="alert">{problem.value}</p>;
  if (rows.value.length === 0) {
    const isWhose = filter.owner === "me" && user.value === null;
    const none = Object.keys(filter).length === 0 ? "No open breaks." : "No break matches.";
    return <p class="empty">{isWhose ? "Say who you are to see your breaks." : none}</p>;
  }
  if (next.value === null) return null;
  if (rows.value.length >= ROWS_MAX) {
    return <p class="empty">More than {formatCount(ROWS_MAX)}: narrow the filter.</p>;
  }
  return (
    <p class="more">
      <a
        class="button"
        href={nextPage ?? undefined}
        aria-disabled={isLoading.value}
        onClick={(event) => (event.preventDefault(), bench.more())}
      >
        {isLoading.value ? "Loading…" : "More"}
      </a>
    </p>
  );
}
