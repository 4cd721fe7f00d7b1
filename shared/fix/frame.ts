/**
 * Finds whole FIX messages in bytes. The first stage of the pipeline: it knows where a message
 * starts and ends and whether it arrived intact, and nothing about what the message means.
 *
 * FIX 4.4, StandardHeader, StandardTrailer and CheckSum (10): a message opens with 8=, 9= and 35=, and
 * closes with 10=, the sum of every byte before it modulo 256. It ends where BodyLength (9) says, so a
 * `10=` inside a data field closes nothing.
 *
 * @module
 */

import { sumBytes } from "./checksum.ts";

/** What the next bytes hold. `partial` asks for more input; `garbled` is counted and dropped. */
export type FrameResult =
  | { kind: "frame"; bytes: Uint8Array; bytesRead: number }
  | { kind: "partial" }
  | { kind: "garbled"; reason: GarbledReason; bytesRead: number };

/** Stable codes: dashboards and tests key on them, so add to this list and rename nothing. */
export type GarbledReason = "begin_string" | "body_length" | "checksum" | "garbled" | "header_order";

/** A longer message is taken for a garbled BodyLength; it bounds what a stream keeps in memory. */
export const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

/** What {@link scanFrame} answers when there is no frame; the reasons are below zero. */
export const PARTIAL = -1;
const BEGIN_STRING = -2;
const BODY_LENGTH = -3;
const CHECKSUM = -4;
const HEADER_ORDER = -5;
const REASON_BY_ANSWER: Readonly<Record<number, GarbledReason>> = {
  [BEGIN_STRING]: "begin_string",
  [BODY_LENGTH]: "body_length",
  [CHECKSUM]: "checksum",
  [HEADER_ORDER]: "header_order",
};

const SOH = 1;
const ZERO = 48;
const ONE = 49;
const THREE = 51;
const FIVE = 53;
const EIGHT = 56;
const NINE = 57;
const EQUALS = 61;
/** `10=123` and SOH */
const TRAILER_BYTES = 7;
/** `8=FIX.5.0SP2` without its SOH */
const BEGIN_BYTES_MAX = 12;
/** `8=FIX.4.4` and SOH */
const FIX4_BYTES = 10;
/** Seven digits hold every length up to MESSAGE_BYTES_MAX; engines pad with zeros to about that. */
const LENGTH_DIGITS_MAX = 9;

/** Reads one frame from the bytes at `start`. A garbled one reaches to where the next may begin. */
export function readFrame(bytes: Uint8Array, start = 0): FrameResult {
  const answer = scanFrame(bytes, start, bytes.length);
  if (answer === PARTIAL) return { kind: "partial" };
  if (answer > 0) return { kind: "frame", bytes: bytes.subarray(start, answer), bytesRead: answer - start };
  const bytesRead = findBeginString(bytes, start + 1, bytes.length) - start;
  return { kind: "garbled", reason: garbledReason(answer), bytesRead };
}

/** The reason behind a negative answer of {@link scanFrame}. */
export function garbledReason(answer: number): GarbledReason {
  return REASON_BY_ANSWER[answer] ?? "garbled";
}

/**
 * The allocation-free heart of {@link readFrame}.
 *
 * @returns Where the frame that starts at `start` ends, PARTIAL, or a number for {@link garbledReason}.
 */
export function scanFrame(bytes: Uint8Array, start: number, end: number): number {
  const trailerAt = scanHeader(bytes, start, end);
  return trailerAt < 0 ? trailerAt : scanTrailer(bytes, trailerAt, sumBytes(bytes, start, trailerAt));
}

