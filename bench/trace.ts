/**
 * Reads a trace of Chromium: how busy the main thread of the page was.
 *
 * @module
 */

export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread, where the system tells it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface Busy {
  /** Of the traced time. */
  readonly cpuShare: number;
  readonly wallShare: number;
  readonly longestCpuMs: number;
  readonly longestWallMs: number;
}

/** Tasks of the busiest renderer's main thread: of several pages that is the one under load. */
export function busyOf(events: readonly TraceEvent[]): Busy {
  const threads = events.filter(({ name, args }) =>
    name === "thread_name" && args?.name === "CrRendererMain"
  );
  const all = threads.map(({ pid, tid }) => {
    const tasks = events.filter((event) =>
      event.pid === pid && event.tid === tid && event.ph === "X" && event.name.endsWith("RunTask")
    );
    return { tasks, wallUs: tasks.reduce((sum, { dur = 0 }) => sum + dur, 0) };
  });
  const busiest = all.sort((a, b) => b.wallUs - a.wallUs)[0];
  if (busiest === undefined || busiest.tasks.length === 0) throw new Error("The trace has no main thread");
  const { tasks, wallUs } = busiest;
  const cpu = tasks.map(({ tdur, dur = 0 }) => tdur ?? dur);
  const tracedUs = Math.max(...tasks.map(({ ts, dur = 0 }) => ts + dur)) -
    Math.min(...tasks.map(({ ts }) => ts));
  return {
    cpuShare: cpu.reduce((sum, us) => sum + us, 0) / tracedUs,
    wallShare: wallUs / tracedUs,
    longestCpuMs: Math.max(...cpu) / 1_000,
    longestWallMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1_000,
  };
}
