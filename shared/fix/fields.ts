/**
 * The fields of one message: a single pass notes each tag and where its value lies, and a value becomes
 * text only when asked for. One instance is reused for message after message and allocates nothing.
 *
 * @module
 */

import { DATA_TAG_AFTER } from "./data_fields.ts";
import type { Fault } from "./faults.ts";
import { readLatin1 } from "./text.ts";

const SOH = 1;
const ZERO = 48;
const NINE = 57;
const EQUALS = 61;
/** Look-up is by table below this tag, by map above; brokers' own tags end well before. */
const TABLE_TAGS = 1 << 16;
const TAG_DIGITS_MAX = 9;
const FIELDS_AT_FIRST = 256;
/** Enough to see what is wrong; rubbish of a megabyte would note a hundred thousand. */
const FAULTS_MAX = 50;

export class Fields {
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  tags: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  starts: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  ends: Int32Array = new Int32Array(FIELDS_AT_FIRST);
  /** Fields whose tag stood before in the message: members of groups, or a fault. In message order. */
  readonly repeats: number[] = [];
  /** Fields that are none. They are not counted among the fields. */
  readonly faults: Fault[] = [];

  /** `#slots[tag] - #base` is the tag's first field when not negative; a new message only moves the base. */
  readonly #slots = new Int32Array(TABLE_TAGS);
  #base = 1;
  readonly #highTags = new Map<number, number>();

  /** Reads the fields of `[start, end)`, whose last byte must be SOH. Forgets the message before. */
  read(bytes: Uint8Array, start: number, end: number): void {
    if (bytes[end - 1] !== SOH) throw new RangeError("Cannot read fields: the last byte is not SOH");
    this.#forget();
    this.bytes = bytes;
    let dataTag = 0;
    let dataLength = 0;
    for (let at = start; at < end;) {
      const fieldAt = at;
      let tag = 0;
      let byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        tag = tag * 10 + byte - ZERO;
        byte = bytes[++at]!;
      }
      if (
        byte !== EQUALS || bytes[fieldAt] === ZERO || at === fieldAt || at - fieldAt > TAG_DIGITS_MAX
      ) {
        at = this.#noteBroken(bytes, fieldAt);
        dataTag = 0;
        continue;
      }
      const valueAt = ++at;
      if (tag === dataTag && dataTag !== 0 && this.#endsAt(bytes, valueAt + dataLength, end)) {
        at = valueAt + dataLength;
      } else {
        while (bytes[at] !== SOH) at++;
      }
      this.#add(tag, valueAt, at);
      dataTag = tag < DATA_TAG_AFTER.length ? DATA_TAG_AFTER[tag]! : 0;
      if (dataTag !== 0) dataLength = readLength(bytes, valueAt, at);
      at++;
    }
  }

  /** The first field with this tag, or -1. */
  find(tag: number): number {
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
    return readLatin1(this.bytes, this.starts[index]!, this.ends[index]!);
  }

  /** The first byte of the value, or 0: enough for the many fields of one character. */
  byte(tag: number): number {
    const index = this.find(tag);
    return index < 0 ? 0 : this.bytes[this.starts[index]!]!;
  }

  #add(tag: number, start: number, end: number): void {
    const index = this.count++;
    if (index === this.tags.length) this.#grow();
    this.tags[index] = tag;
    this.starts[index] = start;
    this.ends[index] = end;
    if (tag >= TABLE_TAGS) this.#addHighTag(tag, index);
    else if (this.#slots[tag]! < this.#base) this.#slots[tag] = this.#base + index;
    else this.repeats.push(index);
    if (start === end) this.#note({ code: "tag_without_value", tag, text: `Field ${tag} has no value` });
  }

  #addHighTag(tag: number, index: number): void {
    if (this.#highTags.has(tag)) this.repeats.push(index);
    else this.#highTags.set(tag, index);
  }

  #endsAt(bytes: Uint8Array, at: number, end: number): boolean {
    if (at < end && bytes[at] === SOH) return true;
    const tag = this.tags[this.count - 1]!;
    const text = `Length ${this.textAt(this.count - 1)} in field ${tag} does not end its data field`;
    this.#note({ code: "data_length", tag, text });
    return false;
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
    this.#base += this.count;
    this.count = 0;
    if (this.repeats.length > 0) this.repeats.length = 0;
    if (this.faults.length > 0) this.faults.length = 0;
    if (this.#highTags.size > 0) this.#highTags.clear();
    if (this.#base > 0x3fffffff) {
      this.#slots.fill(0);
      this.#base = 1;
    }
  }

  #grow(): void {
    for (const name of ["tags", "starts", "ends"] as const) {
      const larger = new Int32Array(this[name].length * 2);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}

/** The value of a length field, or -1, which ends no data field. */
function readLength(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9 || length > 0xfffffff) return -1;
    length = length * 10 + digit;
  }
  return start === end ? -1 : length;
}
