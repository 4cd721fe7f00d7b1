/**
 * What the consumer says of its work: sums, at most one line in a few seconds, however many batches there are.
 *
 * @module
 */

import type { Written } from "./store/mod.ts";

/** A slow stream makes several small batches a second; a line for each would bury the others. */
const SAY_MS = 5_000;

export interface Journal {
  add(written: Written, tookMs: number): void;
  /** Says what was not said yet. */
  close(): void;
}

export function openJournal(say: (text: string) => void, nowMs: () => number): Journal {
  let saidAtMs = -Infinity;
  let sums = NOTHING;
  const flush = () => {
    if (sums.records > 0) say(describe(sums));
    sums = NOTHING;
    saidAtMs = nowMs();
  };
  return {
    add(written, tookMs) {
      sums = {
        records: sums.records + written.records,
        tradesNew: sums.tradesNew + written.tradesNew,
        seenBefore: sums.seenBefore + written.duplicates,
        setAside: sums.setAside + written.setAside.length,
        opened: sums.opened + written.breaksOpened,
        closed: sums.closed + written.breaksClosed,
        batches: sums.batches + 1,
        tookMs: sums.tookMs + tookMs,
      };
      if (nowMs() - saidAtMs >= SAY_MS) flush();
    },
    close: flush,
  };
}

const NOTHING = {
  records: 0,
  tradesNew: 0,
  seenBefore: 0,
  setAside: 0,
  opened: 0,
  closed: 0,
  batches: 0,
  tookMs: 0,
};

function describe(sums: typeof NOTHING): string {
  const { records, tradesNew, seenBefore, setAside, opened, closed, batches } = sums;
  const eachMs = Math.round(sums.tookMs / batches);
  const parts = [
    `wrote ${records} records in ` + (batches === 1 ? `${eachMs} ms` : `${batches} batches of ${eachMs} ms`),
    tradesNew && `${tradesNew} trades new`,
    seenBefore && `${seenBefore} seen before`,
    setAside && `${setAside} set aside`,
    opened && `${opened} breaks opened`,
    closed && `${closed} closed`,
  ];
  return parts.filter(Boolean).join(", ");
}
