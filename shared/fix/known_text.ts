/**
 * Short texts that come again and again, such as symbols, CompIDs, currencies and codes: each is made once and
 * then known by its bytes. The table is small and of fixed size; a text that falls on another's place takes it.
 *
 * @module
 */

import { readLatin1 } from "./text.ts";

const BYTES_MAX = 12;
const PLACES = 4_096;

const texts: string[] = new Array(PLACES).fill("");
const firsts = new Int32Array(PLACES);
const seconds = new Int32Array(PLACES);
const thirds = new Int32Array(PLACES);

/**
 * The bytes of `[start, end)` as Latin-1.
 *
 * @param view Of the whole buffer that the bytes are a part of.
 */
export function readKnownLatin1(bytes: Uint8Array, view: DataView, start: number, end: number): string {
  const length = end - start;
  const at = bytes.byteOffset + start;
  if (length > BYTES_MAX || length === 0 || at + BYTES_MAX > view.byteLength) {
    return readLatin1(bytes, start, end);
  }
  let first = view.getInt32(at, false);
  let second = 0;
  let third = 0;
  if (length <= 4) first >>>= 32 - length * 8;
  else {
    second = view.getInt32(at + 4, false);
    if (length <= 8) second >>>= 64 - length * 8;
    else third = view.getInt32(at + 8, false) >>> (96 - length * 8);
  }
  first |= 0;
  second |= 0;
  third |= 0;
  const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0xc2b2ae35), 0x85ebca6b);
  const place = (mixed ^ (mixed >>> 15)) & (PLACES - 1);
  const known = texts[place]!;
  if (
    firsts[place] === first && seconds[place] === second && thirds[place] === third && known.length === length
  ) return known;
  const text = readLatin1(bytes, start, end);
  texts[place] = text;
  firsts[place] = first;
  seconds[place] = second;
  thirds[place] = third;
  return text;
}
