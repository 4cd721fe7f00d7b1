/**
 * One pass over a message, four bytes at a time: adds its bytes for CheckSum (10), and notes where each SOH
 * stands. Words are read where they lie, so a message may begin anywhere.
 *
 * @module
 */

/** A lane holds 65,535; 128 words add at most 2 x 255 x 128 = 65,280 to it. */
const FOLD_BYTES = 4 * 127;
/** A longer message is read byte by byte: this bounds the table of SOHs. */
export const SCANNED_BYTES_MAX = 1 << 16;

/** Where the SOHs of the last scan stand. */
export const sohs: Int32Array = new Int32Array(SCANNED_BYTES_MAX + 1);
let count = 0;

export function sohCount(): number {
  return count;
}

/** @returns The sum of the bytes of `[start, end)` modulo 256. */
export function scanBytes(view: DataView, start: number, end: number): number {
  const lastWord = end - 4;
  let found = 0;
  let sum = 0;
  let at = start;
  while (at <= lastWord) {
    const foldAt = Math.min(lastWord, at + FOLD_BYTES);
    let lanes = 0;
    for (; at <= foldAt; at += 4) {
      const word = view.getInt32(at, true);
      lanes = (lanes + (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff)) | 0;
      // The lowest bit that is left marks the first SOH of the word; a bit above it may mark a NUL.
      const turned = word ^ 0x01010101;
      const marks = (turned - 0x01010101) & ~turned & 0x80808080;
      if (marks === 0) continue;
      if ((marks & (marks - 1)) === 0) sohs[found++] = at + ((31 - Math.clz32(marks)) >>> 3);
      else found = noteEach(view, at, at + 4, found);
    }
    sum += (lanes & 0xffff) + (lanes >>> 16);
  }
  count = noteEach(view, at, end, found);
  for (; at < end; at++) sum += view.getUint8(at);
  return sum & 255;
}

function noteEach(view: DataView, from: number, end: number, found: number): number {
  for (let at = from; at < end; at++) if (view.getUint8(at) === 1) sohs[found++] = at;
  return found;
}

let lastBuffer: ArrayBufferLike | undefined;
let lastView: DataView = new DataView(new ArrayBuffer(0));

/** A view of a whole buffer; the last one is kept, as neighbouring messages usually share theirs. */
export function viewOf(buffer: ArrayBufferLike): DataView {
  if (buffer !== lastBuffer) {
    lastView = new DataView(buffer);
    lastBuffer = buffer;
  }
  return lastView;
}
