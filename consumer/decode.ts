/**
 * One Kafka record to what it says: a booked trade, a street message, or the reason why it is neither. A record
 * of one topic is read one way, whatever it looks like; bad bytes end here as a value and never throw.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { KafkaRecord } from "../shared/platform/intake.ts";
import { canonical } from "../shared/trade/canonical.ts";
import { type Expected, openExpectations } from "../shared/trade/expected.ts";
import { readStreet, type StreetOptions } from "../shared/trade/read_street.ts";
import { readTrade } from "../shared/trade/read_trade.ts";
import type { StreetMessage } from "../shared/trade/street.ts";
import type { Rejected, Trade } from "../shared/trade/trade.ts";

/** Where a record came from, and its bytes as they were. */
export interface Source extends KafkaRecord {
  /** SHA-256 of the value; with the position it tells a record from one of a re-created topic. */
  readonly digest: Uint8Array;
}

export type Decoded =
  | {
    readonly kind: "trade";
    readonly source: Source;
    readonly trade: Trade;
    /** SHA-256 of the trade's canonical content, hexadecimal: tells a repeat of a version from a conflict. */
    readonly hash: string;
    /** What we expect of it ourselves. */
    readonly expected: Expected;
  }
  | { readonly kind: "message"; readonly source: Source; readonly message: StreetMessage }
  | Rejection;

/** A record that is set aside. */
export interface Rejection extends Rejected {
  readonly source: Source;
}

export interface DecodeSettings {
  readonly fixTopic: string;
  readonly validation: "strict" | "lenient";
  /** The standard's own where absent. */
  readonly street?: StreetOptions;
  /** By the published calendars where absent. */
  readonly expect?: ReturnType<typeof openExpectations>;
}

/** Far above any trade or FIX message; below what a broker takes by default. */
const VALUE_BYTES_MAX = 1_000_000;
const NO_BYTES = new Uint8Array();
const expectByPublished = openExpectations();

export function decode(
  record: KafkaRecord,
  { fixTopic, validation, street, expect = expectByPublished }: DecodeSettings,
): Decoded {
  const { topic, partition, offset, key, value, recordTimeMs } = record;
  const digest = createHash("sha256").update(value ?? NO_BYTES).digest();
  const source = { topic, partition, offset, key, value, recordTimeMs, digest };
  if (value === null || value.length === 0) {
    return {
      kind: "rejected",
      source,
      code: "empty",
      text: `The record has ${value ? "an empty" : "no"} value`,
    };
  }
  if (value.length > VALUE_BYTES_MAX) {
    const text = `The value has ${value.length} bytes, more than ${VALUE_BYTES_MAX}`;
    return { kind: "rejected", source, code: "too_large", text };
  }
  if (topic === fixTopic) {
    const read = readStreet(value, validation, street);
    return read.kind === "rejected" ? { ...read, source } : { kind: "message", source, message: read };
  }
  const read = readTrade(value);
  if (read.kind === "rejected") return { ...read, source };
  const expected = expect(read.trade);
  if (expected.kind === "uncovered") {
    return { kind: "rejected", source, code: "calendar_uncovered", text: expected.text };
  }
  return { kind: "trade", source, trade: read.trade, hash: hashOf(read.trade), expected };
}

function hashOf(trade: Trade): string {
  return createHash("sha256").update(Buffer.from(canonical(trade))).digest("hex");
}
