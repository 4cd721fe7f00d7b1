/**
 * What the codec gets wrong over a corpus: a sound message with a framing fault, or a broken one without it.
 *
 * @module
 */

import { decodeMessage, Dictionaries, LogReader } from "../../shared/fix/mod.ts";

export type Corpus = "valid" | "malformed";

export interface Verdict {
  readonly messages: number;
  /** A line each: where, what was found, what was expected. */
  readonly wrong: readonly string[];
}

const FRAMING_CODES: ReadonlySet<string> = new Set([
  "begin_string",
  "body_length",
  "checksum",
  "garbled",
  "header_order",
]);
/** Which codes answer a status of `malformed.tsv`; any other status asks for any framing code. */
const CODES_BY_STATUS: ReadonlyMap<string, readonly string[]> = new Map([
  ["badlen", ["body_length"]],
  ["badsum", ["checksum"]],
  ["badboth", ["body_length", "checksum"]],
]);

/**
 * @param log The messages, as `fix:decode` takes them.
 * @param index The table beside them, a line for a line of the log, with a column `status`; may be absent.
 */
export function judge(corpus: Corpus, log: Uint8Array, index: string | undefined): Verdict {
  const reader = new LogReader();
  const dictionaries = new Dictionaries();
  const statuses = readStatuses(index);
  const wrong: string[] = [];
  let messages = 0;
  for (const entry of [...reader.read(log), ...reader.end()]) {
    messages++;
    const place = `${corpus}.fix:${entry.line}`;
    const found = entry.kind === "garbled"
      ? ["garbled"]
      : framingCodes(entry.bytes, entry.faults, dictionaries);
    const status = statuses.get(entry.line);
    const wanted = corpus === "valid" ? [] : CODES_BY_STATUS.get(status ?? "");
    const isRight = corpus === "valid"
      ? found.length === 0
      : wanted?.every((code) => found.includes(code)) ?? found.length > 0;
    if (!isRight) {
      const expected = wanted?.join(", ") ?? "a framing fault";
      wrong.push(`${place}: found ${found.join(", ") || "no fault"}, expected ${expected || "no fault"}`);
    }
  }
  return { messages, wrong };
}

function framingCodes(
  bytes: Uint8Array,
  faults: Parameters<typeof decodeMessage>[1],
  dictionaries: Dictionaries,
): string[] {
  const codes = decodeMessage(bytes, faults, dictionaries).errors.map((error) => error.code);
  return [...new Set(codes)].filter((code) => FRAMING_CODES.has(code));
}

function readStatuses(index: string | undefined): Map<number, string> {
  const [head = "", ...rows] = (index ?? "").trimEnd().split("\n");
  const columns = head.split("\t");
  const lineColumn = columns.indexOf("line");
  const statusColumn = columns.indexOf("status");
  return new Map(rows.map((row) => {
    const cells = row.split("\t");
    return [Number(cells[lineColumn]), cells[statusColumn] ?? ""];
  }));
}
