/**
 * The fields of one message: a single pass notes each tag and where its value lies, and a value becomes
 * text only when asked for. One instance is reused for message after message and allocates nothing.
 *
 * @module
 */

import { DATA_TAG_AFTER, readLength } from "./data_fields.ts";
import type { Fault } from "./faults.ts";
import { scanFrame, scanHeader, scanTrailer } from "./frame.ts";
import { readKnownLatin1 } from "./known_text.ts";
import { scanBytes, SCANNED_BYTES_MAX, sohCount, viewOf } from "./scan.ts";
import { guessRow, hasRow, learnRow, type TagRow } from "./tag_rows.ts";
import { readLatin1 } from "./text.ts";

const SOH = 1;
const ZERO = 48;
const EQUALS = 61;
/** `10=` */
const TRAILER_HEAD_BYTES = 3;
const TRAILER_BYTES = 7;
/** Look-up is by table below this tag, by map above; brokers' own tags end well before. */
const TABLE_TAGS = 1 << 16;
const TAG_DIGITS_MAX = 9;
const DATA_TAGS_END = DATA_TAG_AFTER.length;
/** Numbers up to it take no room on the heap. */
const SMALL_INTEGER = 0x3fffffff;
const FIELDS_AT_FIRST = 256;
/** `1=` and SOH */
const FIELD_BYTES_MIN = 3;
/** Enough to see what is wrong; rubbish of a megabyte would note a hundred thousand. */
const FAULTS_MAX = 50;

export class Fields {
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  tags: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  starts: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  ends: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  /** The message's tags where they are a row that is known: then `tags` is that row's. */
  row: TagRow | undefined;
  /** Fields that are none. They are not counted among the fields. */
  readonly faults: Fault[] = [];

  /** `#slots[tag] - #base` is the tag's first field when not negative; a new message only moves the base. */
  readonly #slots = new Int32Array(TABLE_TAGS);
  #base = 1;
  readonly #highTags = new Map<number, number>();
  readonly #repeats: number[] = [];
  /** Of the whole buffer that `bytes` is a part of. */
  #view = viewOf(this.bytes.buffer);
  #isIndexed = true;
  /** `tags` of messages without a known row. */
  #ownTags = this.tags;

  /**
   * Reads the fields of the frame at `start`, in one pass with its checksum. Forgets the message before.
   *
   * @returns As `scanFrame`; without a sound frame there are no fields.
   */
  readFrame(bytes: Uint8Array, start: number, end: number): number {
    const trailerAt = scanHeader(bytes, start, end);
    if (trailerAt < 0 || trailerAt - start > SCANNED_BYTES_MAX) {
      const answer = trailerAt < 0 ? trailerAt : scanFrame(bytes, start, end);
      if (answer > 0) this.read(bytes, start, answer);
      else this.#forget();
      return answer;
    }
    this.#forget();
    this.#open(bytes, start, trailerAt + TRAILER_BYTES, trailerAt - start);
    const { byteOffset } = bytes;
    const view = this.#view;
    const sum = scanBytes(view, byteOffset, byteOffset + start, byteOffset + trailerAt, this.ends);
    const frameEnd = scanTrailer(bytes, trailerAt, sum);
    if (frameEnd < 0) return frameEnd;
    const key = this.#rowKey(view, sohCount());
    const row = guessRow(key);
    if (row === undefined || !this.#useRow(row, view, start, trailerAt)) {
      this.#readFields(start, frameEnd);
      if (this.faults.length === 0) learnRow(key, this.tags, this.count);
    }
    return frameEnd;
  }

