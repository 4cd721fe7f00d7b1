/**
 * A line every few seconds of a long run.
 *
 * @module
 */

import type { Sent } from "./publish.ts";

export interface ProgressOptions {
  /** Null: there is no end. */
  readonly fills: number | null;
  readonly now: () => number;
  readonly say: (line: string) => void;
}

const LINE_EVERY_MS = 5_000;

/** @returns A function to call with what was sent so far; it speaks when it is time. */
export function openProgress({ fills, now, say }: ProgressOptions): (sent: Sent) => void {
  const beganMs = now();
  let saidMs = beganMs;
  return (sent) => {
    const nowMs = now();
    if (nowMs - saidMs < LINE_EVERY_MS) return;
    saidMs = nowMs;
    const perSecond = sent.fills / (nowMs - beganMs) * 1_000;
    const rate = perSecond >= 10
      ? `${Math.round(perSecond)} a second`
      : `${Math.round(perSecond * 60)} a minute`;
    const part = fills === null ? "" : ` of ${fills} (${Math.floor(sent.fills / fills * 100)} %)`;
    say(`sent ${sent.fills} fills${part}, ${rate}`);
  };
}
