/**
 * The values a field may have, as tables that are asked with bytes: nearly all are of one character, which
 * is a bit to test, and most others of up to four, which is a number to look up.
 *
 * @module
 */

import { readLatin1 } from "./text.ts";

export interface EnumTables {
  /** By tag: 0 any value is allowed, 1 a bit in `bits`, 2 a look-up in `longs`. */
  readonly kinds: Uint8Array;
  /** Eight words a tag, a bit for each byte. */
  readonly bits: Uint32Array;
  readonly longs: ReadonlyMap<number, ReadonlySet<number | string>>;
}

export const ANY_VALUE = 0;
export const BY_BIT = 1;
const BY_LOOK_UP = 2;
const WORDS_PER_TAG = 8;
/** Four bytes, or fewer, fit a number. */
const PACKED_BYTES_MAX = 4;

interface Enumerated {
  readonly tag: number;
  readonly values: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
}

export function toEnumTables(fields: readonly Enumerated[], tagMax: number): EnumTables {
  const kinds = new Uint8Array(tagMax + 1);
  const bits = new Uint32Array((tagMax + 1) * WORDS_PER_TAG);
  const longs = new Map<number, Set<number | string>>();
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
      longs.set(tag, new Set(texts.map(packText)));
    }
  }
  return { kinds, bits, longs };
}

/** Whether `[start, end)` of the bytes is a value that the tag may have. */
export function isEnumValue(
  { kinds, bits, longs }: EnumTables,
  tag: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (kinds[tag] === BY_BIT) {
    return end - start === 1 && hasBit(bits, tag, bytes[start]!);
  }
  return longs.get(tag)!.has(pack(bytes, start, end));
}

export function hasBit(bits: Uint32Array, tag: number, byte: number): boolean {
  return (bits[tag * WORDS_PER_TAG + (byte >>> 5)]! & (1 << (byte & 31))) !== 0;
}

function pack(bytes: Uint8Array, start: number, end: number): number | string {
  if (end - start > PACKED_BYTES_MAX) return readLatin1(bytes, start, end);
  let packed = 0;
  for (let at = start; at < end; at++) packed = packed * 256 + bytes[at]!;
  return packed;
}

function packText(text: string): number | string {
  return pack(Uint8Array.from(text, (char) => char.charCodeAt(0)), 0, text.length);
}
