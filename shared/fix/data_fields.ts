/**
 * Fields of type DATA and XMLDATA: their value may hold any byte, SOH included, and its length is told
 * by the field right before it.
 *
 * @module
 */

/** Length tag by data tag. The dictionaries name both but link none; `dictionary_test.ts` holds this list to them. */
export const LENGTH_TAG_BY_DATA_TAG: ReadonlyMap<number, number> = new Map([
  [89, 93],
  [91, 90],
  [96, 95],
  [213, 212],
  [349, 348],
  [351, 350],
  [353, 352],
  [355, 354],
  [357, 356],
  [359, 358],
  [361, 360],
  [363, 362],
  [365, 364],
  [446, 445],
  [619, 618],
  [622, 621],
  [1185, 1184],
  [1278, 1277],
  [1281, 1280],
  [1283, 1282],
  [1398, 1397],
  [1402, 1401],
  [1404, 1403],
  [1469, 1468],
]);

const TAG_MAX = Math.max(...LENGTH_TAG_BY_DATA_TAG.keys());

/** `DATA_TAG_AFTER[lengthTag]` is the data tag that follows, or 0. Dense, for the hot path. */
export const DATA_TAG_AFTER: Int32Array = new Int32Array(TAG_MAX + 1);
for (const [dataTag, lengthTag] of LENGTH_TAG_BY_DATA_TAG) DATA_TAG_AFTER[lengthTag] = dataTag;

const ZERO = 48;

/** The value of a length field, or -1, which ends no data field. */
export function readLength(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9 || length > 0xfffffff) return -1;
    length = length * 10 + digit;
  }
  return start === end ? -1 : length;
}
