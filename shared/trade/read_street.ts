/**
 * Reads one record of the street's topic: FIX bytes to what they say of executions and orders.
 *
 * @module
 */

import {
  checkMessage,
  Dictionaries,
  type Fault,
  FieldError,
  Fields,
  frameFaults,
  type MessageDefinition,
  readTimestampAt,
} from "../fix/mod.ts";
import type { Rejected } from "./trade.ts";
import type { FixHeader, StreetMessage } from "./street.ts";
import { type Reading, readOptional, readRequired } from "./reading.ts";
import { type Facts, STANDARD_RULES, type StreetRules, toFacts } from "./street_facts.ts";
import { readIdentityAt, readSeqNumAt } from "./street_values.ts";

/** A broken group of a thousand instances has a thousand faults; a person reads the first. */
const FAULTS_KEPT_MAX = 20;

export type Validation = "strict" | "lenient";

const SOH = 1;
const BAR = 124;
const FAULT_CHARS_MAX = 300;

const fields = new Fields();

/** What a firm may set: its own CompIDs, its brokers' tags and fees. */
export interface StreetOptions extends StreetRules {
  readonly dictionaries: Dictionaries;
}

const STANDARD: StreetOptions = { ...STANDARD_RULES, dictionaries: new Dictionaries() };

/**
 * Under `strict` a message with any fault is rejected. Under `lenient` it is kept with the list of what was
 * wrong, as long as what we need of it can be read. Never throws.
 */
export function readStreet(
  value: Uint8Array,
  validation: Validation,
  options = STANDARD,
): StreetMessage | Rejected {
  try {
    return readMessage(value, validation === "strict", options);
  } catch (error) {
    if (error instanceof FieldError) return rejected({ code: error.code, text: error.message });
    throw error;
  }
}

function readMessage(
  value: Uint8Array,
  strict: boolean,
  options: StreetOptions,
): StreetMessage | Rejected {
  const sound = fields.readFrame(value, 0, value.length) === value.length;
  const faults: Fault[] = [];
  if (!sound) {
    const bytes = strict ? value : asFields(value);
    faults.push(...frameFaults(bytes));
    if (faults.length > 0 && (strict || faults[0]!.code === "garbled")) return rejected(faults[0]!);
    fields.read(bytes, 0, bytes.length);
  }
  faults.push(...fields.faults);
  const definition = checkFields(strict, faults, options.dictionaries);
  if (faults.length > 0 && fields.repeats.some((index) => fields.tags[index] === 8)) {
    return rejected({ code: "garbled", text: "The record holds more than one message" });
  }
  if (strict && faults.length > 0) return rejected(faults[0]!);
  const reading: Reading = { fields, strict, faults, definition };
  const header = readHeader(reading);
  const facts = toFacts(reading, header, options);
  if (strict && faults.length > 0) return rejected(faults[0]!);
  const texts = faults.length === 0 ? NO_FAULTS : faults.slice(0, FAULTS_KEPT_MAX).map(faultText);
  return toMessage(header, facts, texts);
}

const NO_FAULTS: readonly string[] = [];

function toMessage(header: FixHeader, facts: Facts, faults: readonly string[]): StreetMessage {
  const { execution, order, terms, postTrade, cancelReject } = facts;
  if (terms !== undefined) return { kind: "message", header, execution, order, terms, faults };
  if (postTrade !== undefined) return { kind: "message", header, execution, order, postTrade, faults };
  if (cancelReject !== undefined) return { kind: "message", header, execution, order, cancelReject, faults };
  return { kind: "message", header, execution, order, faults };
}

function checkFields(
  strict: boolean,
  faults: Fault[],
  dictionaries: Dictionaries,
): MessageDefinition | undefined {
  const beginString = fields.count > 0 && fields.tags[0] === 8 ? fields.textAt(0) : fields.text(8) ?? "";
  const applVerId = beginString === "FIXT.1.1" ? fields.text(1128) : undefined;
  const dictionary = dictionaries.find(beginString, applVerId);
  if (dictionary !== undefined) return checkMessage(fields, dictionary, faults, strict ? undefined : true);
  const text = `There is no dictionary for BeginString (8) "${beginString}"`;
  faults.push({ code: "unsupported_version", tag: 8, text });
  return undefined;
}

function readHeader(reading: Reading): FixHeader {
  return {
    beginString: readRequired(reading, 8, readIdentityAt),
    msgType: readRequired(reading, 35, readIdentityAt),
    senderCompId: readOptional(reading, 49, readIdentityAt),
    targetCompId: readOptional(reading, 56, readIdentityAt),
    msgSeqNum: readOptional(reading, 34, readSeqNumAt),
    sendingTime: readOptional(reading, 52, readTimestampAt),
    clOrdId: readOptional(reading, 11, readIdentityAt),
    origClOrdId: readOptional(reading, 41, readIdentityAt),
    orderId: readOptional(reading, 37, readIdentityAt),
    execId: readOptional(reading, 17, readIdentityAt),
  };
}

/** Demo feeds write `|` for SOH, and forget the last one or end in a line break. */
function asFields(value: Uint8Array): Uint8Array {
  let end = value.length;
  while (end > 0 && (value[end - 1] === 10 || value[end - 1] === 13)) end--;
  const bytes = new Uint8Array(end + 1);
  bytes.set(value.subarray(0, end));
  bytes[end] = SOH;
  if (value.includes(BAR) && !value.includes(SOH)) {
    for (let at = 0; at < end; at++) if (bytes[at] === BAR) bytes[at] = SOH;
  }
  return end > 0 && bytes[end - 1] === SOH ? bytes.subarray(0, end) : bytes;
}

function rejected(fault: Fault): Rejected {
  return { kind: "rejected", code: fault.code, text: printable(fault.text) };
}

function faultText(fault: Fault): string {
  return `${fault.code}: ${printable(fault.text)}`;
}

/** PostgreSQL's text holds no NUL, and a line of a log no line break. */
function printable(text: string): string {
  return text.slice(0, FAULT_CHARS_MAX).replaceAll("\x01", "|").replace(/\p{Cc}/gu, "?");
}
