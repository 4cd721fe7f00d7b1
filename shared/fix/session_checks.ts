/**
 * What a session holds against a message, beyond what its dictionary does: who it is from and to, when it was
 * sent, and whether this side takes messages of its type.
 *
 * @module
 */

import type { MessageDefinition } from "./dictionary.ts";
import type { Fault, FaultCode } from "./faults.ts";
import type { Fields } from "./fields.ts";
import { FieldError, readTimestamp } from "./values.ts";

export interface SessionRules {
  /** SenderCompID (49) that the other side has. */
  readonly senderCompId: string;
  /** TargetCompID (56): our own. */
  readonly targetCompId: string;
  /** How far SendingTime (52) may be from our clock. The standard's example is two minutes. */
  readonly sendingTimeToleranceMs: number;
  /** MsgTypes (35) of the application that this side takes; session messages it always does. */
  readonly supported?: ReadonlySet<string>;
}

/** Adds to `found` what is wrong with the message in this session at this moment. */
export function checkSession(
  fields: Fields,
  definition: MessageDefinition,
  rules: SessionRules,
  nowMs: number,
  found: Fault[],
): void {
  checkCompId(fields, 49, rules.senderCompId, found);
  checkCompId(fields, 56, rules.targetCompId, found);
  checkSendingTime(fields, rules.sendingTimeToleranceMs, nowMs, found);
  const { category, msgType, name } = definition;
  if (category === "app" && rules.supported !== undefined && !rules.supported.has(msgType)) {
    const text = `${name} (${msgType}) is no message that this side takes`;
    note(fields, "unsupported_msg_type", 35, text, found);
  }
}

function checkCompId(fields: Fields, tag: number, wanted: string, found: Fault[]): void {
  const seen = fields.text(tag);
  if (seen === undefined || seen === wanted) return;
  note(fields, "comp_id", tag, `Field ${tag} is "${seen}", this session's is "${wanted}"`, found);
}

/** A message that is sent again also says when it was first sent, and that cannot be later. */
function checkSendingTime(fields: Fields, toleranceMs: number, nowMs: number, found: Fault[]): void {
  const sentMs = timeMs(fields, 52);
  if (sentMs === null) return;
  if (Math.abs(sentMs - nowMs) > toleranceMs) {
    const seconds = Math.round((sentMs - nowMs) / 1_000);
    note(fields, "sending_time", 52, `SendingTime (52) is ${seconds} s from our clock`, found);
  }
  const originalMs = timeMs(fields, 122);
  if (fields.text(43) === "Y" && originalMs !== null && originalMs > sentMs) {
    note(fields, "sending_time", 122, "OrigSendingTime (122) is later than SendingTime (52)", found);
  }
}

function note(fields: Fields, code: FaultCode, tag: number, text: string, found: Fault[]): void {
  found.push({ code, tag, index: fields.find(tag), text });
}

/** Null where there is no time, or none that can be read: that is another check's fault. */
function timeMs(fields: Fields, tag: number): number | null {
  const text = fields.text(tag);
  if (text === undefined) return null;
  try {
    return Date.parse(readTimestamp(tag, text));
  } catch (error) {
    if (error instanceof FieldError) return null;
    throw error;
  }
}
