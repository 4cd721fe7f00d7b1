/**
 * One break as a page: to be worked on where there is no room beside the queue, to be linked to, and to be printed.
 *
 * @module
 */

import { useMemo } from "preact/hooks";
import { formatZone } from "../../shared/kpi/mod.ts";
import { ActionDialog } from "../components/breaks/ActionDialog.tsx";
import { openBench } from "../components/breaks/bench.ts";
import type { BreakStory } from "../components/breaks/break.ts";
import { BreakPanel } from "../components/breaks/BreakPanel.tsx";
import { type LiveStart, useLive } from "../components/breaks/live.ts";
import { Who } from "../components/Who.tsx";
import { Connection } from "../components/Connection.tsx";
import { Instant } from "../components/tables.tsx";

interface Props extends LiveStart {
  readonly story: BreakStory;
  readonly user: string | null;
}

export default function BreakPage({ story, user, ...start }: Props) {
  const bench = useMemo(
    () => openBench({ rows: [], next: null, filter: {}, user, opened: story, summary: null }),
    [],
  );
  const { link, kpi, nowMs, ageMs } = useLive(bench, start);
  return (
    <div class="bench">
      <Connection link={link} kpi={kpi} ageMs={ageMs} />
      <div class="bench-head">
        <h1>Break {story.id}</h1>
        <Who user={bench.user} />
        <button type="button" class="plain" onClick={() => print()}>Print</button>
        <a href="/breaks">All breaks</a>
      </div>
      <p class="on-paper note">
        Breakwater, as of <Instant at={kpi.value.asOf} isDated /> {formatZone(kpi.value.asOf)}
      </p>
      <div class="card panel page-panel">
        <BreakPanel {...{ bench, nowMs }} story={bench.opened.value!} />
      </div>
      <p class="hidden" role="status">{bench.notice.value}</p>
      <ActionDialog bench={bench} />
    </div>
  );
}
