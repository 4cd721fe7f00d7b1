/**
 * The rows of tags that messages have had. A market's messages share few, so most need not have their tags read:
 * it is enough to compare them with those of a row, a word a field.
 *
 * @module
 */

import { DATA_TAG_AFTER } from "./data_fields.ts";

export interface TagRow {
  readonly tags: Int32Array;
  /** By tag: the place of its first field, from 1; 0 where it has none. */
  readonly slots: Uint8Array;
  /** Where a dictionary keeps what it knows of this row; below {@link TAG_ROWS_MAX}. */
  readonly place: number;
  /** Of each tag and its `=`: up to four bytes as a little-endian word, what follows them shifted out. */
  readonly heads: Int32Array;
  readonly shifts: Uint8Array;
  readonly headBytes: Uint8Array;
  /** Fields whose `=` no head holds: tags of four digits. */
  readonly longHeads: Uint8Array;
}

/** Bounds the memory that a hostile sender can fill; then all rows are forgotten. */
export const TAG_ROWS_MAX = 1_024;
/** A place in a row fits a byte. */
const FIELDS_MAX = 254;
/** Tags of up to four digits; brokers' own are seldom longer. */
const TAGS_MAX = 10_000;
const EQUALS = 61;
const HEAD_BYTES_MAX = 4;
/** Many more than rows, that two kinds of messages seldom take each other's place. */
const GUESSES_MAX = 8_192;

const rows = new Map<number, TagRow>();
/** By a key of the caller's: the row that a message with this key had last. */
const guesses: (TagRow | undefined)[] = new Array(GUESSES_MAX).fill(undefined);
/** Hashes of rows that were seen once: only what comes again is worth a row. */
const seenOnce = new Int32Array(TAG_ROWS_MAX);

export function guessRow(key: number): TagRow | undefined {
  return guesses[key & (GUESSES_MAX - 1)];
}

/** Notes the tags of a message without faults, that the next of its kind may be guessed. */
export function learnRow(key: number, tags: Int32Array, count: number): void {
  if (count > FIELDS_MAX) return;
  let hash = 1;
  for (let index = 0; index < count; index++) {
    const tag = tags[index]!;
    if (tag >= TAGS_MAX || (tag < DATA_TAG_AFTER.length && DATA_TAG_AFTER[tag] !== 0)) return;
    hash = (Math.imul(hash, 31) + tag) | 0;
  }
  const known = rows.get(hash);
  const once = hash & (TAG_ROWS_MAX - 1);
  if (known === undefined && seenOnce[once] !== hash) {
    seenOnce[once] = hash;
    return;
  }
  if (known === undefined && rows.size >= TAG_ROWS_MAX) rows.clear();
  const row = known !== undefined && hasTags(known, tags, count)
    ? known
    : toRow(tags.slice(0, count), known?.place ?? rows.size);
  rows.set(hash, row);
  guesses[key & (GUESSES_MAX - 1)] = row;
}

/**
 * Whether the fields from `start` on, whose ends are known, have the row's tags and none an empty value. Where
 * they have, `starts` is filled. The last field of the row is not looked at.
 *
 * @param offset Of the positions in the arrays, within the view.
 */
export function hasRow(
  { heads, shifts, headBytes, longHeads }: TagRow,
  view: DataView,
  offset: number,
  start: number,
  starts: Int32Array,
  ends: Int32Array,
): boolean {
  const last = heads.length - 1;
  let at = start;
  let differing = 0;
  let valueBytes = 0;
  for (let index = 0; index < last; index++) {
    differing |= (view.getInt32(at + offset, true) << shifts[index]!) ^ heads[index]!;
    const valueAt = at + headBytes[index]!;
    const end = ends[index]!;
    starts[index] = valueAt;
    // Below zero as soon as one value has no byte.
    valueBytes |= end - valueAt - 1;
    at = end + 1;
  }
  for (let at = 0; at < longHeads.length; at++) {
    differing |= view.getUint8(starts[longHeads[at]!]! - 1 + offset) ^ EQUALS;
  }
  return differing === 0 && valueBytes >= 0;
}

function hasTags(row: TagRow, tags: Int32Array, count: number): boolean {
  if (row.tags.length !== count) return false;
  for (let index = 0; index < count; index++) if (row.tags[index] !== tags[index]) return false;
  return true;
}

function toRow(tags: Int32Array, place: number): TagRow {
  const slots = new Uint8Array(Math.max(...tags) + 1);
  for (let index = tags.length - 1; index >= 0; index--) slots[tags[index]!] = index + 1;
  const heads = Array.from(tags, (tag) => `${tag}=`);
  const isLong = (index: number) => heads[index]!.length > HEAD_BYTES_MAX;
  return {
    tags,
    slots,
    place,
    heads: Int32Array.from(heads, toWord),
    shifts: Uint8Array.from(heads, (head) => 8 * Math.max(0, HEAD_BYTES_MAX - head.length)),
    headBytes: Uint8Array.from(heads, (head) => head.length),
    longHeads: Uint8Array.from([...heads.keys()].filter(isLong)),
  };
}

function toWord(head: string): number {
  let word = 0;
  const shown = head.slice(0, HEAD_BYTES_MAX);
  for (const char of shown) word = (word >>> 8) | (char.charCodeAt(0) << 24);
  return word;
}
