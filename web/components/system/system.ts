/**
 * How the pipeline runs, as the API answers it.
 *
 * @module
 */

/** One partition as one consumer group has read it. */
export interface Partition {
  readonly consumer_group: string;
  readonly topic: string;
  readonly partition: number;
  /** The first offset not yet stored; may be beyond a double. */
  readonly next_offset: string;
  readonly end_offset: string;
  /** Records between the two. */
  readonly lag: number;
  /** When the broker took the newest stored record; null: none yet. */
  readonly record_time: string | null;
  /** When the end was asked for: the age of the lag. */
  readonly updated_at: string;
}

/** Records stored in one minute, and how long they took from the broker to the commit, in milliseconds. */
export interface Minute {
  readonly at: string;
  readonly records: number;
  /** Null: no records. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Calendar days past the due date. */
export const STUCK_AGES = ["1", "2-3", "4-7", "8+"] as const;

/** Open trades that have stayed in a stage beyond its due date. */
export interface Stuck {
  readonly stage: string;
  /** What the stage is due by. */
  readonly due: "trade_date" | "settlement_date";
  readonly trades: number;
  readonly by_age: Readonly<Record<typeof STUCK_AGES[number], number>>;
  /** The oldest due date. */
  readonly oldest: string;
}

/** Records that were set aside and are still there. */
export interface Reason {
  readonly topic: string;
  readonly code: string;
  readonly letters: number;
  readonly oldest: string;
  readonly newest: string;
}

export interface Figures {
  readonly postgres: string;
  readonly databaseBytes: number;
  /** The group of our settings. */
  readonly consumerGroup: string;
  /** Of all groups that read our topics; our own first. */
  readonly partitions: readonly Partition[];
  /** The last minutes, the oldest first, the one that runs last. */
  readonly minutes: readonly Minute[];
  readonly stuck: readonly Stuck[];
  /** More trades are stuck than are counted. */
  readonly isCut: boolean;
  readonly deadLetters: readonly Reason[];
}

/** As `/readyz` tells it. */
export interface Part {
  readonly status: "ok" | "degraded" | "away";
  /** Since it was last heard of. */
  readonly ageMs?: number | null;
  readonly detail?: string;
}

export interface System {
  readonly asOf: string;
  /** The day it is for the middle office: what was due before it is late. */
  readonly date: string;
  readonly parts: {
    readonly database: Part;
    readonly schema: Part & { readonly applied?: number; readonly needed: number };
    readonly broker: Part;
    readonly consumer: Part;
  };
  readonly versions: { readonly code: string; readonly deno: string };
  /** Streams that this process serves, and how many it would. */
  readonly viewers: number;
  readonly viewersMax: number;
  /** Null: the database is away, or has no tables yet. */
  readonly figures: Figures | null;
}

/** A group as a whole. */
export interface Group {
  readonly name: string;
  readonly partitions: number;
  readonly lag: number;
  /** The oldest of its figures. */
  readonly updatedAt: string;
  readonly recordTime: string | null;
}

export function toGroups(partitions: readonly Partition[]): Group[] {
  return [...Map.groupBy(partitions, ({ consumer_group }) => consumer_group)].map(([name, rows]) => ({
    name,
    partitions: rows.length,
    lag: rows.reduce((sum, { lag }) => sum + lag, 0),
    updatedAt: rows.map(({ updated_at }) => updated_at).reduce((a, b) => a < b ? a : b),
    recordTime: rows.map(({ record_time }) => record_time).reduce((a, b) => (a ?? "") > (b ?? "") ? a : b),
  }));
}
