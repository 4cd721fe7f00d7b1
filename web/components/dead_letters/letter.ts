/**
 * A record that was set aside, as the API answers it.
 *
 * @module
 */

export interface DeadLetterRow {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  /** In its partition; may be beyond a double. */
  readonly offset: string;
  /** Its first bytes, escaped; null: it had none. */
  readonly key: string | null;
  /** Bytes of its value; null: a tombstone. */
  readonly size: number | null;
  /** Stable: the reason. */
  readonly code: string;
  /** What was wrong with this one. */
  readonly text: string;
  /** `open`, `reingested` or `discarded`. */
  readonly status: string;
  readonly recorded_at: string;
}

export interface DeadLetterTally {
  readonly topic: string;
  readonly code: string;
  readonly status: string;
  readonly letters: number;
}

export const STATUSES = ["open", "reingested", "discarded", "all"] as const;

/** What the address asks for, with the names of the API. */
export interface LetterFilter {
  readonly topic?: string;
  readonly code?: string;
  /** `open` unless told otherwise; `all`. */
  readonly status?: string;
}

export function readLetterFilter(params: URLSearchParams): LetterFilter {
  return Object.fromEntries(["topic", "code", "status"].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  }));
}

export function toLetterQuery(filter: LetterFilter, more: Record<string, string> = {}): string {
  return String(new URLSearchParams({ ...filter as Record<string, string>, ...more }));
}
