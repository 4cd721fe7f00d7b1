/**
 * Says all that is wrong with the frame of one message. {@link scanFrame} stops at the first fault, which
 * is enough to drop a message; a person or a lenient reader wants to know the rest.
 *
 * @module
 */

import { sumBytes } from "./checksum.ts";
import type { Fault } from "./faults.ts";
import { scanBeginString, scanFrame } from "./frame.ts";
import { readLatin1 } from "./text.ts";

const SOH = 1;
const SEEN_CHARS_MAX = 40;

interface Piece {
  readonly tag: string;
  readonly value: string;
  readonly start: number;
  /** After its SOH. */
  readonly end: number;
}

/** The faults of bytes that should be exactly one message; none if they are. */
export function frameFaults(bytes: Uint8Array, start = 0, end = bytes.length): Fault[] {
  const frameEnd = scanFrame(bytes, start, end);
  if (frameEnd === end) return [];
  if (frameEnd > 0) return [{ code: "garbled", text: `${end - frameEnd} bytes follow the message` }];
  const first = pieceAt(bytes, start, end);
  const second = pieceAt(bytes, first.end, end);
  const third = pieceAt(bytes, second.end, end);
  if (first.tag === "" || first.end === end) {
    return [{ code: "garbled", text: `"${seen(bytes, start, end)}" holds no FIX message` }];
  }
  const trailer = lastPiece(bytes, start, end);
  const orderFaults = headerFaults(bytes, [first, second, third], end);
  return [
    ...orderFaults,
    ...(second.tag === "9" ? lengthFaults(second, trailer) : []),
    ...checksumFaults(bytes, start, trailer),
  ];
}

function headerFaults(bytes: Uint8Array, [first, second, third]: Piece[], end: number): Fault[] {
  const faults: Fault[] = [];
  if (first!.tag !== "8") {
    faults.push(
      holdsField(bytes, first!.end - 1, end, "8=")
        ? { code: "header_order", tag: 8, text: `The message begins with field ${first!.tag}, not with 8` }
        : { code: "begin_string", tag: 8, text: `The message has no BeginString (8)` },
    );
  } else if (scanBeginString(bytes, first!.start, end) < 0) {
    const text = `BeginString (8) "${first!.value}" names no version of FIX`;
    faults.push({ code: "begin_string", tag: 8, text });
  }
  const has9 = first!.tag === "9" || holdsField(bytes, first!.start, end, "9=");
  if (!has9) faults.push({ code: "body_length", tag: 9, text: "The message has no BodyLength (9)" });
  else if (first!.tag === "8" && second!.tag !== "9") {
    faults.push({ code: "header_order", tag: 9, text: `Field ${second!.tag} stands where 9 should` });
  }
  const msgType = has9 ? third! : second!;
  if (faults.length === 0 && msgType.tag !== "35") {
    faults.push({ code: "header_order", tag: 35, text: `Field ${msgType.tag} stands where 35 should` });
  }
  return faults;
}

function lengthFaults(length: Piece, trailer: Piece): Fault[] {
  const bodyEnd = trailer.tag === "10" ? trailer.start : trailer.end;
  const actual = bodyEnd - length.end;
  if (/^\d{1,9}$/.test(length.value) && Number(length.value) === actual) return [];
  const text = `BodyLength (9) says "${length.value}", the body has ${actual} bytes`;
  return [{ code: "body_length", tag: 9, text }];
}

function checksumFaults(bytes: Uint8Array, start: number, trailer: Piece): Fault[] {
  if (trailer.tag !== "10") return [{ code: "checksum", tag: 10, text: "The message has no CheckSum (10)" }];
  const actual = String(sumBytes(bytes, start, trailer.start)).padStart(3, "0");
  if (trailer.value === actual && bytes[trailer.end - 1] === SOH) return [];
  const text = `CheckSum (10) says "${trailer.value}", the bytes add up to ${actual}`;
  return [{ code: "checksum", tag: 10, text }];
}

/** The field at `start`; its tag is empty where there is none. */
function pieceAt(bytes: Uint8Array, start: number, end: number): Piece {
  const soh = bytes.indexOf(SOH, start);
  const valueEnd = soh < 0 || soh >= end ? end : soh;
  const text = readLatin1(bytes, start, Math.min(valueEnd, start + SEEN_CHARS_MAX));
  const [, tag = "", value = ""] = /^(\d+)=(.*)$/s.exec(text) ?? [];
  return { tag, value, start, end: Math.min(valueEnd + 1, end) };
}

function lastPiece(bytes: Uint8Array, start: number, end: number): Piece {
  const before = end - 2 < start ? -1 : bytes.lastIndexOf(SOH, end - 2);
  return pieceAt(bytes, Math.max(before + 1, start), end);
}

function holdsField(bytes: Uint8Array, start: number, end: number, field: string): boolean {
  for (let at = bytes.indexOf(SOH, start); at >= 0 && at + 2 < end; at = bytes.indexOf(SOH, at + 1)) {
    if (bytes[at + 1] === field.charCodeAt(0) && bytes[at + 2] === field.charCodeAt(1)) return true;
  }
  return false;
}

/** What was seen, fit to be shown on one line and stored as text. */
function seen(bytes: Uint8Array, start: number, end: number): string {
  return readLatin1(bytes, start, Math.min(end, start + SEEN_CHARS_MAX));
}
