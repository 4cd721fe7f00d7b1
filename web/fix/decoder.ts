/**
 * Text of a user or raw bytes of a stored message to what the inspector shows. Loaded at its first use: the
 * dictionaries are large, and most pages need none.
 *
 * @module
 */

import {
  type DecodedMessage,
  decodeMessage,
  type LogEntry,
  LogReader,
  openDictionaries,
} from "../../shared/fix/mod.ts";
import { fromFile } from "../../shared/platform/env.ts";
import { readStreet } from "../../shared/trade/read_street.ts";
import { STANDARD_RULES } from "../../shared/trade/street_facts.ts";
import type { Decoding, ShownMessage, Validation } from "../components/fix/message.ts";
import { toTree } from "./tree.ts";

/** More than anyone reads; what a log has beyond it is counted only. */
const SHOWN_MAX = 500;
/** No sound log of the size we take has more; it bounds how long one request keeps the others waiting. */
const ENTRIES_MAX = 20_000;
/** Bounds an answer about a log whose messages are large. */
const FIELDS_MAX = 50_000;

const SOH = 1;
/** Read here and not with the other settings, as it is opened at its first use; `main.ts` asks for a set one at once. */
const dictionaries = fromFile(Deno.env, "FIX_DICTIONARY", openDictionaries);
const STREET = { ...STANDARD_RULES, dictionaries };

/** Decodes a message or a log, as `fix:decode` reads it. */
export function decodeLog(bytes: Uint8Array, validation: Validation, shownMax = SHOWN_MAX): Decoding {
  const reader = new LogReader();
  const items: ShownMessage[] = [];
  const types = new Map<string, { msgType: string; msgName: string; count: number }>();
  const errors = new Map<string, { code: string; count: number }>();
  let [messages, faulty, garbledLines, fields] = [0, 0, 0, 0];
  let isCut = false;
  for (const entry of entriesOf(reader, bytes)) {
    isCut = messages + garbledLines >= ENTRIES_MAX;
    if (isCut) break;
    const isFull = items.length >= shownMax || fields > FIELDS_MAX;
    if (entry.kind === "garbled") {
      garbledLines++;
      count(errors, "garbled", { code: "garbled" });
      if (!isFull) items.push(toGarbled(entry.line, entry.text));
      continue;
    }
    messages++;
    const message = decodeMessage(
      entry.bytes,
      entry.faults,
      dictionaries,
      validation === "lenient" || undefined,
    );
    if (!message.ok) faulty++;
    const { msgType, msgName } = message;
    count(types, msgType, { msgType, msgName });
    for (const code of new Set<string>(message.errors.map((error) => error.code))) {
      count(errors, code, { code });
    }
    if (isFull) continue;
    fields += message.fields.length;
    items.push(toShown(message, entry.line, entry.bytes, validation));
  }
  const summary = { messages, faulty, garbledLines, byType: ranked(types), byError: ranked(errors) };
  return { validation, items, summary, omitted: messages + garbledLines - items.length, isCut };
}

/** Decodes a message that the pipeline has stored: one record, whatever is in it. */
export function decodeStored(raw: Uint8Array): ShownMessage {
  const [first] = decodeLog(raw, "lenient", 1).items;
  return { ...first ?? toGarbled(0, ""), line: 0 };
}

function* entriesOf(reader: LogReader, bytes: Uint8Array): Generator<LogEntry> {
  yield* reader.read(bytes);
  yield* reader.end();
}

function toShown(
  message: DecodedMessage,
  line: number,
  bytes: Uint8Array,
  validation: Validation,
): ShownMessage {
  const { ok, beginString, msgType, msgName, fields, errors } = message;
  const whole = bytes.at(-1) === SOH ? bytes : Uint8Array.of(...bytes, SOH);
  const read = readStreet(whole, validation, STREET);
  const pipeline = read.kind === "rejected"
    ? { isTaken: false, code: read.code, text: read.text }
    : { isTaken: true };
  return { line, ok, beginString, msgType, msgName, fields, errors, tree: toTree(message), pipeline };
}

function toGarbled(line: number, seen: string): ShownMessage {
  const errors = [{ code: "garbled", text: `"${seen}" holds no FIX message` }];
  return {
    line,
    ok: false,
    beginString: "",
    msgType: "",
    msgName: "",
    fields: [],
    errors,
    tree: [],
    pipeline: null,
  };
}

function count<T>(counts: Map<string, T & { count: number }>, key: string, of: T): void {
  counts.set(key, { ...of, count: (counts.get(key)?.count ?? 0) + 1 });
}

function ranked<T extends { count: number }>(counts: ReadonlyMap<string, T>): T[] {
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
