/**
 * The fields of one message: a single pass notes each tag and where its value lies, and a value becomes
 * text only when asked for. One instance is reused for message after message and allocates nothing.
 *
 * @module
 */

import { DATA_TAG_AFTER, readLength } from "./data_fields.ts";
import type { Fault } from "./faults.ts";
import { scanFrame, scanHeader, scanTrailer } from "./frame.ts";
import { scanBytes, SCANNED_BYTES_MAX, sohCount, sohs, viewOf } from "./scan.ts";
import { readKnownLatin1 } from "./known_text.ts";
import { readLatin1 } from "./text.ts";

const SOH = 1;
const ZERO = 48;
const EQUALS = 61;
const CHECK_SUM = 10;
/** Look-up is by table below this tag, by map above; brokers' own tags end well before. */
const TABLE_TAGS = 1 << 16;
const TAG_DIGITS_MAX = 9;
const DATA_TAGS_END = DATA_TAG_AFTER.length;
const TAGS_OF_SHAPES = 4_096;
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
  /** Of the tags in their order; 0 where there is none, as with data fields. */
  tagsHash = 0;
  /** Fields that are none. They are not counted among the fields. */
  readonly faults: Fault[] = [];

  /** `#slots[tag] - #base` is the tag's first field when not negative; a new message only moves the base. */
  readonly #slots = new Int32Array(TABLE_TAGS);
  #base = 1;
  readonly #highTags = new Map<number, number>();
  readonly #repeats: number[] = [];
  #isIndexed = true;
  #shapeSlots: Uint8Array | undefined;

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
    const { byteOffset } = bytes;
    const view = viewOf(bytes.buffer);
    const frameEnd = scanTrailer(
      bytes,
      trailerAt,
      scanBytes(view, byteOffset + start, byteOffset + trailerAt),
    );
    this.#forget();
    if (frameEnd < 0) return frameEnd;
    this.#open(bytes, start, frameEnd);
    const restAt = this.#readPlain(view, start);
    if (restAt === trailerAt) this.#addTrailer(trailerAt);
    else this.#readRest(restAt, frameEnd);
    return frameEnd;
  }

  /** Reads the fields of `[start, end)`, whose last byte must be SOH. Forgets the message before. */
  read(bytes: Uint8Array, start: number, end: number): void {
    if (bytes[end - 1] !== SOH) throw new RangeError("Cannot read fields: the last byte is not SOH");
    this.#forget();
    this.#open(bytes, start, end);
    this.#readRest(start, end);
  }

  /**
   * Reads fields as nearly all are: a tag of up to four digits, a value, and no data. Their ends are known from
   * the scan.
   *
   * @returns Where the first field of another kind begins.
   */
  #readPlain(view: DataView, start: number): number {
    const { tags, starts, ends } = this;
    const offset = this.bytes.byteOffset;
    const count = sohCount();
    const found = sohs;
    let at = start + offset;
    let index = 0;
    let hash = 1;
    for (; index < count; index++) {
      const soh = found[index]!;
      const word = view.getInt32(at, false);
      // The highest bit that is left marks the first `=` after the first byte.
      const turned = word ^ 0x003d3d3d;
      const marks = ~(((turned & 0x007f7f7f) + 0x007f7f7f) | turned | 0xff7f7f7f);
      const drop = 32 - Math.clz32(marks);
      let digits = (word >>> drop) - (0x303030 >>> (drop - 8));
      let valueAt = at + 5 - (drop >>> 3);
      let tag = (digits & 15) + ((digits >>> 8) & 15) * 10 + (digits >>> 16) * 100;
      if (marks === 0) {
        if (view.getUint8(at + 4) !== EQUALS) break;
        digits = word - 0x30303030;
        tag = (digits & 15) + ((digits >>> 8) & 15) * 10 + ((digits >>> 16) & 15) * 100 +
          (digits >>> 24) * 1_000;
        valueAt = at + 5;
      }
      if ((((digits + 0x06060606) | digits) & 0xf0f0f0f0) !== 0 || word >>> 24 === ZERO) break;
      if (valueAt >= soh || (tag < DATA_TAGS_END && DATA_TAG_AFTER[tag] !== 0)) break;
      hash = (Math.imul(hash, 31) + tag) | 0;
      tags[index] = tag;
      starts[index] = valueAt - offset;
      ends[index] = soh - offset;
      at = soh + 1;
    }
    this.count = index;
    this.tagsHash = index === count ? hash & SMALL_INTEGER : 0;
    return at - offset;
  }

  #addTrailer(trailerAt: number): void {
    const index = this.count++;
    this.tags[index] = CHECK_SUM;
    this.starts[index] = trailerAt + 3;
    this.ends[index] = trailerAt + 6;
  }

  /** Reads any fields, from `start` on and after those that are read. */
  #readRest(start: number, end: number): void {
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
      if (at === valueAt) this.#noteEmpty(tag);
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
    const known = this.#shapeSlots;
    if (known !== undefined && tag < TAGS_OF_SHAPES) return tag < known.length ? known[tag]! - 1 : -1;
    if (!this.#isIndexed) this.#index();
    if (tag < TABLE_TAGS) {
      const index = this.#slots[tag]! - this.#base;
      return index >= 0 ? index : -1;
    }
    return this.#highTags.get(tag) ?? -1;
  }

  /** Spares the look-up its filling: where the first field of each tag below 4096 stands is known already. */
  useSlots(slots: Uint8Array): void {
    this.#shapeSlots = slots;
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
    return readKnownLatin1(this.bytes, this.starts[index]!, this.ends[index]!);
  }

  /** The first byte of the value, or 0: enough for the many fields of one character. */
  byte(tag: number): number {
    const index = this.find(tag);
    return index < 0 ? 0 : this.bytes[this.starts[index]!]!;
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
      text: `Length ${this.textAt(last)} in field ${tag} does not end its data field`,
    });
    return valueAt;
  }

  #noteEmpty(tag: number): void {
    this.#note({ code: "tag_without_value", tag, text: `Field ${tag} has no value` });
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
      this.#note({ code: "soh_in_value", tag: before, text });
    }
    return end + 1;
  }

  #note(fault: Fault): void {
    if (this.faults.length < FAULTS_MAX) this.faults.push(fault);
  }

  #forget(): void {
    if (this.#isIndexed) this.#base += this.count;
    this.#isIndexed = false;
    this.#shapeSlots = undefined;
    this.tagsHash = 0;
    this.count = 0;
    if (this.#repeats.length > 0) this.#repeats.length = 0;
    if (this.faults.length > 0) this.faults.length = 0;
    if (this.#highTags.size > 0) this.#highTags.clear();
    if (this.#base > 0x3fffffff) {
      this.#slots.fill(0);
      this.#base = 1;
    }
  }

  #open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    const fieldsMax = (end - start) / FIELD_BYTES_MIN;
    if (fieldsMax <= this.tags.length) return;
    for (const name of ["tags", "starts", "ends"] as const) {
      this[name] = new Int32Array(Math.ceil(fieldsMax) * 2);
    }
  }
}
