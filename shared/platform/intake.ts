/**
 * Where fetched records wait for the loop that reads them: portions of single partitions go in, batches across
 * partitions come out. It holds no more than what one fetch brought, because a fetch waits until it is empty.
 *
 * @module
 */

export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  /** Decimal text: an offset may exceed what a number holds. */
  readonly offset: string;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** The broker's append time, as our topics are set. */
  readonly recordTimeMs: number;
}

/** Consecutive records of one partition, as a fetch brought them. */
export interface Portion {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly KafkaRecord[];
  /** Where to read on after these; it may be past the last record, over ones that are not for readers. */
  readonly nextOffset: string;
  /** The partition's end when the records were asked for, and when that was by this process's clock. */
  readonly endOffset: string;
  readonly endAskedAtMs: number;
}

/** How far a batch brings its reader in one partition. */
export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: string;
  readonly endOffset: string;
  readonly endAskedAtMs: number;
  /** Of the last record; null when there was none. */
  readonly recordTimeMs: number | null;
}

export interface Taken {
  readonly records: readonly KafkaRecord[];
  readonly progress: readonly PartitionProgress[];
}

export interface Limits {
  readonly recordsMax: number;
  readonly bytesMax: number;
}

export interface Intake {
  deposit(portion: Portion): void;
  /** The next batch in order of arrival; empty when nothing waits. */
  take(limits: Limits): Taken;
  isEmpty(): boolean;
  recordsWaiting(): number;
  /** Forgets what waits. */
  clear(): void;
  /** Lets those who wait look again. */
  wake(): void;
  /** Resolves once `isTrue`, looked at after every change, or after `maxMs`; tells which. */
  until(isTrue: () => boolean, maxMs?: number): Promise<boolean>;
}

export function openIntake(): Intake {
  let portions: Portion[] = [];
  let changed = Promise.withResolvers<void>();

  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  return {
    deposit(portion) {
      portions.push(portion);
      wake();
    },
    take(limits) {
      const [taken, left] = split(portions, limits);
      portions = left;
      wake();
      return toTaken(taken);
    },
    isEmpty: () => portions.length === 0,
    recordsWaiting: () => portions.reduce((sum, { records }) => sum + records.length, 0),
    clear() {
      portions = [];
      wake();
    },
    wake,
    async until(isTrue, maxMs) {
      if (isTrue()) return true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = maxMs === undefined ? [] : [
        new Promise<"late">((resolve) => timer = setTimeout(() => resolve("late"), maxMs)),
      ];
      try {
        while (!isTrue()) {
          if (await Promise.race([changed.promise, ...late]) === "late") return isTrue();
        }
        return true;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Divides at the limits; a single record larger than `bytesMax` still goes through, alone. */
function split(portions: readonly Portion[], { recordsMax, bytesMax }: Limits): [Portion[], Portion[]] {
  const taken: Portion[] = [];
  let recordsLeft = recordsMax;
  let bytesLeft = bytesMax;
  for (const [index, portion] of portions.entries()) {
    const { records } = portion;
    let count = 0;
    while (count < records.length && recordsLeft > 0) {
      const size = records[count]!.value?.length ?? 0;
      if (size > bytesLeft && bytesLeft < bytesMax) break;
      bytesLeft -= size;
      recordsLeft--;
      count++;
    }
    if (count === records.length) {
      taken.push(portion);
      continue;
    }
    const rest = { ...portion, records: records.slice(count) };
    if (count > 0) {
      taken.push({ ...portion, records: records.slice(0, count), nextOffset: rest.records[0]!.offset });
    }
    return [taken, [rest, ...portions.slice(index + 1)]];
  }
  return [taken, []];
}

function toTaken(portions: readonly Portion[]): Taken {
  const progress = new Map<string, PartitionProgress>();
  for (const { topic, partition, records, nextOffset, endOffset, endAskedAtMs } of portions) {
    const name = `${topic}/${partition}`;
    const recordTimeMs = records.at(-1)?.recordTimeMs ?? progress.get(name)?.recordTimeMs ?? null;
    progress.set(name, { topic, partition, nextOffset, endOffset, endAskedAtMs, recordTimeMs });
  }
  return { records: portions.flatMap(({ records }) => records), progress: [...progress.values()] };
}
