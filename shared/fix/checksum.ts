/**
 * CheckSum (10): the sum of every byte before it, modulo 256.
 *
 * Four bytes are added at a time: even and odd bytes of a 32-bit word are summed side by side in
 * 16-bit lanes, and the lanes are folded before they can overflow.
 *
 * @module
 */

/** A lane holds 65,535; 128 words add at most 2 x 255 x 128 = 65,280 to it. */
const WORDS_PER_FOLD = 128;
/** Below this many bytes the set-up of a word view costs more than it saves. */
const WORD_BYTES_MIN = 64;

/** Adds the bytes of `[start, end)`, modulo 256. */
export function sumBytes(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  let at = start;
  if (end - start >= WORD_BYTES_MIN) {
    while (((bytes.byteOffset + at) & 3) !== 0) sum += bytes[at++]!;
    const words = wordsOf(bytes.buffer);
    const firstWord = (bytes.byteOffset + at) >>> 2;
    const endWord = (bytes.byteOffset + end) >>> 2;
    sum += sumWords(words, firstWord, endWord);
    at += (endWord - firstWord) * 4;
  }
  while (at < end) sum += bytes[at++]!;
  return sum & 255;
}

function sumWords(words: Uint32Array, first: number, end: number): number {
  let sum = 0;
  for (let at = first; at < end;) {
    const foldAt = Math.min(end, at + WORDS_PER_FOLD);
    let lanes = 0;
    for (; at < foldAt; at++) {
      const word = words[at]!;
      lanes = (lanes + (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff)) | 0;
    }
    sum += (lanes & 0xffff) + (lanes >>> 16);
  }
  return sum;
}

let lastBuffer: ArrayBufferLike | undefined;
let lastWords: Uint32Array = new Uint32Array(0);

/** The view of the last buffer is kept: neighbouring messages usually share one. */
function wordsOf(buffer: ArrayBufferLike): Uint32Array {
  if (buffer !== lastBuffer) {
    lastWords = new Uint32Array(buffer, 0, buffer.byteLength >>> 2);
    lastBuffer = buffer;
  }
  return lastWords;
}
