/**
 * One message as a person or a tool wants to see it: every field, and everything that is wrong.
 *
 * @module
 */

import { checkMessage } from "./check.ts";
import type { Dictionaries } from "./dictionaries.ts";
import type { Dictionary, MessageDefinition } from "./dictionary.ts";
import type { Fault } from "./faults.ts";
import { Fields } from "./fields.ts";
import { checkSession } from "./session_checks.ts";

export interface DecodedMessage {
  readonly ok: boolean;
  readonly beginString: string;
  readonly msgType: string;
  /** Empty for a MsgType that the version does not have. */
  readonly msgName: string;
  /** Values as Latin-1 text, in the message's order. */
  readonly fields: readonly (readonly [tag: number, value: string])[];
  readonly errors: readonly Fault[];
  /** For names and meanings; of a near version where there is none of the message's own. */
  readonly dictionary: Dictionary;
  readonly definition: MessageDefinition | undefined;
}

const SOH = 1;
const CHECK_SUM = 10;
/** Versions without a dictionary of their own are shown with the names of the next one, unchecked. */
const NEAR_VERSIONS: ReadonlyMap<string, string> = new Map([
  ["FIX.4.0", "FIX.4.2"],
  ["FIX.4.1", "FIX.4.2"],
  ["FIX.4.3", "FIX.4.4"],
  ["FIX.5.0", "FIXT.1.1"],
  ["FIX.5.0SP1", "FIXT.1.1"],
  ["FIX.5.0SP2", "FIXT.1.1"],
]);
const NEAR_FOR_ANY = "FIX.4.4";

const fields = new Fields();

/**
 * @param bytes One message, its separators SOH. The last may be missing.
 * @param frameFaults What is known to be wrong with its frame.
 * @param anyFractions Whether seconds may have any fraction, as under lenient validation; default by version.
 * @param parties The CompIDs of the session's two sides: then a message between others has a fault, too.
 */
export function decodeMessage(
  bytes: Uint8Array,
  frameFaults: readonly Fault[],
  dictionaries: Dictionaries,
  anyFractions?: boolean,
  parties?: readonly [string, string],
): DecodedMessage {
  const whole = bytes.at(-1) === SOH ? bytes : Uint8Array.of(...bytes, SOH);
  fields.read(whole, 0, whole.length);
  const beginString = fields.text(8) ?? "";
  const msgType = fields.text(35) ?? "";
  const errors: Fault[] = [...frameFaults.map(placeFrameFault), ...fields.faults];
  const own = dictionaries.find(beginString, fields.text(1128));
  const dictionary = own ?? dictionaries.find(NEAR_VERSIONS.get(beginString) ?? NEAR_FOR_ANY)!;
  if (own !== undefined) checkMessage(fields, own, errors, anyFractions);
  else if (!frameFaults.some(({ code }) => code === "begin_string")) {
    const text = `There is no dictionary of "${beginString}"`;
    errors.push(placeFrameFault({ code: "unsupported_version", tag: 8, text }));
  }
  const definition = dictionary.message(msgType);
  if (parties !== undefined && definition !== undefined) checkParties(definition, parties, errors);
  return {
    ok: errors.length === 0,
    beginString,
    msgType,
    msgName: definition?.name ?? "",
    fields: Array.from({ length: fields.count }, (_, index) => [fields.tags[index]!, fields.textAt(index)]),
    errors,
    dictionary,
    definition,
  };
}

/** A log is read whenever it is read: of its times only those that contradict each other are wrong. */
function checkParties(
  definition: MessageDefinition,
  [one, other]: readonly [string, string],
  found: Fault[],
): void {
  const isAnswer = fields.text(49) === other;
  const [senderCompId, targetCompId] = isAnswer ? [other, one] : [one, other];
  checkSession(
    fields,
    definition,
    { senderCompId, targetCompId, sendingTimeToleranceMs: Infinity },
    0,
    found,
  );
}

/** A frame is judged by its bytes; a person wants to see the field. CheckSum is the last one of its tag. */
function placeFrameFault(fault: Fault): Fault {
  const { tag } = fault;
  if (tag === undefined) return fault;
  const { count, tags } = fields;
  const index = tag === CHECK_SUM ? tags.lastIndexOf(tag, count - 1) : fields.find(tag);
  return index < 0 || index >= count ? fault : { ...fault, index };
}
