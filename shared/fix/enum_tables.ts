/**
 * The values a field may have, as tables that are asked with bytes: nearly all are of one character, which
 * is a bit to test, and most others of up to four, which is a number to look up.
 *
 * @module
 */

import { readLatin1 } from "./text.ts";

export interface EnumTables {
  /** By tag: ANY_VALUE, BY_BIT or BY_LOOK_UP. */
  readonly kinds: Uint8Array;
  /** Eight words a tag, a bit for each byte. */
  readonly bits: Uint32Array;
  /** Values of up to four bytes as pairs of tag and packed value, hashed, empty places 0. */
  readonly pairs: Int32Array;
  /** By tag: longer values. */
  readonly longs: ReadonlyMap<number, ReadonlySet<string>>;
}

export const ANY_VALUE = 0;
export const BY_BIT = 1;
export const BY_LOOK_UP = 2;
const WORDS_PER_TAG = 8;
/** Four bytes, or fewer, fit a number. */
const PACKED_BYTES_MAX = 4;
/** Places for each value in the hashed table, which is then nearly always met at the first look. */
const ROOM = 4;

interface Enumerated {
  readonly tag: number;
  readonly values: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
}

export function toEnumTables(fields: readonly Enumerated[], tagMax: number): EnumTables {
  const kinds = new Uint8Array(tagMax + 1);
  const bits = new Uint32Array((tagMax + 1) * WORDS_PER_TAG);
  const longs = new Map<number, Set<string>>();
  const packed: [number, string][] = [];
  for (const { tag, values, isOpen } of fields) {
    if (values.size === 0 || isOpen) continue;
    const texts = [...values.keys()];
    if (texts.every((text) => text.length === 1)) {
      kinds[tag] = BY_BIT;
      for (const text of texts) {
        const byte = text.charCodeAt(0);
        bits[tag * WORDS_PER_TAG + (byte >>> 5)]! |= 1 << (byte & 31);
      }
    } else {
      kinds[tag] = BY_LOOK_UP;
      longs.set(tag, new Set(texts.filter((text) => text.length > PACKED_BYTES_MAX)));
      for (const text of texts) if (text.length <= PACKED_BYTES_MAX) packed.push([tag, text]);
    }
  }
  return { kinds, bits, pairs: toPairs(packed), longs };
}

function toPairs(values: readonly [tag: number, text: string][]): Int32Array {
  const places = 2 ** Math.ceil(Math.log2(values.length * ROOM + 1));
  const pairs = new Int32Array(places * 2);
  for (const [tag, text] of values) {
    const value = pack(Uint8Array.from(text, (char) => char.charCodeAt(0)), 0, text.length);
    let at = firstPlace(pairs, tag, value);
    while (pairs[at] !== 0) at = (at + 2) & (pairs.length - 1);
    pairs[at] = tag;
    pairs[at + 1] = value;
  }
  return pairs;
}

/** Whether `[start, end)` of the bytes is a value that the tag may have. */
export function isEnumValue(
  { kinds, bits, pairs, longs }: EnumTables,
  tag: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (kinds[tag] === BY_BIT) return end - start === 1 && hasBit(bits, tag, bytes[start]!);
  if (end - start > PACKED_BYTES_MAX) return longs.get(tag)!.has(readLatin1(bytes, start, end));
  const value = pack(bytes, start, end);
  let at = firstPlace(pairs, tag, value);
  while (pairs[at] !== 0) {
    if (pairs[at] === tag && pairs[at + 1] === value) return true;
    at = (at + 2) & (pairs.length - 1);
  }
  return false;
}

export function hasBit(bits: Uint32Array, tag: number, byte: number): boolean {
  return (bits[tag * WORDS_PER_TAG + (byte >>> 5)]! & (1 << (byte & 31))) !== 0;
}

function firstPlace(pairs: Int32Array, tag: number, value: number): number {
  const mixed = Math.imul(value ^ Math.imul(tag, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) << 1) & (pairs.length - 1);
}

function pack(bytes: Uint8Array, start: number, end: number): number {
  let packed = 0;
  for (let at = start; at < end; at++) packed = (packed << 8) | bytes[at]!;
  return packed;
}
