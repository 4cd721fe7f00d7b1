/**
 * How fills spread over a day: phases, each some times as busy as the usual pace, one after the other and then again
 * from the first.
 *
 * @module
 */

const MINUTE_MS = 60_000;

export interface Phase {
  readonly minutes: number;
  /** Times the usual number of fills; 0 is a pause. */
  readonly times: number;
}

/**
 * @param intervalMs Between two fills at the usual pace.
 * @param phases None: the usual pace all the time. One at least has fills.
 * @returns When the interval of a fill begins, in milliseconds after the first.
 */
export function openRates(intervalMs: number, phases: readonly Phase[]): (fill: number) => number {
  if (phases.length === 0) return (fill) => Math.floor(fill * intervalMs);
  const spans = phases.map(({ minutes, times }) => (
    { spanMs: minutes * MINUTE_MS, fills: minutes * MINUTE_MS * times / intervalMs }
  ));
  const [cycleMs, cycleFills] = [
    sum(spans.map(({ spanMs }) => spanMs)),
    sum(spans.map(({ fills }) => fills)),
  ];
  return (fill) => {
    const cycles = Math.floor(fill / cycleFills);
    let left = fill - cycles * cycleFills;
    let atMs = cycles * cycleMs;
    for (const { spanMs, fills } of spans) {
      if (left < fills) return Math.floor(atMs + left / fills * spanMs);
      left -= fills;
      atMs += spanMs;
    }
    return Math.floor(atMs);
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
