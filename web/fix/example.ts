/**
 * Messages to try the inspector with: a fill, its correction to compare it with, and one that was damaged.
 *
 * @module
 */

import { encodeMessage, type FieldToEncode } from "../../shared/fix/mod.ts";

const HEADER = (seqNum: string, time: string): FieldToEncode[] => [
  [49, "GSCO"],
  [56, "BREAKWATER"],
  [34, seqNum],
  [52, `20261123-${time}`],
];
const ORDER: FieldToEncode[] = [[37, "GS-20417"], [11, "O-20417"]];
const PARTIES: FieldToEncode[] = [
  [453, "2"],
  [448, "GSCO"],
  [447, "D"],
  [452, "1"],
  [802, "1"],
  [523, "NY DESK 4"],
  [803, "25"],
  [448, "DTCC"],
  [447, "D"],
  [452, "10"],
];
const TERMS = (quantity: string, price: string): FieldToEncode[] => [
  [55, "AAPL"],
  [207, "XNAS"],
  [54, "1"],
  [38, "500"],
  [40, "2"],
  [44, "271.60"],
  [15, "USD"],
  [59, "0"],
  [32, quantity],
  [31, price],
  [30, "XNAS"],
  [151, "200"],
  [14, "300"],
  [6, price],
  [75, "20261123"],
  [64, "20261124"],
];

export function toExample(): string {
  const fill = toLine([
    ...HEADER("1041", "14:30:05.125"),
    ...ORDER,
    ...PARTIES,
    [17, "E-20417-2"],
    [150, "F"],
    [39, "1"],
    ...TERMS("300", "271.50"),
    [60, "20261123-14:30:05.100"],
  ]);
  const correction = toLine([
    ...HEADER("1057", "14:34:41.008"),
    ...ORDER,
    ...PARTIES,
    [17, "E-20417-3"],
    [19, "E-20417-2"],
    [150, "G"],
    [39, "1"],
    ...TERMS("300", "271.48"),
    [60, "20261123-14:34:41.000"],
    [58, "Price corrected"],
  ]);
  const damaged = fill.replace("|34=1041|", "|34=1058|").replace("|54=1|", "|54=X|").replace(
    "|17=E-20417-2",
    "",
  );
  return [
    `2026-11-23 14:30:05.126 IN  ${fill}`,
    `2026-11-23 14:34:41.009 IN  ${correction}`,
    `2026-11-23 14:34:52.511 IN  ${damaged}`,
  ].join("\n");
}

function toLine(fields: readonly FieldToEncode[]): string {
  const bytes = encodeMessage({ beginString: "FIX.4.4", msgType: "8", fields: [...fields] });
  return new TextDecoder().decode(bytes).replaceAll("\x01", "|");
}
