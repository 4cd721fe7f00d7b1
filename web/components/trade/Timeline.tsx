/**
 * The moments of a trade, each with its time in the viewer's zone.
 *
 * @module
 */

import { formatZone, zone } from "../../../shared/kpi/mod.ts";
import { Instant } from "../tables.tsx";
import type { Moment } from "./timeline.ts";

interface Props {
  readonly moments: readonly Moment[];
  /** Where the trade can be seen as it was; unset: it is already seen so. */
  readonly pastOf?: (at: string) => string;
}

export function Timeline({ moments, pastOf }: Props) {
  if (moments.length === 0) return <p class="card blank">Nothing has happened.</p>;
  const last = moments.findLast(({ at }) => at !== null)?.at;
  return (
    <div class="card">
      <ol class="timeline" aria-label="Timeline">
        {moments.map((moment, n) => (
          <li key={n} class={`${moment.who}${moment.isAlarm ? " alarm" : ""}`}>
            <span class="when">{moment.at === null ? "—" : <Instant at={moment.at} isDated />}</span>
            <span class="who">{moment.name}</span>
            <span class="what">
              <b>
                {moment.isAlarm && <span class="mark" aria-hidden="true">!</span>}
                {moment.href === undefined ? moment.what : <a href={moment.href}>{moment.what}</a>}
              </b>
              {moment.details.length > 0 && <span class="note">{moment.details.join(" · ")}</span>}
            </span>
            {pastOf && moment.recordedAt !== undefined && (
              <a class="past" href={pastOf(moment.recordedAt)} aria-label={`As of then: ${moment.what}`}>
                As of then
              </a>
            )}
          </li>
        ))}
      </ol>
      {last && (
        <p class="note zone">
          Times in {zone.value === "UTC" ? "UTC" : `${zone.value} (${formatZone(last)}), UTC on hover`}.
        </p>
      )}
    </div>
  );
}