  /** What messages with one row of tags have in common: their type, number of fields, and two of the tags. */
  #rowKey(view: DataView, sohCount: number): number {
    const { ends } = this;
    const { byteOffset } = this.bytes;
    const msgType = view.getUint16(byteOffset + ends[1]! + "|35=".length);
    const inMiddle = view.getUint16(byteOffset + ends[sohCount >> 1]! + 1);
    const later = view.getUint16(byteOffset + ends[sohCount - 1 - (sohCount >> 2)]! + 1);
    const mixed = Math.imul(msgType, 0x9e3779b1) + Math.imul(inMiddle, 0x85ebca6b) + later + (sohCount << 16);
    return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 16;
  }

  #useRow(row: TagRow, view: DataView, start: number, trailerAt: number): boolean {
    const last = sohCount();
    const { starts, ends } = this;
    if (row.tags.length !== last + 1) return false;
    if (!hasRow(row, view, this.bytes.byteOffset, start, starts, ends)) return false;
    starts[last] = trailerAt + TRAILER_HEAD_BYTES;
    ends[last] = trailerAt + TRAILER_BYTES - 1;
    this.row = row;
    this.tags = row.tags;
    this.count = last + 1;
    return true;
  }

  /** Reads the fields of `[start, end)`, whose last byte must be SOH. Forgets the message before. */
  read(bytes: Uint8Array, start: number, end: number): void {
    if (bytes[end - 1] !== SOH) throw new RangeError("Cannot read fields: the last byte is not SOH");
    this.#forget();
    this.#open(bytes, start, end);
    this.#readFields(start, end);
  }

  #readFields(start: number, end: number): void {
    const { bytes, tags, starts, ends } = this;
    let { count } = this;
    let dataTag = 0;
    for (let at = start; at < end;) {
      const fieldAt = at;
      let tag = 0;
      let digit = bytes[at]! - ZERO;
      while (digit >>> 0 <= 9) {
        tag = tag * 10 + digit;
        digit = bytes[++at]! - ZERO;
      }
      if (digit !== EQUALS - ZERO || bytes[fieldAt] === ZERO || at - fieldAt - 1 >>> 0 >= TAG_DIGITS_MAX) {
        this.count = count;
        at = this.#noteBroken(bytes, fieldAt);
        dataTag = 0;
        continue;
      }
      const valueAt = ++at;
      if (dataTag !== 0) {
        this.count = count;
        at = this.#dataEnd(tag === dataTag, valueAt, end);
      }
      while (bytes[at] !== SOH) at++;
      tags[count] = tag;
      starts[count] = valueAt;
      ends[count++] = at;
      if (at === valueAt) this.#noteEmpty(tag, count - 1);
      dataTag = tag < DATA_TAGS_END ? DATA_TAG_AFTER[tag]! : 0;
      at++;
    }
    this.count = count;
  }

  /** Fields whose tag stood before in the message: members of groups, or a fault. In message order. */
  get repeats(): readonly number[] {
    if (!this.#isIndexed) this.#index();
    return this.#repeats;
  }

  /** The first field with this tag, or -1. */
  find(tag: number): number {
    const { row } = this;
    if (row !== undefined) return tag < row.slots.length ? row.slots[tag]! - 1 : -1;
    if (!this.#isIndexed) this.#index();
    if (tag < TABLE_TAGS) {
      const index = this.#slots[tag]! - this.#base;
      return index >= 0 ? index : -1;
    }
    return this.#highTags.get(tag) ?? -1;
  }

  has(tag: number): boolean {
    return this.find(tag) >= 0;
  }

  /** The value of the first field with this tag, as Latin-1. */
  text(tag: number): string | undefined {
    const index = this.find(tag);
    return index < 0 ? undefined : this.textAt(index);
  }

  textAt(index: number): string {
    return readKnownLatin1(this.bytes, this.#view, this.starts[index]!, this.ends[index]!);
  }

  /** Whether the value is this one byte. */
  isByteAt(index: number, byte: number): boolean {
    const start = this.starts[index]!;
    return this.ends[index]! - start === 1 && this.bytes[start] === byte;
  }

  /** Fills the look-up at the first question: who only checks a message asks none. */
  #index(): void {
    this.#isIndexed = true;
    const { count, tags } = this;
    const slots = this.#slots;
    const base = this.#base;
    for (let index = 0; index < count; index++) {
      const tag = tags[index]!;
      if (tag >= TABLE_TAGS) this.#addHighTag(tag, index);
      else if (slots[tag]! < base) slots[tag] = base + index;
      else this.#repeats.push(index);
    }
  }

  #addHighTag(tag: number, index: number): void {
    if (this.#highTags.has(tag)) this.#repeats.push(index);
    else this.#highTags.set(tag, index);
  }

  /** Where the value of a data field ends, told by the length before it; else where to look for its SOH. */
  #dataEnd(isData: boolean, valueAt: number, end: number): number {
    if (!isData) return valueAt;
    const last = this.count - 1;
    const at = valueAt + readLength(this.bytes, this.starts[last]!, this.ends[last]!);
    if (at >= valueAt && at < end && this.bytes[at] === SOH) return at;
    const tag = this.tags[last]!;
    this.#note({
      code: "data_length",
      tag,
      index: last,
      text: `Length ${this.textAt(last)} in field ${tag} does not end its data field`,
    });
    return valueAt;
  }

  #noteEmpty(tag: number, index: number): void {
    this.#note({ code: "tag_without_value", tag, index, text: `Field ${tag} has no value` });
  }

  /** Notes what stands where a field should, and steps over it. */
  #noteBroken(bytes: Uint8Array, at: number): number {
    const end = bytes.indexOf(SOH, at);
    const hasEquals = bytes.subarray(at, end).includes(EQUALS);
    const seen = readLatin1(bytes, at, Math.min(end, at + 40));
    if (hasEquals) {
      this.#note({ code: "invalid_tag", text: `"${seen}" does not begin with a tag number` });
    } else {
      const before = this.count > 0 ? this.tags[this.count - 1]! : 0;
      const text = `"${seen}" is no field: SOH inside the value of field ${before}`;
      this.#note({ code: "soh_in_value", tag: before, index: Math.max(0, this.count - 1), text });
    }
    return end + 1;
  }

  #note(fault: Fault): void {
    if (this.faults.length < FAULTS_MAX) this.faults.push(fault);
  }

  #forget(): void {
    if (this.#isIndexed) this.#base += this.count;
    this.#isIndexed = false;
    this.row = undefined;
    this.tags = this.#ownTags;
    this.count = 0;
    if (this.#repeats.length > 0) this.#repeats.length = 0;
    if (this.faults.length > 0) this.faults.length = 0;
    if (this.#highTags.size > 0) this.#highTags.clear();
    if (this.#base > SMALL_INTEGER) {
      this.#slots.fill(0);
      this.#base = 1;
    }
  }

  #open(bytes: Uint8Array, start: number, end: number, fieldsMax = (end - start) / FIELD_BYTES_MIN): void {
    // Asking for the buffer costs as much as reading two fields.
    if (bytes !== this.bytes) this.#view = viewOf(bytes.buffer);
    this.bytes = bytes;
    if (fieldsMax <= this.ends.length) return;
    for (const name of ["starts", "ends"] as const) this[name] = new Int32Array(Math.ceil(fieldsMax) * 2);
    this.tags = this.#ownTags = new Int32Array(this.ends.length);
  }
}
