/**
 * FIX messages: bytes to checked fields and back. Knows nothing of trades.
 *
 * @module
 */

export { checkMessage } from "./check.ts";
export { LENGTH_TAG_BY_DATA_TAG } from "./data_fields.ts";
export { type DecodedMessage, decodeMessage } from "./decode.ts";
export { Dictionaries, openDictionaries, type Overlays } from "./dictionaries.ts";
export {
  BODY,
  Dictionary,
  type FieldDefinition,
  HEADER,
  type MessageDefinition,
  SECTION,
  TRAILER,
} from "./dictionary.ts";
export { encodeFrame, encodeMessage, type FieldToEncode, type MessageToEncode } from "./encode.ts";
export type { Fault, FaultCode } from "./faults.ts";
export { isPositiveAt, readDateAt, readDecimalAt, readTimestampAt } from "./field_values.ts";
export { Fields } from "./fields.ts";
export { frameFaults } from "./frame_faults.ts";
export {
  type FrameResult,
  type GarbledReason,
  garbledReason,
  PARTIAL,
  readFrame,
  scanFrame,
} from "./frame.ts";
export { View } from "./group_view.ts";
export { type LogEntry, LogReader } from "./log_reader.ts";
export type { GroupDefinition, Member } from "./members.ts";
export { readOverlay } from "./overlay.ts";
export { businessRejectReason, sessionRejectReason } from "./reject_reasons.ts";
export { checkSession, type SessionRules } from "./session_checks.ts";
export { type StreamEvent, StreamFramer } from "./stream.ts";
export {
  type Body,
  encodeTyped,
  type Header,
  type MessageName,
  messageName,
  readTyped,
  type TypedMessage,
} from "./typed/mod.ts";
export { FieldError, readCount, readDate, readDecimal, readTimestamp } from "./values.ts";
