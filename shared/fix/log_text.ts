/**
 * Where messages start and end in the text of a log, and what stands for SOH there.
 *
 * @module
 */

import { readLatin1 } from "./text.ts";

const ZERO = 48;
const EIGHT = 56;
const NINE = 57;
const EQUALS = 61;
/** The longest BeginString is `FIX.5.0SP2`; another protocol's may be a little longer. */
const BEGIN_CHARS_MAX = 24;
/** How loggers write SOH, the longer spellings first. */
const SEPARATORS = ["\x01", "|", "^A", "<SOH>", "\\x01", "\\u0001", "\xe2\x90\x81"];
const ANY_SEPARATOR = "(?:\x01|\\||\\^A|<SOH>|\\\\x01|\\\\u0001|\xe2\x90\x81)";
const FIRST_FIELD = new RegExp(`^\\d+=.{0,${BEGIN_CHARS_MAX}}?(?=${ANY_SEPARATOR})`);
const ODD_BEGIN = new RegExp(`(?<!\\d)8=[^=]{0,${BEGIN_CHARS_MAX}}?${ANY_SEPARATOR}(?:9|35)=`);
const FIELDS_WITHOUT_BEGIN = new RegExp(`^\\s*(?=\\d{1,5}=[^=]{0,80}?${ANY_SEPARATOR}\\d{1,5}=)`);
const MSG_TYPE = new RegExp(`(?:^\\s*|${ANY_SEPARATOR})35=`);
/** `10=` and its value; a checksum of the wrong length is still a checksum. */
const TRAILER_CHARS_MAX = 16;
const FIRST_FIELD_CHARS_MAX = BEGIN_CHARS_MAX + 16;
const FIELD = /^\d{1,9}=[^=]*$/;

/**
 * Where a message starts in `[from, to)`, or -1.
 *
 * @param isLine Whether `[from, to)` ends a line that held no message so far. Only then can a message be known
 * by less than `8=FIX`.
 */
export function findStart(bytes: Uint8Array, from: number, to: number, isLine: boolean): number {
  const text = bytes.subarray(from, to);
  for (let at = text.indexOf(EIGHT); at >= 0; at = text.indexOf(EIGHT, at + 1)) {
    const isStart = text[at + 1] === EQUALS && text[at + 2] === 70 && text[at + 3] === 73 &&
      text[at + 4] === 88;
    if (isStart && !(at > 0 && isDigit(text[at - 1]!))) return from + at;
  }
  return isLine ? findOddStart(readLatin1(bytes, from, to), from) : -1;
}

/** `8=` of another protocol, or fields without any BeginString, in a line that holds no `8=FIX`. */
function findOddStart(line: string, from: number): number {
  const begin = ODD_BEGIN.exec(line);
  if (begin !== null) return from + begin.index;
  const fields = FIELDS_WITHOUT_BEGIN.exec(line);
  return fields !== null && MSG_TYPE.test(line) ? from + fields[0].length : -1;
}

/** What stands for SOH in the message at `start`; undefined where its first field does not end. */
export function readSeparator(bytes: Uint8Array, start: number, end: number): string | undefined {
  const text = readLatin1(bytes, start, Math.min(end, start + FIRST_FIELD_CHARS_MAX));
  const first = FIRST_FIELD.exec(text)?.[0];
  return first && SEPARATORS.find((separator) => text.startsWith(separator, first.length));
}

/** Steps back over fields that stand before `8=` and belong to the message: its header is out of order. */
export function findRunStart(bytes: Uint8Array, from: number, start: number, separator: string): number {
  if (start - from < separator.length + 2) return start;
  const before = readLatin1(bytes, Math.max(from, start - 512), start);
  if (!before.endsWith(separator)) return start;
  const parts = before.slice(0, -separator.length).split(separator);
  let runStart = start;
  for (const part of parts.reverse()) {
    const field = /(?:^|\s)(\S+)$/.exec(part)?.[1] ?? "";
    if (!FIELD.test(field)) break;
    runStart -= field.length + separator.length;
    if (field.length < part.length) break;
  }
  return runStart;
}

export interface BrokenMessage {
  readonly bytes: Uint8Array;
  /** Where the text after it goes on. */
  readonly end: number;
  /** Whether it ends with a CheckSum, and not only with its line. */
  readonly isClosed: boolean;
}

/** The message from `start` to its CheckSum, the next message, or the end of its line, with SOH put in. */
export function toSoh(bytes: Uint8Array, start: number, lineEnd: number, separator: string): BrokenMessage {
  const isBegin = bytes[start] === EIGHT && bytes[start + 1] === EQUALS;
  const begin = isBegin ? start : findStart(bytes, start, lineEnd, false);
  const next = begin < 0 ? -1 : findStart(bytes, begin + 2, lineEnd, false);
  const limit = next < 0 ? lineEnd : next;
  const text = readLatin1(bytes, start, limit);
  const trailerAt = text.indexOf(`${separator}10=`);
  const valueAt = trailerAt + separator.length + 3;
  const valueEnd = trailerAt < 0 ? -1 : text.indexOf(separator, valueAt);
  const isClosed = valueEnd >= 0 && valueEnd - valueAt <= TRAILER_CHARS_MAX;
  const end = isClosed ? valueEnd + separator.length : text.length;
  let message = text.slice(0, end);
  if (!isClosed) {
    message = message.trimEnd();
    // Loggers trim what stands for the last SOH; of a raw message it is a part.
    if (separator !== "\x01") message += separator;
  }
  const soh = separator === "\x01" ? message : message.replaceAll(separator, "\x01");
  return { bytes: Uint8Array.from(soh, (char) => char.charCodeAt(0)), end: start + end, isClosed };
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
