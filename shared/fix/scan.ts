/**
 * One pass over a message, four bytes at a time: adds its bytes for CheckSum (10), and notes where each SOH
 * stands. Words are read where they lie, so a message may begin anywhere.
 *
 * @module
 */

/** A lane holds 65,535; 126 words add at most 2 x 255 x 126 = 64,260 to it. */
const FOLD_BYTES = 4 * 124;
/** A longer message is read byte by byte: this bounds the table of SOHs. */
export const SCANNED_BYTES_MAX = 1 << 16;

let count = 0;

/** How many SOHs the last scan has found. */
export function sohCount(): number {
  return count;
}

/**
 * @param sohs Takes where the SOHs stand, less `offset`; as long as the bytes.
 * @returns The sum of the bytes of `[start, end)` modulo 256.
 */
export function scanBytes(
  view: DataView,
  offset: number,
  start: number,
  end: number,
  sohs: Int32Array,
): number {
  const lastPair = end - 8;
  let found = 0;
  let sum = 0;
  let at = start;
  while (at <= lastPair) {
    const foldAt = Math.min(lastPair, at + FOLD_BYTES);
    let lanes = 0;
    for (; at <= foldAt; at += 8) {
      const word = view.getInt32(at, true);
      const next = view.getInt32(at + 4, true);
      lanes = (lanes + (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff) + (next & 0x00ff00ff) +
        ((next >>> 8) & 0x00ff00ff)) | 0;
      const marks = sohMarks(word);
      if (marks !== 0) {
        if (isOne(marks)) sohs[found++] = at - offset + firstByte(marks);
        else found = noteEach(view, offset, at, at + 4, sohs, found);
      }
      const nextMarks = sohMarks(next);
      if (nextMarks !== 0) {
        if (isOne(nextMarks)) sohs[found++] = at + 4 - offset + firstByte(nextMarks);
        else found = noteEach(view, offset, at + 4, at + 8, sohs, found);
      }
    }
    sum += (lanes & 0xffff) + (lanes >>> 16);
  }
  count = noteEach(view, offset, at, end, sohs, found);
  for (; at < end; at++) sum += view.getUint8(at);
  return sum & 255;
}

/** The lowest bit marks the first SOH of the word; a bit above it may mark a NUL. */
function sohMarks(word: number): number {
  const turned = word ^ 0x01010101;
  return (turned - 0x01010101) & ~turned & 0x80808080;
}

function isOne(marks: number): boolean {
  return (marks & (marks - 1)) === 0;
}

function firstByte(marks: number): number {
  return (31 - Math.clz32(marks)) >>> 3;
}

function noteEach(
  view: DataView,
  offset: number,
  from: number,
  end: number,
  sohs: Int32Array,
  found: number,
): number {
  for (let at = from; at < end; at++) if (view.getUint8(at) === 1) sohs[found++] = at - offset;
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