/** @returns Where CheckSum (10) must stand, as BodyLength (9) has it and all of it is there; else as {@link scanFrame}. */
export function scanHeader(bytes: Uint8Array, start: number, end: number): number {
  const lengthAt = scanBeginString(bytes, start, end);
  if (lengthAt < 0) return lengthAt;
  if (lengthAt + 2 > end) return PARTIAL;
  if (bytes[lengthAt] !== NINE || bytes[lengthAt + 1] !== EQUALS) return HEADER_ORDER;
  let bodyLength = 0;
  let at = lengthAt + 2;
  for (; at < end && bytes[at] !== SOH; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9 || at - lengthAt - 2 >= LENGTH_DIGITS_MAX) return BODY_LENGTH;
    bodyLength = bodyLength * 10 + digit;
  }
  if (at === end) return PARTIAL;
  if (at === lengthAt + 2 || bodyLength > MESSAGE_BYTES_MAX) return BODY_LENGTH;
  const bodyAt = at + 1;
  if (bodyAt + 3 > end) return PARTIAL;
  if (bytes[bodyAt] !== THREE || bytes[bodyAt + 1] !== FIVE || bytes[bodyAt + 2] !== EQUALS) {
    return HEADER_ORDER;
  }
  return findTrailer(bytes, bodyAt + bodyLength, end);
}

/** Where `8=FIX` begins at or after `from`, else the first byte that could still become its start. */
export function findBeginString(bytes: Uint8Array, from: number, end: number): number {
  const rest = bytes.subarray(from, end);
  for (let at = rest.indexOf(EIGHT); at >= 0; at = rest.indexOf(EIGHT, at + 1)) {
    let matched = 1;
    while (matched < BEGIN_START.length && rest[at + matched] === BEGIN_START[matched]) matched++;
    if (matched === BEGIN_START.length || at + matched === rest.length) return from + at;
  }
  return end;
}

/** `8=FIX` */
const BEGIN_START = [EIGHT, EQUALS, 70, 73, 88];

/** Steps over `8=FIX.4.4`, `8=FIXT.1.1` or `8=FIX.5.0SP2`, and SOH; else a negative answer. */
export function scanBeginString(bytes: Uint8Array, start: number, end: number): number {
  if (isFix4(bytes, start, end)) return start + FIX4_BYTES;
  let at = start;
  for (const byte of BEGIN_START) {
    if (at === end) return PARTIAL;
    if (bytes[at++] !== byte) return BEGIN_STRING;
  }
  let soh = at;
  while (soh < end && bytes[soh] !== SOH) {
    if (++soh - start > BEGIN_BYTES_MAX) return BEGIN_STRING;
  }
  if (soh === end) return PARTIAL;
  if (bytes[at] === 84) at++;
  if (bytes[at] !== 46 || !isDigit(bytes[at + 1]!) || bytes[at + 2] !== 46 || !isDigit(bytes[at + 3]!)) {
    return BEGIN_STRING;
  }
  at += 4;
  if (bytes[at] === 83 && bytes[at + 1] === 80 && isDigit(bytes[at + 2]!)) at += 3;
  return at === soh ? soh + 1 : BEGIN_STRING;
}

/** `8=FIX.4.4` and SOH, the usual way to begin. */
function isFix4(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at >= FIX4_BYTES && bytes[at] === EIGHT && bytes[at + 1] === EQUALS && bytes[at + 2] === 70 &&
    bytes[at + 3] === 73 && bytes[at + 4] === 88 && bytes[at + 5] === 46 && bytes[at + 6] === 52 &&
    bytes[at + 7] === 46 && isDigit(bytes[at + 8]!) && bytes[at + 9] === SOH;
}

function findTrailer(bytes: Uint8Array, trailerAt: number, end: number): number {
  if (trailerAt + 3 > end) return PARTIAL;
  if (
    bytes[trailerAt - 1] !== SOH || bytes[trailerAt] !== ONE || bytes[trailerAt + 1] !== ZERO ||
    bytes[trailerAt + 2] !== EQUALS
  ) return BODY_LENGTH;
  return trailerAt + TRAILER_BYTES > end ? PARTIAL : trailerAt;
}

/** @param sum Of all bytes before the trailer, modulo 256. @returns As {@link scanFrame}. */
export function scanTrailer(bytes: Uint8Array, trailerAt: number, sum: number): number {
  const hundreds = bytes[trailerAt + 3]!;
  const tens = bytes[trailerAt + 4]!;
  const ones = bytes[trailerAt + 5]!;
  if (!isDigit(hundreds) || !isDigit(tens) || !isDigit(ones) || bytes[trailerAt + 6] !== SOH) return CHECKSUM;
  const said = (hundreds - ZERO) * 100 + (tens - ZERO) * 10 + ones - ZERO;
  return said === sum ? trailerAt + TRAILER_BYTES : CHECKSUM;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
