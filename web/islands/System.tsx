/**
 * How the pipeline runs, live: what each part says of itself, how far consumers are behind, how fast they are, and
 * what stands still.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { formatCount, formatMinute, formatZone } from "../../shared/kpi/mod.ts";
import { get } from "../components/breaks/client.ts";
import { ChartCard } from "../components/ChartCard.tsx";
import { Connection } from "../components/Connection.tsx";
import { latency, throughput } from "../components/system/charts.ts";
import { useFigures } from "../components/system/live.ts";
import { Panel } from "../components/system/Panel.tsx";
import { Parts } from "../components/system/Parts.tsx";
import { Groups, Partitions } from "../components/system/Progress.tsx";
import { ReasonTable, StuckTable } from "../components/system/Standing.tsx";
import type { System as Told } from "../components/system/system.ts";

interface Props {
  readonly system: Told;
  readonly position: string;
}

const GAP_MS = 2_000;
/** Stuck trades that the server counts. */
const COUNTED_MAX = 100_000;

export default function System({ system: first, position }: Props) {
  const system = useSignal(first);
  /** While the database is away, what was last known. */
  const figures = useSignal(first.figures);
  const { nowMs, problem, ...live } = useFigures({
    position,
    asOf: first.asOf,
    isStill: first.parts.database.status === "away",
    gapMs: GAP_MS,
    // Ages and offsets move with the clock.
    isNews: () => true,
    load: async () => {
      system.value = await get<Told>("/api/v1/system");
      figures.value = system.value.figures ?? figures.peek();
      return system.value.figures === null ? null : system.value.asOf;
    },
  });
  const known = figures.value;
  return (
    <div class="page system">
      <Connection {...live} />
      <h1>System</h1>
      <Parts system={system.value} />
      {problem.value !== null && <p class="fault" role="alert">{problem.value}</p>}
      {known === null && (
        <p class="card blank">Nothing is known while the database is away or has no tables.</p>
      )}
      {known !== null && (
        <>
          <div class="grid">
            <ChartCard
              title="Throughput"
              note={`records stored a minute, both topics, ${toSpan(known.minutes)}`}
              kind="bars"
              unit="count"
              span={6}
              of="Time"
              toData={() => throughput(figures.value!.minutes)}
              empty="No record came in"
            />
            <ChartCard
              title="Latency"
              note={`from the broker to stored, by minute, ${toSpan(known.minutes)}`}
              kind="line"
              unit="ms"
              span={6}
              of="Time"
              toData={() => latency(figures.value!.minutes)}
              empty="No record came in"
            />
          </div>
          <Panel
            title="Consumer groups"
            isEmpty={known.partitions.length === 0}
            empty="No consumer has reported."
          >
            <Groups figures={known} nowMs={nowMs} />
          </Panel>
          <Panel
            title="Lag by partition"
            isEmpty={known.partitions.length === 0}
            empty="No consumer has reported."
          >
            <Partitions figures={known} nowMs={nowMs} />
          </Panel>
          <div class="pair">
            <Panel
              title="Stuck stages"
              note={`trades past their due date on ${system.value.date}; days are calendar days${
                known.isCut ? `; counted up to ${formatCount(COUNTED_MAX)}` : ""
              }`}
              isEmpty={known.stuck.length === 0}
              empty="No trade has stayed in a stage beyond its due date."
            >
              <StuckTable rows={known.stuck} date={system.value.date} />
            </Panel>
            <Panel
              title="Dead letters by reason"
              note="records set aside and still there"
              isEmpty={known.deadLetters.length === 0}
              empty="Nothing is set aside."
            >
              <ReasonTable rows={known.deadLetters} nowMs={nowMs} />
            </Panel>
          </div>
        </>
      )}
    </div>
  );
}

function toSpan(minutes: readonly { at: string }[]): string {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `${formatMinute(first.at)} to ${formatMinute(last.at)} ${formatZone(last.at)}`;
}
