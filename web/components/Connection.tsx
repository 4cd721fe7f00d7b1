/**
 * Whether the figures are live, and how old they are when they are not.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import { formatAge, formatTime, formatZone, type Kpi, toUtc } from "../../shared/kpi/mod.ts";

/** `still`: the server lives and its database is away, so its figures stand still. */
export type Link = "connecting" | "live" | "lost" | "still";

interface Props {
  readonly link: ReadonlySignal<Link>;
  readonly kpi: ReadonlySignal<Pick<Kpi, "asOf"> | null>;
  /** Since the last figures came, by the viewer's own clock. */
  readonly ageMs: ReadonlySignal<number>;
}

const WORDS: Record<Link, string> = {
  connecting: "Connecting",
  live: "Live",
  lost: "Connection lost",
  still: "Database away",
};

export function Connection({ link, kpi, ageMs }: Props) {
  const asOf = kpi.value?.asOf;
  const isOld = link.value === "lost" || link.value === "still";
  return (
    <p class={`connection ${link.value}`}>
      <span class="state" role="status">{WORDS[link.value]}</span>
      {asOf !== undefined && (
        <span class="as-of">
          {isOld ? "data as of" : "as of"} <time dateTime={asOf} title={toUtc(asOf)}>{formatTime(asOf)}</time>
          {" "}
          {formatZone(asOf)}
          {isOld && `, ${formatAge(ageMs.value)} old`}
        </span>
      )}
    </p>
  );
}
