/**
 * Writes FIX messages: the header's fields first and in the standard's order, then the body as given,
 * then the trailer, with BodyLength (9) and CheckSum (10) computed.
 *
 * @module
 */

import { sumBytes } from "./checksum.ts";
import { LENGTH_TAG_BY_DATA_TAG } from "./data_fields.ts";
import { FieldError } from "./values.ts";

/** Text is written as Latin-1. Bytes are for data fields, which may hold any of them. */
export type FieldToEncode = readonly [tag: number, value: string | Uint8Array];

export interface MessageToEncode {
  readonly beginString: string;
  readonly msgType: string;
  /** Header, body and trailer fields without 8, 9, 35 and 10; groups as they follow each other. */
  readonly fields: readonly FieldToEncode[];
}

const SOH = 1;
const EQUALS = 61;
/** FIX 4.4 and FIXT 1.1 StandardHeader after 8, 9 and 35. The hops (627) keep their own order. */
const HEADER_TAGS = [
  [1128],
  [1156],
  [1129],
  [49],
  [56],
  [115],
  [128],
  [90],
  [91],
  [34],
  [50],
  [142],
  [57],
  [143],
  [116],
  [144],
  [129],
  [145],
  [43],
  [97],
  [52],
  [122],
  [212],
  [213],
  [347],
  [369],
  [370],
  [627, 628, 629, 630],
];
const HEADER_RANK = new Map(HEADER_TAGS.flatMap((tags, rank) => tags.map((tag) => [tag, rank] as const)));
const TRAILER_TAGS = new Set([93, 89]);
const WRITTEN_BY_ENCODER = new Set([8, 9, 35, 10]);

let scratch = new Uint8Array(4_096);
let scratchEnd = 0;

/**
 * @throws {FieldError} If a value is empty, holds SOH outside a data field, or is no Latin-1 text; if a
 * data field does not follow its length; if `fields` names 8, 9, 35 or 10.
 */
export function encodeMessage(message: MessageToEncode): Uint8Array {
  scratchEnd = 0;
  writeField(35, message.msgType);
  const header = message.fields.filter(([tag]) => HEADER_RANK.has(tag));
  header.sort(([a], [b]) => HEADER_RANK.get(a)! - HEADER_RANK.get(b)!);
  writeFields(header);
  writeFields(message.fields, (tag) => !HEADER_RANK.has(tag) && !TRAILER_TAGS.has(tag));
  writeFields(message.fields, (tag) => TRAILER_TAGS.has(tag));
  return encodeFrame(message.beginString, scratch.subarray(0, scratchEnd));
}

/** Puts `8=` and `9=` before a body that starts with `35=` and ends with SOH, and `10=` after it. */
export function encodeFrame(beginString: string, body: Uint8Array): Uint8Array {
  const start = `8=${beginString}\x019=${body.length}\x01`;
  const bytes = new Uint8Array(start.length + body.length + 7);
  for (let i = 0; i < start.length; i++) bytes[i] = start.charCodeAt(i);
  bytes.set(body, start.length);
  const bodyEnd = start.length + body.length;
  const sum = sumBytes(bytes, 0, bodyEnd);
  bytes[bodyEnd] = 49;
  bytes[bodyEnd + 1] = 48;
  bytes[bodyEnd + 2] = EQUALS;
  bytes[bodyEnd + 3] = 48 + Math.floor(sum / 100);
  bytes[bodyEnd + 4] = 48 + Math.floor(sum / 10) % 10;
  bytes[bodyEnd + 5] = 48 + sum % 10;
  bytes[bodyEnd + 6] = SOH;
  return bytes;
}

function writeFields(fields: readonly FieldToEncode[], wanted?: (tag: number) => boolean): void {
  let previousTag = 0;
  for (const [tag, value] of fields) {
    if (wanted === undefined || wanted(tag)) {
      if (WRITTEN_BY_ENCODER.has(tag)) throw new FieldError(tag, String(value), "is written by the encoder");
      const lengthTag = LENGTH_TAG_BY_DATA_TAG.get(tag);
      if (lengthTag !== undefined && lengthTag !== previousTag) {
        throw new FieldError(tag, "", `is a data field and must follow its length, ${lengthTag}`);
      }
      writeField(tag, value, lengthTag !== undefined);
    }
    previousTag = tag;
  }
}

function writeField(tag: number, value: string | Uint8Array, isData = false): void {
  if (value.length === 0) throw new FieldError(tag, "", "is empty");
  reserve(value.length + 12);
  const name = String(tag);
  for (let i = 0; i < name.length; i++) scratch[scratchEnd++] = name.charCodeAt(i);
  scratch[scratchEnd++] = EQUALS;
  for (let i = 0; i < value.length; i++) {
    const code = typeof value === "string" ? value.charCodeAt(i) : value[i]!;
    if (code > 255 || (code === SOH && !isData)) {
      throw new FieldError(tag, String(value), "has a character that FIX text cannot hold");
    }
    scratch[scratchEnd++] = code;
  }
  scratch[scratchEnd++] = SOH;
}

function reserve(byteCount: number): void {
  if (scratchEnd + byteCount <= scratch.length) return;
  const larger = new Uint8Array((scratchEnd + byteCount) * 2);
  larger.set(scratch.subarray(0, scratchEnd));
  scratch = larger;
}
