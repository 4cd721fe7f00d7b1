/**
 * The board: written by the server with data in it, then kept live. Every part reads its own signal, so that an event
 * touches only what it changes.
 *
 * @module
 */

import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type Board as BoardData, type Kpi, type Panels, toQuery, type View } from "../../shared/kpi/mod.ts";
import { Banner } from "../components/Banner.tsx";
import { type BoardState, followBoard, toBoardState } from "../components/board_state.ts";
import { Charts } from "../components/Charts.tsx";
import { Connection } from "../components/Connection.tsx";
import { Controls } from "../components/Controls.tsx";
import { Feeds } from "../components/Feeds.tsx";
import { KpiCards } from "../components/KpiCards.tsx";
import { LatestTrades, OpenBreaks } from "../components/Latest.tsx";

interface Props {
  /** Null: the database has never answered, so there is nothing to show yet. */
  readonly board: BoardData | null;
  readonly view: View;
  readonly isStill: boolean;
}

export default function Board({ board, view, isStill }: Props) {
  const state = useMemo(() => toBoardState(board, view, isStill), []);
  const following = useRef<ReturnType<typeof followBoard> | null>(null);
  const nowMs = useSignal(0);
  const ageMs = useComputed(() => Math.max(0, nowMs.value - state.heardAtMs.value));
  const hasFigures = useComputed(() => state.kpi.value !== null && state.panels.value !== null);

  useEffect(() => {
    state.heardAtMs.value = nowMs.value = performance.now();
    const clock = setInterval(() => nowMs.value = performance.now(), 1_000);
    const board_ = following.current = followBoard(state, board?.position);
    history.replaceState(view, "");
    const back = ({ state: then }: PopStateEvent) => then !== null && board_.showView(then as View);
    addEventListener("popstate", back);
    return () => {
      clearInterval(clock);
      removeEventListener("popstate", back);
      board_.end();
    };
  }, []);

  const show = (next: View) => {
    history.pushState(next, "", `/${toQuery(next)}`);
    following.current?.showView(next);
  };
  return (
    <>
      <Connection link={state.link} kpi={state.kpi} ageMs={ageMs} />
      {hasFigures.value ? <Filled state={state} onView={show} /> : (
        <p class="card blank">
          No figures yet: the database does not answer. They appear here as soon as it does.
        </p>
      )}
    </>
  );
}

function Filled({ state, onView }: { state: BoardState; onView: (view: View) => void }) {
  const { view, trades, breaks, isAsking } = state;
  const kpi = state.kpi as Signal<Kpi>;
  const panels = state.panels as Signal<Panels>;
  return (
    <>
      <Banner kpi={kpi} panels={panels} />
      <Controls view={view} kpi={kpi} onChange={onView} />
      <Feeds kpi={kpi} />
      <div class={isAsking.value ? "board asking" : "board"} aria-busy={isAsking.value}>
        <KpiCards kpi={kpi} panels={panels} view={view} />
        <Charts
          kpi={kpi}
          panels={panels}
          view={view}
          trades={<LatestTrades rows={trades} href={toHref(view)} />}
          breaks={<OpenBreaks rows={breaks} />}
        />
      </div>
    </>
  );
}

function toHref(view: ReadonlySignal<View>): string {
  const { assetClass, counterparty, status, venue } = view.value;
  const filters = Object.entries({ assetClass, counterparty, status, venue });
  const given = filters.filter((filter): filter is [string, string] => filter[1] !== null);
  return given.length === 0 ? "/trades" : `/trades?${new URLSearchParams(given)}`;
}
