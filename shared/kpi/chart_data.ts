/**
 * What one chart draws, one table lists and one file holds: labels, and values for each.
 *
 * @module
 */

/** A colour with a meaning; the stylesheet says which one it is in each theme. */
export type Tone =
  | "main"
  | "soft"
  | "danger"
  | "ok"
  | "warn"
  | "ink"
  | "equity"
  | "bond"
  | "derivative"
  | "fx"
  | "commodity";

export interface Series {
  readonly name: string;
  readonly tone: Tone;
  /** NaN: there is none. */
  readonly values: readonly number[];
}

export interface ChartData {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** One tone for each label, where the labels are what the colours tell apart. */
  readonly tones?: readonly Tone[];
  /** Of a flow: what each label leads from and to. */
  readonly links?: readonly { readonly from: string; readonly to: string }[];
  /** What lies behind one value; null: nothing that could be shown. */
  readonly toAddress?: (label: number, series: number) => string | null;
}

/** Bars in one chart; the table of trades tells the rest. */
const BARS_MAX = 10;

/** The largest first; names decide among equals, so that bars of one height do not change places. */
export function largest<T>(
  by: Readonly<Record<string, T>>,
  sizeOf: (value: T) => number,
): [string, T][] {
  return Object.entries(by)
    .sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || (a < b ? -1 : 1))
    .slice(0, BARS_MAX);
}

/** The chart as a file: a line for each label. Values are written in full, for a machine to read. */
export function toCsv({ labels, series }: ChartData, of: string): string {
  const lines = [
    [of, ...series.map(({ name }) => name)],
    ...labels.map((label, index) => [
      label,
      ...series.map(({ values }) => Number.isFinite(values[index]) ? String(values[index]) : ""),
    ]),
  ];
  return lines.map((cells) => cells.map(toCell).join(",")).join("\r\n") + "\r\n";
}

/** RFC 4180; a text that a spreadsheet would take for a formula is made a text. */
function toCell(cell: string): string {
  const text = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
