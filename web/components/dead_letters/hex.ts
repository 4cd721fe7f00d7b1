/**
 * Bytes as a table of sixteen in a row: where they are, in hexadecimal, and as letters where they are some. Pure.
 *
 * @module
 */

const ROW = 16;

export interface HexRow {
  /** `000010` */
  readonly at: string;
  /** `38 3d 46 49 …`, padded to a full row. */
  readonly hex: string;
  /** What is no printable ASCII is a dot. */
  readonly text: string;
}

export function toHexRows(bytes: Uint8Array): HexRow[] {
  return Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, n) => {
    const part = [...bytes.subarray(n * ROW, (n + 1) * ROW)];
    return {
      at: (n * ROW).toString(16).padStart(6, "0"),
      hex: part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ").padEnd(3 * ROW - 1),
      text: part.map((byte) => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".").join(""),
    };
  });
}
