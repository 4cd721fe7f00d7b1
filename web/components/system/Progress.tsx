/**
 * How far consumers have read: by group, and by partition with the age of what is told.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import { formatAge, formatCount, formatExact, toUtc } from "../../../shared/kpi/mod.ts";
import { StateMark } from "./Parts.tsx";
import { type Figures, type Group, toGroups } from "./system.ts";

interface Props {
  readonly figures: Figures;
  /** By the server's clock. */
  readonly nowMs: ReadonlySignal<number>;
}

/** A consumer reports every second or so, also when idle. */
const SILENT_MAX_MS = 15_000;

export function Groups({ figures, nowMs }: Props) {
  const groups = toGroups(figures.partitions);
  return (
    <table class="groups">
      <caption>Consumer groups</caption>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">State</th>
          <th scope="col" class="num">Partitions</th>
          <th scope="col" class="num">Lag, records</th>
          <th scope="col" class="num">Newest record</th>
          <th scope="col" class="num">Last report</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.name}>
            <th scope="row">
              {group.name}
              {group.name === figures.consumerGroup && <span class="note">ours</span>}
            </th>
            <td>
              <GroupState group={group} nowMs={nowMs} />
            </td>
            <td class="num">{formatCount(group.partitions)}</td>
            <td class="num">{formatCount(group.lag)}</td>
            <td class="num">
              <Ago at={group.recordTime} nowMs={nowMs} />
            </td>
            <td class="num">
              <Ago at={group.updatedAt} nowMs={nowMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GroupState({ group: { updatedAt, lag }, nowMs }: { group: Group; nowMs: Props["nowMs"] }) {
  const isSilent = useComputed(() => nowMs.value - Date.parse(updatedAt) > SILENT_MAX_MS);
  if (isSilent.value) return <StateMark state="degraded" word="Silent" />;
  return lag > 0 ? <StateMark state="ok" word="Reading" /> : <StateMark state="ok" word="Up to date" />;
}

export function Partitions({ figures, nowMs }: Props) {
  const { partitions } = figures;
  const isOne = new Set(partitions.map(({ consumer_group }) => consumer_group)).size < 2;
  return (
    <table class="partitions">
      <caption>Lag by partition</caption>
      <thead>
        <tr>
          {!isOne && <th scope="col">Group</th>}
          <th scope="col">Topic</th>
          <th scope="col" class="num">Partition</th>
          <th scope="col" class="num">Lag, records</th>
          <th scope="col" class="num">Stored up to</th>
          <th scope="col" class="num">End</th>
          <th scope="col" class="num">Newest record</th>
          <th scope="col" class="num">Figure is</th>
        </tr>
      </thead>
      <tbody>
        {partitions.map((row) => (
          <tr key={`${row.consumer_group}\n${row.topic}\n${row.partition}`}>
            {!isOne && <td>{row.consumer_group}</td>}
            <th scope="row">{row.topic}</th>
            <td class="num">{row.partition}</td>
            <td class={row.lag > 0 ? "num behind" : "num"}>{formatCount(row.lag)}</td>
            <td class="num">{formatExact(row.next_offset)}</td>
            <td class="num">{formatExact(row.end_offset)}</td>
            <td class="num">
              <Ago at={row.record_time} nowMs={nowMs} />
            </td>
            <td class="num">
              <FigureAge at={row.updated_at} nowMs={nowMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of a consumer that no longer reports, the lag is what it was then. */
function FigureAge({ at, nowMs }: { at: string; nowMs: Props["nowMs"] }) {
  const isOld = useComputed(() => nowMs.value - Date.parse(at) > SILENT_MAX_MS);
  return (
    <span class={isOld.value ? "stale" : undefined}>
      <Ago at={at} nowMs={nowMs} unit="old" />
    </span>
  );
}

interface AgoProps {
  readonly at: string | null;
  readonly nowMs: ReadonlySignal<number>;
  readonly unit?: string;
}

/** Drawn again only when it reads otherwise; the instant on hover. */
export function Ago({ at, nowMs, unit = "ago" }: AgoProps) {
  const text = useComputed(() => at === null ? "" : formatAge(nowMs.value - Date.parse(at)));
  if (at === null) return <>none</>;
  return <time dateTime={at} title={toUtc(at)}>{text.value} {unit}</time>;
}
