/**
 * Finds FIX messages in logs: raw or with `|` or `^A` for SOH, one or many a line, behind any prefix. A
 * message of raw bytes may hold line breaks; with other separators it ends with its line.
 *
 * @module
 */

import type { Fault } from "./faults.ts";
import { frameFaults } from "./frame_faults.ts";
import { MESSAGE_BYTES_MAX, PARTIAL, scanFrame } from "./frame.ts";
import { findRunStart, findStart, readSeparator, toSoh } from "./log_text.ts";
import { readLatin1 } from "./text.ts";

export type LogEntry =
  /** Its separators are SOH. */
  | { kind: "message"; line: number; bytes: Uint8Array; faults: Fault[] }
  /** A line that is not empty and holds no message. */
  | { kind: "garbled"; line: number; text: string };

const LINE_FEED = 10;
const SHOWN_CHARS_MAX = 80;
/** A message, and room for its frame. */
const KEPT_BYTES_MAX = MESSAGE_BYTES_MAX + 1_024;

/** Reads a log in chunks, keeping no more of it than one message. */
export class LogReader {
  #buffer = new Uint8Array(0);
  #at = 0;
  #line = 1;
  #lineHasMessage = false;
  /** The beginning of the line, as far as no message was found in it. */
  #lineText = "";

  *read(chunk: Uint8Array): Generator<LogEntry> {
    const kept = this.#buffer.subarray(this.#at);
    this.#buffer = new Uint8Array(kept.length + chunk.length);
    this.#buffer.set(kept);
    this.#buffer.set(chunk, kept.length);
    this.#at = 0;
    yield* this.#drain(false);
  }

  *end(): Generator<LogEntry> {
    yield* this.#drain(true);
    if (this.#at < this.#buffer.length || this.#lineText !== "") yield* this.#endLine(this.#buffer.length);
  }

  *#drain(isLast: boolean): Generator<LogEntry> {
    let lineFeed = this.#buffer.indexOf(LINE_FEED, this.#at);
    while (this.#at < this.#buffer.length) {
      if (lineFeed >= 0 && lineFeed < this.#at) lineFeed = this.#buffer.indexOf(LINE_FEED, this.#at);
      const lineEnd = lineFeed < 0 ? this.#buffer.length : lineFeed;
      const isWhole = isLast || lineFeed >= 0;
      const start = findStart(this.#buffer, this.#at, lineEnd, isWhole && !this.#lineHasMessage);
      if (start < 0) {
        if (!isWhole) return this.#drop(lineEnd);
        yield* this.#endLine(lineEnd);
        continue;
      }
      const entry = this.#readMessage(start, lineEnd, isWhole, isLast);
      if (entry === undefined) return;
      this.#lineHasMessage = true;
      yield entry;
    }
  }

  /** The message at `start`, or undefined while more bytes could complete it. */
  #readMessage(start: number, lineEnd: number, isWhole: boolean, isLast: boolean): LogEntry | undefined {
    const buffer = this.#buffer;
    const canWait = buffer.length - start < KEPT_BYTES_MAX;
    const separator = readSeparator(buffer, start, lineEnd);
    if (separator === undefined && !isWhole && canWait) return undefined;
    const isRaw = separator === undefined || separator === "\x01";
    const runStart = findRunStart(buffer, this.#at, start, separator ?? "\x01");
    if (isRaw && runStart === start) {
      const answer = scanFrame(buffer, start, buffer.length);
      if (answer === PARTIAL && !isLast && canWait) return undefined;
      if (answer > 0) return this.#take(buffer.subarray(start, answer), [], answer);
    }
    const broken = toSoh(buffer, runStart, lineEnd, separator ?? "\x01");
    if (!broken.isClosed && !isWhole && canWait) return undefined;
    return this.#take(broken.bytes, frameFaults(broken.bytes), broken.end);
  }

  #take(bytes: Uint8Array, faults: Fault[], end: number): LogEntry {
    const entry: LogEntry = { kind: "message", line: this.#line, bytes, faults };
    for (let at = this.#at; at < end; at++) if (this.#buffer[at] === LINE_FEED) this.#line++;
    this.#at = end;
    return entry;
  }

  *#endLine(lineEnd: number): Generator<LogEntry> {
    this.#keepText(lineEnd);
    const text = this.#lineText.trim();
    if (!this.#lineHasMessage && text !== "") yield { kind: "garbled", line: this.#line, text };
    this.#at = Math.min(lineEnd + 1, this.#buffer.length);
    this.#line++;
    this.#lineHasMessage = false;
    this.#lineText = "";
  }

  /** A line without end and without a message is not kept whole; half a start at its end is. */
  #drop(end: number): void {
    if (end - this.#at < KEPT_BYTES_MAX) return;
    this.#keepText(end);
    this.#at = end - SHOWN_CHARS_MAX;
  }

  #keepText(end: number): void {
    if (this.#lineText === "") {
      this.#lineText = readLatin1(this.#buffer, this.#at, Math.min(end, this.#at + SHOWN_CHARS_MAX));
    }
  }
}
